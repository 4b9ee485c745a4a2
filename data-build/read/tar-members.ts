/** Members of a tar archive, streamed. Reads POSIX ustar, PAX and GNU long names; headers are 512 bytes. */

export interface TarSink {
  /** A regular file is coming. Returns whether its content is wanted. */
  onMember(name: string, size: number): boolean;
  /** The content of a wanted member, whole. The buffer is the sink’s own. */
  onContent(name: string, content: Buffer): void;
}

export interface TarReader {
  readonly push: (chunk: Buffer) => void;
  /** After the last chunk: false when the archive ends inside a member or a header was damaged. */
  readonly end: () => boolean;
}

const BLOCK = 512;

interface Member {
  readonly name: string;
  /** Header type: `0` or NUL a file, `x` PAX, `L` GNU long name. */
  readonly type: string;
  readonly size: number;
  readonly padded: number;
}

function textAt(header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

/** Octal text, or base 256 when the first bit is set (GNU, for sizes of 8 GB and more). */
function numberAt(header: Buffer, start: number, length: number): number {
  const first = header[start] ?? 0;
  if ((first & 0x80) !== 0) return Number(header.readBigUInt64BE(start + length - 8));
  const value = Number.parseInt(textAt(header, start, length).trim() || '0', 8);
  return value;
}

function parseHeader(header: Buffer): Member | null {
  let sum = 8 * 32;
  for (let at = 0; at < BLOCK; at += 1) if (at < 148 || at >= 156) sum += header[at] ?? 0;
  const size = numberAt(header, 124, 12);
  if (numberAt(header, 148, 8) !== sum || !Number.isSafeInteger(size) || size < 0) return null;
  const prefix = textAt(header, 257, 5) === 'ustar' ? textAt(header, 345, 155) : '';
  const name = textAt(header, 0, 100);
  return {
    name: prefix === '' || textAt(header, 257, 8) === 'ustar  ' ? name : `${prefix}/${name}`,
    type: String.fromCharCode(header[156] ?? 0),
    size,
    padded: Math.ceil(size / BLOCK) * BLOCK,
  };
}

/** `path=` of a PAX header: records `<length> <key>=<value>\n`. */
function paxPath(content: Buffer): string | null {
  let at = 0;
  let path: string | null = null;
  while (at < content.length) {
    const space = content.indexOf(32, at);
    const length = Number(content.toString('latin1', at, space));
    if (space === -1 || !Number.isInteger(length) || length <= 0) return path;
    const record = content.toString('utf8', space + 1, at + length - 1);
    if (record.startsWith('path=')) path = record.slice(5);
    at += length;
  }
  return path;
}

/** Skips members larger than `longest` bytes, wanted or not. */
export function createTarReader(sink: TarSink, longest: number): TarReader {
  let pending: Buffer = Buffer.alloc(0);
  let member: Member | null = null;
  let kept: Buffer[] | null = null;
  let left = 0;
  let longName: string | null = null;
  let damaged = false;
  let ended = false;

  function open(header: Buffer): void {
    if (header.every((byte) => byte === 0)) {
      ended = true;
      return;
    }
    const next = parseHeader(header);
    if (next === null) {
      damaged = true;
      return;
    }
    const file = next.type === '0' || next.type === '\0';
    member = file && longName !== null ? { ...next, name: longName } : next;
    left = member.padded;
    const meta = (member.type === 'x' || member.type === 'L') && member.size <= 1024 * 1024;
    const wanted = file && sink.onMember(member.name, member.size) && member.size <= longest;
    kept = meta || wanted ? [] : null;
    if (file) longName = null;
    if (left === 0) close();
  }

  function close(): void {
    const done = member;
    const content = kept === null ? null : Buffer.concat(kept).subarray(0, done?.size ?? 0);
    member = null;
    kept = null;
    if (done === null || content === null) return;
    if (done.type === 'x') longName = paxPath(content) ?? longName;
    else if (done.type === 'L') longName = textAt(content, 0, content.length);
    else sink.onContent(done.name, content);
  }

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length && !damaged && !ended) {
        if (member === null) {
          const need = BLOCK - pending.length;
          pending = Buffer.concat([pending, chunk.subarray(at, at + need)]);
          at += need;
          if (pending.length === BLOCK) {
            const header = pending;
            pending = Buffer.alloc(0);
            open(header);
          }
        } else {
          const take = Math.min(left, chunk.length - at);
          if (kept !== null) kept.push(Buffer.from(chunk.subarray(at, at + take)));
          left -= take;
          at += take;
          if (left === 0) close();
        }
      }
    },
    end() {
      return !damaged && member === null && pending.length === 0;
    },
  };
}
