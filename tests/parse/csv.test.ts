import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../../data-build/contract/problem.ts';
import { parseCsvTable } from '../../data-build/parse/csv-table.ts';
import { createCsvJoiner } from '../../data-build/parse/csv.ts';

function join(
  text: string,
  width: number | null = null,
): { records: (readonly string[])[]; lines: number[]; broken: number[] } {
  const records: (readonly string[])[] = [];
  const lines: number[] = [];
  const broken: number[] = [];
  const joiner = createCsvJoiner({
    onRecord(fields, line) {
      records.push(fields);
      lines.push(line);
      return width === null || fields.length === width;
    },
    onBroken: (line) => broken.push(line),
  });
  text.split('\n').forEach((line, index) => {
    joiner.push(line, index + 1);
  });
  joiner.end();
  return { records, lines, broken };
}

const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`;

describe('comma-separated values', () => {
  it('reads bare and quoted fields', () => {
    expect(join('a,"b ""c"", d",,""').records).toEqual([['a', 'b "c", d', '', '']]);
    expect(join('"",\r').records).toEqual([['', '']]);
  });

  it.each(['"open', '"closed"x,y', 'a,"b'])('finds %s broken', (text) => {
    expect(join(text)).toEqual({ records: [], lines: [], broken: [1] });
  });

  it('joins lines inside quotes and numbers records by their first line', () => {
    const seen = join('a,b\n"x\ny",z\n\nlast,1');
    expect(seen.records).toEqual([
      ['a', 'b'],
      ['x\ny', 'z'],
      ['last', '1'],
    ]);
    expect(seen.lines).toEqual([1, 2, 5]);
  });

  it('takes a carriage return for a line end outside quotes, for text inside', () => {
    const seen = join('a,b\r\n"x\r\ny",z\r\n\r\nlast,"1"\r\n');
    expect(seen.records).toEqual([
      ['a', 'b'],
      ['x\r\ny', 'z'],
      ['last', '1'],
    ]);
  });

  it('skips comments, though not inside quotes', () => {
    expect(parseCsvTable('\uFEFF# made by hand\na, b\n"x\n#y",1\n#1,2\n')).toEqual({
      kind: 'csv-table',
      columns: ['a', 'b'],
      rows: [
        {
          line: 3,
          cells: new Map([
            ['a', 'x\n#y'],
            ['b', '1'],
          ]),
        },
      ],
      problems: [],
    });
    expect(parseCsvTable('\n#\n')).toMatchObject({ reason: 'invalid_csv' });
  });

  it('gives up a damaged record and goes on', () => {
    const seen = join('a,b\n"x"y,1\nc,d');
    expect(seen.records).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(seen.broken).toEqual([2]);
    expect(join('a\n"never closed\nb')).toEqual({
      records: [['a'], ['b']],
      lines: [1, 3],
      broken: [2],
    });
  });

  it.each([
    ['bare', (index: number) => `${index},x`],
    ['quoted', (index: number) => `${index},"x"`],
    ['over several lines', (index: number) => `${index},"x\n\n#""y"`],
  ])('loses one record for each stray quote, of records that are %s', (_, write) => {
    const strays = new Set([500, 501, 2000, 39_990]);
    const lines = Array.from({ length: 40_000 }, (_line, index) =>
      strays.has(index) ? `${index},"stray` : write(index),
    );
    const { records, broken } = join(lines.join('\n'), 2);
    const seen = records.filter((fields) => fields.length === 2).map(([index]) => Number(index));
    expect(seen).toEqual(lines.flatMap((_line, index) => (strays.has(index) ? [] : [index])));
    expect(broken).toHaveLength(strays.size);
  });

  it('reads lines again that two stray quotes made into one record', () => {
    const table = parseCsvTable('a,b\n5,"x\n6,y\n7,z",8\n9,w');
    if (isProblem(table)) throw new Error(table.detail);
    expect(table.rows.map(({ cells }) => [...cells.values()])).toEqual([
      ['6', 'y'],
      ['9', 'w'],
    ]);
    expect(table.problems.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('reads a hostile text in time that grows with its length', () => {
    const text = `"${'x\n'.repeat(400_000)}${'a,"\n'.repeat(100_000)}`;
    const start = performance.now();
    join(text);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it('reads back whatever was quoted', () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', 'é', ' ') });
    const record = fc.array(field, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 6 }), (records) => {
        const text = records.map((fields) => fields.map(quote).join(',')).join('\n');
        expect(join(text).records).toEqual(records);
      }),
    );
  });
});
