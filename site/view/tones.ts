/** The rows of a chart over time as tones: the higher the value, the higher the tone. */
import type { TableColumn, TableModel } from './table.ts';

export interface Tone {
  /** Key of its row: the first day of the period. */
  readonly key: string;
  /** Hz; null: no value, a silence. */
  readonly pitch: number | null;
}

export interface Tones {
  /** What is heard: the label of its column. */
  readonly label: string;
  /** The largest value, as the table writes it; zero is the lowest tone. */
  readonly most: string;
  readonly tones: readonly Tone[];
}

/** Two octaves from A3: low enough for small speakers, high enough apart to tell ten points of a share. */
const LOWEST = 220;
const OCTAVES = 2;
/** Counts of what was asked say how much is known, not what was found. */
const NOT_FINDINGS = new Set(['tests', 'measurement_count', 'network_count']);

/** Null: the rows are not periods, or too few of them have a value to hear a course. */
export function toTones({ columns, rows }: TableModel): Tones | null {
  if (columns[0]?.key !== 'period') return null;
  const valueIn = (index: number, row: TableModel['rows'][number]): number | null => {
    const value = row.cells[index]?.sort;
    return typeof value === 'number' && value >= 0 ? value : null;
  };
  const index = findColumn(
    columns,
    (at) => rows.filter((row) => valueIn(at, row) !== null).length > 2,
  );
  const column = columns[index];
  if (column === undefined) return null;
  const values = rows.map((row) => valueIn(index, row) ?? 0);
  const top = Math.max(...values);
  return {
    label: column.label,
    most: rows[values.indexOf(top)]?.cells[index]?.text ?? '',
    tones: rows
      .map((row) => {
        const value = valueIn(index, row);
        const height = top === 0 ? 0 : (value ?? 0) / top;
        return { key: row.key, pitch: value === null ? null : LOWEST * 2 ** (OCTAVES * height) };
      })
      .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)),
  };
}

/** The share, else the first column that is a finding; -1: there is none. */
function findColumn(columns: readonly TableColumn[], has: (index: number) => boolean): number {
  const numbers = columns.flatMap((column, index) =>
    column.numeric && has(index) ? [{ ...column, index }] : [],
  );
  const chosen =
    numbers.find(({ key }) => key === 'rate') ?? numbers.find(({ key }) => !NOT_FINDINGS.has(key));
  return chosen?.index ?? -1;
}
