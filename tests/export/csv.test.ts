import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCsvLine } from '../support/csv-lines.ts';
import { writeCsv, writeTsv } from '../../site/export/csv.ts';
import { toRecords, type Records } from '../../site/export/records.ts';

const columns = [
  { key: 'name', label: 'name', numeric: false },
  { key: 'rate', label: 'rate', numeric: true },
];
const table = (rows: readonly (readonly [string, number | null])[]): Records =>
  toRecords({
    columns,
    rows: rows.map(([name, rate]) => ({
      key: name,
      cells: [
        { text: name, sort: name },
        rate === null
          ? { text: 'too few tests (n = 7)', sort: null }
          : { text: `${Math.round(rate * 100)}%`, sort: rate },
      ],
    })),
  });

it('holds unrounded numbers, and beside them the words where there is none', () => {
  expect(
    writeCsv(
      table([
        ['a', 0.5845],
        ['b', null],
      ]),
      ['Source: OONI, M-Lab'],
    ),
  ).toBe(
    '# Source: OONI, M-Lab\r\nname,rate,rate_note\r\na,0.5845,\r\nb,,too few tests (n = 7)\r\n',
  );
});

it('gives both ends of an interval, and what was counted of how many', () => {
  const column = (key: string) => ({ key, label: key, numeric: true });
  const interval = { text: '50%–66%', sort: 0.5, pair: { low: 0.5, high: 0.66 } };
  const share = { text: '41 of 52', sort: 52, pair: { signs: 41, tests: 52 } };
  const few = { text: 'too few tests', sort: null };
  const records = toRecords({
    columns: ['interval', 'share'].map(column),
    rows: [
      { key: 'a', cells: [interval, share] },
      { key: 'b', cells: [{ text: '', sort: null }, few] },
    ],
  });
  expect(writeCsv(records, [])).toBe(
    'interval_low,interval_high,share_signs,share_tests,share_note\r\n0.5,0.66,41,52,\r\n,,,,too few tests\r\n',
  );
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '|cmd', '%0A'])(
  'gives %j to a spreadsheet as text',
  (name) => {
    const line = writeCsv(table([[name, 1]])).split('\r\n')[1] ?? '';
    expect(parseCsvLine(line)[0]).toBe(`'${name}`);
  },
);

it('leaves no formula where a spreadsheet splits a comment into cells', () => {
  const lines = [
    'SELECT 1 AS n --,=HYPERLINK("https://planted.example/")',
    'SELECT 1 --,"=1+1"',
    'a;@SUM(A1)',
    'a, +1+cmd|x',
    'SELECT round(n, -1), -2.5;',
  ];
  const said = writeCsv(table([]), lines).split('\r\n');
  expect(said.slice(0, lines.length)).toEqual([
    '# SELECT 1 AS n --,\'=HYPERLINK("https://planted.example/")',
    '# SELECT 1 --,"\'=1+1"',
    "# a;'@SUM(A1)",
    "# a, '+1+cmd|x",
    '# SELECT round(n, -1), -2.5;',
  ]);
});

it('leaves negative numbers numbers', () => {
  expect(writeCsv(table([['a', -0.25]]))).toContain('a,-0.25');
});

it('comes back as it went out, whatever the texts hold', () => {
  const name = fc.string({ unit: 'grapheme' }).filter((text) => !/^[=+\-@\t\r\n|%]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.double({ noNaN: true }))), (rows) => {
      const text = writeCsv(table(rows));
      const read = text.split('\r\n').length > 0 ? parseCsvLine(text.replaceAll('\r\n', ',')) : [];
      expect(
        read.filter((_, index) => index >= 2 && index % 2 === 0).slice(0, rows.length),
      ).toEqual(rows.map(([one]) => one.replaceAll('\r\n', ',')));
    }),
  );
});

it('keeps tabs and line breaks out of the cells of copied text', () => {
  expect(
    writeTsv([
      ['a\tb', 'c\nd'],
      ['=x', '1'],
    ]),
  ).toBe("a b\tc d\n'=x\t1\n");
});
