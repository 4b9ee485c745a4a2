/** Records as CSV (RFC 4180): the numbers behind the texts, and nothing that a spreadsheet would run. */
import type { Records, RecordValue } from './records.ts';

/** What spreadsheets take for the beginning of a formula. Source: OWASP, “CSV Injection”. */
const FORMULA = /^[=+\-@\t\r\n|%]/;

/** Spreadsheets know no comments: where they would begin a cell inside one, and it is no plain number. */
const FORMULA_INSIDE = /([,;] ?"?)(?=[=@|%]|[+-](?![\d.]+ *(?:[,;)]|$)))/g;

/**
 * Header, then a line per row, CRLF after each. A text that could be a formula gets an apostrophe in front.
 * `preface` lines stand above as comments, each after `# `; `comment='#'` tells a reader so.
 */
export function writeCsv({ columns, rows }: Records, preface: readonly string[] = []): string {
  const lines = [
    ...preface.map((line) => `# ${line.replace(/\s+/g, ' ').replace(FORMULA_INSIDE, "$1'")}`),
    columns.map(({ key }) => quote(neutralize(key))).join(','),
    ...rows.map((row) => row.map(writeValue).join(',')),
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** A table as tab-separated text for pasting; tabs and line breaks inside become spaces. */
export function writeTsv(lines: readonly (readonly string[])[]): string {
  return lines
    .map((cells) => cells.map((cell) => neutralize(cell.replace(/\s+/g, ' ').trim())).join('\t'))
    .join('\n')
    .concat('\n');
}

function writeValue(value: RecordValue): string {
  if (value === null) return '';
  return typeof value === 'number' ? String(value) : quote(neutralize(value));
}

function neutralize(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",#\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
