/** Whether speeds, round trips and losses are such as can be measured. */
import { SPEED_BOUNDS } from '../contract/columns.ts';
import { problem, type Problem } from '../contract/problem.ts';
import { partColumns, type PartKind, type PartRow, type Refusals } from '../parts.ts';

type SpeedKind = Extract<
  PartKind,
  'measurements' | 'ndt_tests' | 'throughput_days' | 'throughput_months'
>;

interface Bound {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

const isBounded = (unit: string | null): unit is keyof typeof SPEED_BOUNDS =>
  unit !== null && Object.hasOwn(SPEED_BOUNDS, unit);

function boundsOf(kind: SpeedKind): readonly Bound[] {
  return partColumns(kind).flatMap(({ name, unit }) => {
    if (!isBounded(unit)) return [];
    const [least, most] = SPEED_BOUNDS[unit];
    return [{ name, least, most }];
  });
}

const BOUNDS = { ndt_tests: boundsOf('ndt_tests'), throughput_days: boundsOf('throughput_days') };

/** The row, or which of its values cannot be. */
export function boundSpeeds<K extends keyof typeof BOUNDS>(
  kind: K,
  row: PartRow<K>,
): PartRow<K> | Problem {
  const cells: Readonly<Record<string, unknown>> = row;
  const wrong = BOUNDS[kind].find(({ name, least, most }) => {
    const value = cells[name];
    return typeof value === 'number' && !(value >= least && value <= most);
  });
  return wrong === undefined
    ? row
    : problem('impossible_value', `${wrong.name} ${String(cells[wrong.name])}`);
}

/** Numbers that performance and circumvention tests of probes carry; null where the test has none. */
export type Performance = Pick<
  PartRow<'measurements'>,
  | 'ndt_download_mbps'
  | 'ndt_upload_mbps'
  | 'ndt_min_rtt_ms'
  | 'dash_median_bitrate_mbps'
  | 'bootstrap_time_s'
>;

const OF_PROBES = new Map(boundsOf('measurements').map((bound) => [bound.name, bound]));

/**
 * The figures without those that cannot be: the measurement stays and keeps its outcome, which they do not decide.
 */
export function keepPossible(given: Performance): Performance {
  const possible = (name: keyof Performance): number | null => {
    const [value, bound] = [given[name], OF_PROBES.get(name)];
    return value !== null && bound !== undefined && value >= bound.least && value <= bound.most
      ? value
      : null;
  };
  return {
    ndt_download_mbps: possible('ndt_download_mbps'),
    ndt_upload_mbps: possible('ndt_upload_mbps'),
    ndt_min_rtt_ms: possible('ndt_min_rtt_ms'),
    dash_median_bitrate_mbps: possible('dash_median_bitrate_mbps'),
    bootstrap_time_s: possible('bootstrap_time_s'),
  };
}

/** The same for rows that DuckDB reads. */
export const MONTH_REFUSALS: Refusals = boundsOf('throughput_months').map(
  ({ name, least, most }) => ['impossible_value', `"${name}" NOT BETWEEN ${least} AND ${most}`],
);
