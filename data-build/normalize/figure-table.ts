/** Tables of published figures, one per place and day: what their publishers have in common. */
import type { CountryCode } from '../contract/brands.ts';
import { isProblem, type Problem, problem } from '../contract/problem.ts';
import type { CsvRow, CsvTable } from '../parse/csv-table.ts';
import { normalizePlaceCode } from './place-code.ts';
import type { Normalized, PartKind, PartRow } from '../parts.ts';

/** Column names that could hold personal data; the whole file is refused. */
const REFUSED_COLUMN = /(^|_)(ip|addr|sponsor|city|asn_ip|uuid)($|_)/i;

/** The first column whose name is refused, or null. */
export function refusedColumn(columns: readonly string[]): string | null {
  return columns.find((name) => REFUSED_COLUMN.test(name)) ?? null;
}

/** Reads rows one by one; a file without the required columns is refused. */
export function normalizeTable<K extends PartKind>(
  table: CsvTable,
  needed: readonly string[],
  normalize: (row: CsvRow) => PartRow<K> | Problem,
): Normalized<K> | Problem {
  const missing = needed.find((name) => !table.columns.includes(name));
  if (missing !== undefined) return problem('invalid_csv', `no column ${missing}`);
  const rows: PartRow<K>[] = [];
  const problems = [...table.problems];
  for (const row of table.rows) {
    const result = normalize(row);
    if (isProblem(result)) problems.push({ line: row.line, problem: result });
    else rows.push(result);
  }
  return { rows, problems };
}

/** A country or territory; totals of the world are kept out of the sums. */
export function normalizePlace(text: string): CountryCode | Problem {
  if (text === '' || text.toUpperCase() === 'WW') return problem('world_total', 'all countries');
  return normalizePlaceCode(text);
}

export interface Figures {
  readonly value: number | null;
  /** Both null when `lower` is above `upper`. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly coverage: number | null;
}

/** The figures of a row by the names of their columns; null when a cell is empty or a column absent. `most`: of a day. */
export function parseFigures(
  row: CsvRow,
  names: { readonly value: string; readonly coverage: string },
  most = Infinity,
): Figures | Problem {
  const value = parseCount(row, names.value, most);
  if (isProblem(value)) return value;
  const lower = parseCount(row, 'lower', most);
  if (isProblem(lower)) return lower;
  const upper = parseCount(row, 'upper', most);
  if (isProblem(upper)) return upper;
  const coverage = parseCoverage(row, names.coverage);
  if (isProblem(coverage)) return coverage;
  const crossed = lower !== null && upper !== null && lower > upper;
  return { value, lower: crossed ? null : lower, upper: crossed ? null : upper, coverage };
}

/** A finite, not negative number; null when the cell is empty or the column absent. */
function parseFigure(row: CsvRow, name: string): number | null | Problem {
  const text = row.cells.get(name)?.trim() ?? '';
  if (text === '') return null;
  if (!/^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) {
    return problem(text.startsWith('-') ? 'negative_count' : 'invalid_csv', `${name} ${text}`);
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : problem('invalid_csv', `${name} ${text}`);
}

function parseCount(row: CsvRow, name: string, most: number): number | null | Problem {
  const figure = parseFigure(row, name);
  return typeof figure === 'number' && figure > most
    ? problem('negative_count', `${name} ${figure}`)
    : figure;
}

/** Percent of the data behind the estimate. The publisher's own values go a little above 100. */
function parseCoverage(row: CsvRow, name: string): number | null | Problem {
  const figure = parseFigure(row, name);
  return typeof figure === 'number' && figure > 110
    ? problem('invalid_csv', `${name} ${figure}`)
    : figure;
}
