/** A table as CSV (RFC 4180): the numbers behind the texts, and nothing that a spreadsheet would run. */
import type { TableCell, TableModel } from '../view/table.ts';

/** What spreadsheets take for the beginning of a formula. Source: OWASP, “CSV Injection”. */
const FORMULA = /^[=+\-@\t\r\n|%]/;

/**
 * Header, then a line per row, CRLF after each. Cells with a number hold it unrounded, other cells their text;
 * a text that could be a formula gets an apostrophe in front. `preface` lines stand above, each after `# `.
 */
export function writeCsv(
  { columns, rows }: Pick<TableModel, 'columns' | 'rows'>,
  preface: readonly string[] = [],
): string {
  const lines = [
    ...preface.map((line) => quote(`# ${line.replace(/[\r\n]+/g, ' ')}`)),
    columns.map(({ key }) => quote(neutralize(key))).join(','),
    ...rows.map(({ cells }) =>
      cells.map((cell, index) => writeCell(cell, columns[index]?.numeric === true)).join(','),
    ),
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

function writeCell({ text, sort }: TableCell, numeric: boolean): string {
  if (numeric && typeof sort === 'number') return String(sort);
  return quote(neutralize(text));
}

function neutralize(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
