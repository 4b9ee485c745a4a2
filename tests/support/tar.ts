/** Minimal tar archives for tests: POSIX ustar headers, optionally a PAX or GNU long name before a member. */

export interface TarMember {
  readonly name: string;
  readonly content: string;
  readonly longName?: 'pax' | 'gnu';
}

function header(name: string, size: number, type: string): Buffer {
  const block = Buffer.alloc(512);
  block.write(name.slice(0, 100), 0, 'latin1');
  block.write('0000644\0', 100, 'latin1');
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  block.write('        ', 148, 'latin1');
  block.write(type, 156, 'latin1');
  block.write('ustar\0' + '00', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

function paxRecord(path: string): Buffer {
  const body = ` path=${path}\n`;
  let length = body.length + 2;
  while (`${length}${body}`.length !== length) length += 1;
  return Buffer.from(`${length}${body}`);
}

export function makeTar(members: readonly TarMember[]): Buffer {
  const blocks = members.flatMap(({ name, content, longName }) => {
    const body = Buffer.from(content);
    const own = [header(longName === undefined ? name : 'short', body.length, '0'), padded(body)];
    if (longName === undefined) return own;
    const extra = longName === 'pax' ? paxRecord(name) : Buffer.from(`${name}\0`);
    return [header('extra', extra.length, longName === 'pax' ? 'x' : 'L'), padded(extra), ...own];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
