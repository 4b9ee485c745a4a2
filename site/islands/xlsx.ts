/** Records as a workbook: one sheet of data, numbers as numbers, and one that says what they are. */
import writeXlsxFile from 'write-excel-file/universal';
import type { Records, RecordValue } from '../export/records.ts';

/** More rows than this are not offered as a workbook: a page could not hold them twice. */
export const MOST_XLSX_ROWS = 100_000;

export interface WorkbookWords {
  /** Names of the two sheets. */
  readonly data: string;
  readonly about: string;
}

/** Longer texts make a workbook that spreadsheets call damaged. */
const LONGEST_TEXT = 32_767;

function toCell(value: RecordValue) {
  // A text cell is never run as a formula, whatever it begins with.
  if (value === null) return null;
  if (typeof value === 'number') return { value, type: Number };
  return { value: value.slice(0, LONGEST_TEXT), type: String };
}

export async function writeXlsx(
  { columns, rows }: Records,
  about: readonly string[],
  words: WorkbookWords,
): Promise<Blob> {
  const head = columns.map(({ key }) => ({
    value: key,
    type: String,
    fontWeight: 'bold' as const,
  }));
  return writeXlsxFile([
    { data: [head, ...rows.map((row) => row.map(toCell))], sheet: words.data, stickyRowsCount: 1 },
    {
      data: about.map((line) => [{ value: line, type: String }]),
      sheet: words.about,
      columns: [{ width: 110 }],
    },
  ]).toBlob();
}
