/** Flattened exports of single speed tests, as made with SQL: one row per test, no address. */
import { parseAsn } from '../../contract/brands.ts';
import { normalizePlaceCode } from '../../normalize/place-code.ts';
import { boundSpeeds } from '../../normalize/speed-bounds.ts';
import { toFigureDay } from '../../normalize/time.ts';
import { isProblem, type Problem, problem } from '../../contract/problem.ts';
import type { CsvRow, CsvTable } from '../../parse/csv-table.ts';
import type { Normalized, PartRow } from '../../parts.ts';
import { refusedColumn } from '../../normalize/figure-table.ts';

/**
 * Columns `date, country_code, mbps` and, if there, `asn, as_name, min_rtt_ms, loss_rate, direction`
 * (`download` without it). A column that could hold personal data refuses the file.
 */
export function normalizeNdtExport(table: CsvTable): Normalized<'ndt_tests'> {
  const refused = refusedColumn(table.columns);
  if (refused !== null)
    return { rows: [], problems: [{ line: 1, problem: problem('refused_column', refused) }] };
  const rows: PartRow<'ndt_tests'>[] = [];
  const problems = [...table.problems];
  for (const row of table.rows) {
    const result = normalizeRow(row);
    if (isProblem(result)) problems.push({ line: row.line, problem: result });
    else rows.push(result);
  }
  return { rows, problems };
}

function normalizeRow(row: CsvRow): PartRow<'ndt_tests'> | Problem {
  const cell = (name: string): string => row.cells.get(name)?.trim() ?? '';
  const day = toFigureDay(cell('date'));
  if (day === null) return problem('missing_time', cell('date'));
  const probeCc = normalizePlaceCode(cell('country_code'));
  if (isProblem(probeCc)) return probeCc;
  const mbps = numberIn(cell('mbps'));
  if (mbps === null) return problem('invalid_test', `mbps ${cell('mbps')}`);
  const direction = cell('direction') === '' ? 'download' : cell('direction');
  if (direction !== 'download' && direction !== 'upload')
    return problem('invalid_test', `direction ${direction}`);
  return boundSpeeds('ndt_tests', {
    day,
    uuid: null,
    direction,
    throughput_mbps: mbps,
    min_rtt_ms: numberIn(cell('min_rtt_ms')),
    loss_ratio: direction === 'upload' ? null : numberIn(cell('loss_rate')),
    probe_cc: probeCc,
    probe_asn: parseAsn(cell('asn')),
    name: cell('as_name').slice(0, 80) || null,
  });
}

function numberIn(text: string): number | null {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
