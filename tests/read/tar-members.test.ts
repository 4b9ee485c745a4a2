import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTarReader } from '../../data-build/read/tar-members.ts';
import { makeTar } from '../support/tar.ts';

interface Read {
  readonly names: readonly string[];
  readonly contents: readonly string[];
  readonly whole: boolean;
}

function read(chunks: readonly Buffer[], longest = 1_000_000): Read {
  const names: string[] = [];
  const contents: string[] = [];
  const reader = createTarReader(
    {
      onMember: (name) => names.push(name) > 0,
      onContent: (_name, content) => contents.push(content.toString()),
    },
    longest,
  );
  for (const chunk of chunks) reader.push(chunk);
  return { names, contents, whole: reader.end() };
}

const LONG = `${'deep/'.repeat(40)}file.post`;
const TAR = makeTar([
  { name: 'a.post', content: '{"a":1}' },
  { name: 'empty.post', content: '' },
  { name: LONG, content: 'x'.repeat(1500), longName: 'pax' },
  { name: `gnu/${LONG}`, content: 'last', longName: 'gnu' },
]);

describe('members of a tar archive', () => {
  it('reads names, long names and contents', () => {
    const seen = read([TAR]);
    expect(seen.names).toEqual(['a.post', 'empty.post', LONG, `gnu/${LONG}`]);
    expect(seen.contents).toEqual(['{"a":1}', '', 'x'.repeat(1500), 'last']);
    expect(seen.whole).toBe(true);
  });

  it('reads the same from any chunks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), (size) => {
        const chunks = Array.from({ length: Math.ceil(TAR.length / size) }, (_, at) =>
          TAR.subarray(at * size, (at + 1) * size),
        );
        expect(read(chunks)).toEqual(read([TAR]));
      }),
    );
  });

  it('says when an archive ends inside a member, and keeps the members before', () => {
    const seen = read([TAR.subarray(0, 1024 + 512 + 512 + 1024)]);
    expect(seen.whole).toBe(false);
    expect(seen.contents).toEqual(['{"a":1}', '']);
  });

  it('says when a header is damaged', () => {
    const bytes = Buffer.from(TAR);
    bytes[10] = 7;
    expect(read([bytes]).whole).toBe(false);
  });

  it('steps over members above the limit', () => {
    expect(read([TAR], 100).contents).toEqual(['{"a":1}', '', 'last']);
  });
});
