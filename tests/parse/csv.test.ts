import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsvTable } from '../../data-build/parse/csv-table.ts';
import { createCsvJoiner, parseCsvRecord } from '../../data-build/parse/csv.ts';

function join(text: string): { records: (readonly string[])[]; lines: number[]; broken: number[] } {
  const records: (readonly string[])[] = [];
  const lines: number[] = [];
  const broken: number[] = [];
  const joiner = createCsvJoiner({
    onRecord(fields, line) {
      records.push(fields);
      lines.push(line);
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
    expect(parseCsvRecord('a,"b ""c"", d",,""')).toEqual(['a', 'b "c", d', '', '']);
    expect(parseCsvRecord('')).toEqual(['']);
  });

  it.each(['"open', '"closed"x,y', 'a,"b'])('gives null for %s', (text) => {
    expect(parseCsvRecord(text)).toBeNull();
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
    expect(join('a\n"never closed\nb').broken).toEqual([2]);
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
