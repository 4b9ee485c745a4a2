/** An answer as records for a file: what is held back is empty there too, and a last column says why. */
import type { AnswerColumn, AnswerRow, AnswerValue, Guard } from '../figures/result/held-answer.ts';
import { translate } from '../i18n/translate.ts';
import { NOTE_SUFFIX, type Records, type RecordValue } from './records.ts';

export function toAnswerRecords(
  columns: readonly AnswerColumn[],
  rows: readonly AnswerRow[],
  guard: Guard | null,
): Records {
  const noted = (guard?.heldRows ?? 0) > 0;
  return {
    columns: [
      ...columns.map(({ name, kind }) => ({
        key: name,
        label: name,
        type: kind === 'number' ? ('number' as const) : ('text' as const),
      })),
      ...(noted
        ? [{ key: `held${NOTE_SUFFIX}`, label: translate('console.held'), type: 'text' as const }]
        : []),
    ],
    rows: rows.map((row) => {
      const reason = guard?.reasonOf(row) ?? null;
      const values = columns.map((_, column) =>
        reason !== null && guard?.held.has(column) === true
          ? null
          : toRecordValue(row[column] ?? null),
      );
      return noted ? [...values, reason] : values;
    }),
  };
}

function toRecordValue(value: AnswerValue): RecordValue {
  if (value === null || typeof value === 'number') return value;
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}
