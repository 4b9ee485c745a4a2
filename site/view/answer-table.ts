/** An answer as a table for export: what is held back is left empty there too, with its reason in words. */
import type { AnswerColumn, AnswerRow, AnswerValue, Guard } from './held-answer.ts';
import type { TableModel } from './table.ts';

export function toAnswerTable(
  columns: readonly AnswerColumn[],
  rows: readonly AnswerRow[],
  guard: Guard | null,
  caption: string,
): TableModel {
  return {
    caption,
    caveats: guard?.notes ?? [],
    columns: columns.map(({ name, kind }) => ({
      key: name,
      label: name,
      numeric: kind === 'number',
    })),
    rows: rows.map((row, index) => {
      const reason = guard?.reasonOf(row) ?? null;
      return {
        key: String(index),
        cells: columns.map((_, column) => {
          const value = row[column] ?? null;
          return reason !== null && guard?.held.has(column) === true
            ? { text: reason, sort: null }
            : {
                text: formatPlain(value),
                sort: typeof value === 'number' ? value : formatPlain(value),
              };
        }),
      };
    }),
  };
}

function formatPlain(value: AnswerValue): string {
  if (value === null) return '';
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}
