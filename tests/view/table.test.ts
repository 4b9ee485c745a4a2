import { describe, expect, it } from 'vitest';
import { pageRows, type TableModel } from '../../site/view/table.ts';

function toTable(keys: readonly string[], rates: readonly number[] = []): TableModel {
  return {
    ...{ caption: '', caveats: [] },
    columns: [
      { key: 'period', label: 'period', numeric: false },
      { key: 'rate', label: 'share', numeric: true },
    ],
    rows: keys.map((key, index) => ({
      key,
      cells: [
        { text: key, sort: key },
        { text: '', sort: rates[index] ?? 0 },
      ],
    })),
  };
}
const DAYS = Array.from(
  { length: 30 },
  (_, index) => `2024-11-${String(index + 1).padStart(2, '0')}`,
);
const keysOf = (table: TableModel) => pageRows(table).map(({ key }) => key);

describe('pageRows', () => {
  it('leaves a table alone that is seen at once', () => {
    const table = toTable(DAYS.slice(0, 7));
    expect(pageRows(table)).toBe(table.rows);
  });

  it('keeps the newest periods, the highest, and the two between which it rose most', () => {
    const rates = DAYS.map((day) => (day < '2024-11-07' ? 0.02 : day === '2024-11-12' ? 0.9 : 0.6));
    expect(keysOf(toTable(DAYS, rates))).toEqual([
      ...['2024-11-06', '2024-11-07', '2024-11-12'],
      ...DAYS.slice(-4),
    ]);
  });

  it('keeps the first rows of others, which stand by what matters', () => {
    const names = DAYS.map((_, index) => `AS${index}`);
    expect(keysOf(toTable(names))).toEqual(names.slice(0, 4));
  });
});
