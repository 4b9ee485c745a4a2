/** A table as plain records: what every kind of download is written from, so that they agree row for row. */
import { translate } from '../i18n/translate.ts';
import type { TableCell, TableColumn, TableModel } from '../view/table.ts';

export interface RecordColumn {
  /** `snake_case`, one of a kind in the table. */
  readonly key: string;
  /** The column of the table that it is made of; left out: the one of this key. */
  readonly of?: string;
  readonly label: string;
  readonly type: 'number' | 'text';
}

export type RecordValue = number | string | null;

export interface Records {
  readonly columns: readonly RecordColumn[];
  /** Values in the order of the columns; empty texts are null. */
  readonly rows: readonly (readonly RecordValue[])[];
}

/** Appended to the key of a column of numbers for the words that stand where there is no number. */
export const NOTE_SUFFIX = '_note';

/**
 * Numbers unrounded, other cells as their text. A column of texts that hold two numbers becomes a column for each. A column
 * of numbers in which words stand for some (“too few tests”) is followed by a column of those words, so that numbers stay
 * numbers and the reason is kept.
 */
export function toRecords({ columns, rows }: Pick<TableModel, 'columns' | 'rows'>): Records {
  const made = columns.flatMap((column, index) => {
    const cells = rows.map((row) => row.cells[index] ?? { text: '', sort: null });
    return toColumns(column, cells);
  });
  return {
    columns: made.map(({ column }) => column),
    rows: rows.map((_, at) => made.map(({ values }) => values[at] ?? null)),
  };
}

interface MadeColumn {
  readonly column: RecordColumn;
  readonly values: readonly RecordValue[];
}

const numberOf = ({ sort }: TableCell): number | null => (typeof sort === 'number' ? sort : null);

function toColumns(
  { key: of, label, numeric }: TableColumn,
  cells: readonly TableCell[],
): readonly MadeColumn[] {
  const key = of.replaceAll('-', '_');
  if (!numeric) return [{ column: { key, of, label, type: 'text' }, values: cells.map(toText) }];
  const pair = cells.find((cell) => cell.pair !== undefined)?.pair;
  const numbers: readonly MadeColumn[] =
    pair === undefined
      ? [{ column: { key, of, label, type: 'number' }, values: cells.map(numberOf) }]
      : Object.keys(pair).map((part) => ({
          column: {
            key: `${key}_${part}`,
            of,
            label: translate('download.column.part', { column: label, part }),
            type: 'number',
          },
          values: cells.map((cell) => new Map(Object.entries(cell.pair ?? {})).get(part) ?? null),
        }));
  if (!cells.some(isNote)) return numbers;
  return [
    ...numbers,
    {
      column: {
        key: `${key}${NOTE_SUFFIX}`,
        of,
        label: translate('download.column.note', { column: label }),
        type: 'text',
      },
      values: cells.map((cell) => (isNote(cell) ? toText(cell) : null)),
    },
  ];
}

function isNote({ text, sort }: TableCell): boolean {
  return typeof sort !== 'number' && text !== '';
}

function toText({ text }: TableCell): string | null {
  return text === '' ? null : text;
}

/** The records with some columns alone, in their order. */
export function pickColumns(records: Records, keep: (column: RecordColumn) => boolean): Records {
  const kept = records.columns.map(keep);
  return {
    columns: records.columns.filter((_, index) => kept[index]),
    rows: records.rows.map((row) => row.filter((_, index) => kept[index])),
  };
}
