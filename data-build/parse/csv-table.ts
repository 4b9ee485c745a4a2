/** A CSV file with a header: rows whose cells are found by column name. */
import { type Problem, problem } from '../contract/problem.ts';
import { type CsvSink, createCsvJoiner } from './csv.ts';

export interface CsvRow {
  /** Line of the file, counted from 1. */
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

export interface CsvTable {
  readonly kind: 'csv-table';
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly problems: readonly { readonly line: number; readonly problem: Problem }[];
}

/**
 * Skips blank lines, lines that begin with `#`, and a byte order mark. Records with another number
 * of fields than the header are problems, and so is a text without a header.
 */
export function parseCsvTable(text: string): CsvTable | Problem {
  const rows: CsvRow[] = [];
  const problems: { line: number; problem: Problem }[] = [];
  const header: { columns: readonly string[] | null } = { columns: null };
  const sink: CsvSink = {
    onRecord(fields, line) {
      const { columns } = header;
      if (columns === null) {
        header.columns = fields.map((name) => name.trim());
      } else if (fields.length !== columns.length) {
        problems.push({
          line,
          problem: problem('invalid_csv', `${fields.length} fields instead of ${columns.length}`),
        });
      } else {
        rows.push({ line, cells: new Map(columns.map((name, at) => [name, fields[at] ?? ''])) });
      }
      return columns === null || fields.length === columns.length;
    },
    onBroken(line) {
      problems.push({ line, problem: problem('invalid_csv', 'quotes do not match') });
    },
  };
  const joiner = createCsvJoiner(sink, '#');
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((line, index) => joiner.push(line, index + 1));
  joiner.end();
  const { columns } = header;
  return columns === null
    ? problem('invalid_csv', 'no header')
    : { kind: 'csv-table', columns, rows, problems };
}
