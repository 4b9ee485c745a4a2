import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLineSplitter } from '../../data-build/read/line-splitter.ts';

interface Seen {
  readonly lines: string[];
  readonly tooLong: number[];
  readonly count: number;
}

function split(chunks: readonly Buffer[], whole = true, longest?: number): Seen {
  const lines: string[] = [];
  const tooLong: number[] = [];
  const splitter = createLineSplitter(
    {
      onLine: (line, number) => lines.push(`${number}:${line.toString('latin1')}`),
      onTooLong: (number) => tooLong.push(number),
    },
    longest,
  );
  for (const chunk of chunks) splitter.push(chunk);
  splitter.end(whole);
  return { lines, tooLong, count: splitter.count };
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const edges = [0, ...places.map((at) => at % (bytes.length + 1)), bytes.length].toSorted(
    (a, b) => a - b,
  );
  return edges.slice(1).map((end, index) => Buffer.from(bytes.subarray(edges[index], end)));
}

const lineBytes = fc
  .array(fc.constantFrom('a', 'bb', '\n', '\r\n', '\n\n', '\u00ef\u00bb\u00bf', '\u00ff'), {
    maxLength: 40,
  })
  .map((parts) => Buffer.from(parts.join(''), 'latin1'));

describe('lines of a stream', () => {
  it('numbers lines from 1, with and without a last line end', () => {
    expect(split([Buffer.from('a\nb\r\n\nc')]).lines).toEqual(['1:a', '2:b', '3:', '4:c']);
    expect(split([Buffer.from('a\n')]).lines).toEqual(['1:a']);
    expect(split([]).lines).toEqual([]);
  });

  it('drops the rest of a line when the data was cut, and counts it', () => {
    const seen = split([Buffer.from('a\nhalf')], false);
    expect(seen.lines).toEqual(['1:a']);
    expect(seen.count).toBe(2);
  });

  it('drops a byte order mark at the very start only', () => {
    const bom = Buffer.from([0xef, 0xbb, 0xbf]);
    const seen = split([Buffer.concat([bom, Buffer.from('a\n'), bom, Buffer.from('b')])]);
    expect(seen.lines).toEqual(['1:a', '2:\u00ef\u00bb\u00bfb']);
  });

  it('skips a line above the limit and keeps its neighbours', () => {
    const text = Buffer.from('ok\n123456789\nfine\n');
    const seen = split(cut(text, [4, 6, 8]), true, 5);
    expect(seen.lines).toEqual(['1:ok', '3:fine']);
    expect(seen.tooLong).toEqual([2]);
  });

  it('gives the same lines for any split into chunks', () => {
    fc.assert(
      fc.property(lineBytes, fc.array(fc.nat(200), { maxLength: 12 }), (bytes, places) => {
        expect(split(cut(bytes, places))).toEqual(split([bytes]));
        expect(split(cut(bytes, places), true, 3)).toEqual(split([bytes], true, 3));
      }),
    );
  });

  it('keeps every whole line of any truncation', () => {
    fc.assert(
      fc.property(lineBytes, fc.nat(200), (bytes, at) => {
        const front = bytes.subarray(0, at % (bytes.length + 1));
        const wholeLines = front.filter((byte) => byte === 10).length;
        const all = split([bytes]).lines;
        expect(split([front], false).lines).toEqual(all.slice(0, wholeLines));
      }),
    );
  });
});
