/** Rows on the use of circumvention tools: Tor Metrics' own files and the usage CSV for everybody else. */
import { type CountryCode, toCountryCode } from '../contract/brands.ts';
import { toFigureDay } from './time.ts';
import { isProblem, type Problem, problem } from '../contract/problem.ts';
import { isSourceId, LICENCES, type LicenceSlug, SOURCES } from '../contract/sources.ts';
import { METRICS, TOOLS } from '../contract/tools.ts';
import type { CsvRow, CsvTable } from '../parse/csv-table.ts';
import type { Normalized, PartRow } from '../parts.ts';

export type ToolUse = Normalized<'tool_use'>;
type ToolUseRow = PartRow<'tool_use'>;

/** Codes that a location database gives to what is no country or territory. */
const NO_PLACE = new Set(['A1', 'A2', 'AP', 'EU', 'O1']);
/** Column names that could hold personal data; the whole file is refused. */
const REFUSED_COLUMN = /(^|_)(ip|addr|sponsor|city|asn_ip|uuid)($|_)/i;

/** The first column whose name is refused, or null. */
export function refusedColumn(columns: readonly string[]): string | null {
  return columns.find((name) => REFUSED_COLUMN.test(name)) ?? null;
}

/** Tor's relay file has an expected range, its bridge file has none; names of files do not always say. */
export function torTool(columns: readonly string[]): 'tor-relay' | 'tor-bridge' {
  return columns.includes('lower') ? 'tor-relay' : 'tor-bridge';
}

/**
 * Tor Metrics `userstats-{relay,bridge}-country.csv`: `date,country,users[,lower,upper],frac`, columns by
 * name. An empty country is the world's total and is kept out of the sums; `na` is Namibia. `lower` above
 * `upper` makes both null.
 */
export function normalizeTorUse(table: CsvTable): ToolUse | Problem {
  const missing = ['date', 'country', 'users'].find((name) => !table.columns.includes(name));
  if (missing !== undefined) return problem('invalid_csv', `no column ${missing}`);
  const tool = torTool(table.columns);
  return collect(table, (row) => {
    const place = normalizePlace(row.cells.get('country') ?? '');
    if (isProblem(place)) return place;
    const day = toFigureDay(row.cells.get('date') ?? '');
    if (day === null) return problem('invalid_csv', `date ${row.cells.get('date') ?? ''}`);
    const value = parseFigure(row, 'users');
    const lower = parseFigure(row, 'lower');
    const upper = parseFigure(row, 'upper');
    const coverage = parseCoverage(row, 'frac');
    for (const each of [value, lower, upper, coverage]) if (isProblem(each)) return each;
    return {
      day,
      probe_cc: place,
      tool,
      metric: 'users',
      ...figures(value, lower, upper, coverage),
      source: 'tor-metrics',
      licence: SOURCES['tor-metrics'].licence,
    };
  });
}

/**
 * The usage CSV: `date,country,tool,metric,value,lower,upper,coverage,source,licence`. One row per date,
 * country, tool and metric; an empty value is a withheld one. `WW` totals are kept out of the sums.
 */
export function normalizeUsage(table: CsvTable): ToolUse | Problem {
  const refused = refusedColumn(table.columns);
  if (refused !== null) return problem('refused_column', refused);
  const needed = ['date', 'country', 'tool', 'metric', 'value', 'source', 'licence'];
  const missing = needed.find((name) => !table.columns.includes(name));
  if (missing !== undefined) return problem('invalid_csv', `no column ${missing}`);
  const seen = new Set<string>();
  return collect(table, (row) => {
    const result = normalizeUsageRow(row);
    if (isProblem(result)) return result;
    const key = `${result.day} ${result.probe_cc} ${result.tool} ${result.metric}`;
    if (seen.has(key)) return problem('duplicate_figure', key);
    seen.add(key);
    return result;
  });
}

function normalizeUsageRow(row: CsvRow): ToolUseRow | Problem {
  const cell = (name: string): string => row.cells.get(name)?.trim() ?? '';
  const day = toFigureDay(cell('date'));
  if (day === null) return problem('invalid_csv', `date ${cell('date')}`);
  const place = normalizePlace(cell('country'));
  if (isProblem(place)) return place;
  const tool = cell('tool');
  if (!(tool in TOOLS) && !/^other:[a-z0-9-]{1,32}$/.test(tool)) {
    return problem('invalid_csv', `tool ${tool}`);
  }
  if (!(cell('metric') in METRICS)) return problem('invalid_csv', `metric ${cell('metric')}`);
  const source = cell('source');
  if (!isSourceId(source)) return problem('unknown_licence', `source ${source}`);
  const licence = licenceOf(cell('licence'));
  if (licence === null) return problem('unknown_licence', `licence ${cell('licence')}`);
  const value = parseFigure(row, 'value');
  const lower = parseFigure(row, 'lower');
  const upper = parseFigure(row, 'upper');
  const coverage = parseCoverage(row, 'coverage');
  for (const each of [value, lower, upper, coverage]) if (isProblem(each)) return each;
  return {
    day,
    probe_cc: place,
    tool,
    metric: cell('metric'),
    ...figures(value, lower, upper, coverage),
    source,
    licence,
  };
}

type Figure = number | null | Problem;

function figures(
  value: Figure,
  lower: Figure,
  upper: Figure,
  coverage: Figure,
): Pick<ToolUseRow, 'value' | 'lower' | 'upper' | 'coverage'> {
  const plain = (figure: Figure): number | null => (isProblem(figure) ? null : figure);
  const [low, high] = [plain(lower), plain(upper)];
  const crossed = low !== null && high !== null && low > high;
  return {
    value: plain(value),
    lower: crossed ? null : low,
    upper: crossed ? null : high,
    coverage: plain(coverage),
  };
}

/** A finite, not negative number; null when the cell is empty or the column absent. */
function parseFigure(row: CsvRow, name: string): Figure {
  const text = row.cells.get(name)?.trim() ?? '';
  if (text === '') return null;
  if (!/^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) {
    return problem(text.startsWith('-') ? 'negative_count' : 'invalid_csv', `${name} ${text}`);
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : problem('invalid_csv', `${name} ${text}`);
}

/** Percent of what the estimate rests on; the publisher's own go a little above 100. */
function parseCoverage(row: CsvRow, name: string): Figure {
  const figure = parseFigure(row, name);
  return typeof figure === 'number' && figure > 110
    ? problem('invalid_csv', `${name} ${figure}`)
    : figure;
}

function normalizePlace(text: string): CountryCode | Problem {
  if (text === '' || text.toUpperCase() === 'WW') return problem('world_total', 'all countries');
  const code = toCountryCode(text);
  if (code === null || code === 'ZZ' || NO_PLACE.has(code)) return problem('unknown_country', text);
  return code;
}

function collect(table: CsvTable, normalize: (row: CsvRow) => ToolUseRow | Problem): ToolUse {
  const rows: ToolUseRow[] = [];
  const problems = [...table.problems];
  for (const row of table.rows) {
    const result = normalize(row);
    if (isProblem(result)) problems.push({ line: row.line, problem: result });
    else rows.push(result);
  }
  return { rows, problems };
}

function licenceOf(spdx: string): LicenceSlug | null {
  for (const [slug, licence] of Object.entries(LICENCES)) {
    if (licence.spdx === spdx && isLicenceSlug(slug)) return slug;
  }
  return null;
}

function isLicenceSlug(text: string): text is LicenceSlug {
  return text in LICENCES;
}
