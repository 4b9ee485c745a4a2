/** A table as plain records: what every kind of download is written from, so that they agree row for row. */
import { translate } from '../i18n/translate.ts';
import type { TableCell, TableModel } from '../view/table.ts';

export interface RecordColumn {
  /** `snake_case`, one of a kind in the table. */
  readonly key: string;
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
 * Numbers unrounded, other cells as their text. A column of numbers in which words stand for some (“too few tests”)
 * is followed by a column of those words, so that numbers stay numbers and the reason is kept.
 */
export function toRecords({ columns, rows }: Pick<TableModel, 'columns' | 'rows'>): Records {
  const noted = columns.map(
    ({ numeric }, index) =>
      numeric && rows.some(({ cells }) => cells[index] !== undefined && isNote(cells[index])),
  );
  return {
    columns: columns.flatMap(({ key, label, numeric }, index): readonly RecordColumn[] => [
      { key: key.replaceAll('-', '_'), label, type: numeric ? 'number' : 'text' },
      ...(noted[index] === true
        ? [
            {
              key: `${key.replaceAll('-', '_')}${NOTE_SUFFIX}`,
              label: translate('download.column.note', { column: label }),
              type: 'text',
            } as const,
          ]
        : []),
    ]),
    rows: rows.map(({ cells }) =>
      columns.flatMap(({ numeric }, index): readonly RecordValue[] => {
        const cell = cells[index] ?? { text: '', sort: null };
        if (!numeric) return [toText(cell)];
        const number = typeof cell.sort === 'number' ? cell.sort : null;
        return noted[index] === true ? [number, number === null ? toText(cell) : null] : [number];
      }),
    ),
  };
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
