/** Whether speeds, round trips and losses are such as can be measured. */
import { SPEED_BOUNDS } from '../contract/columns.ts';
import { problem, type Problem } from '../contract/problem.ts';
import { partColumns, type PartKind, type PartRow, type Refusals } from '../parts.ts';

type SpeedKind = Extract<PartKind, 'ndt_tests' | 'throughput_days' | 'throughput_months'>;

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

/** The same for rows that DuckDB reads. */
export const MONTH_REFUSALS: Refusals = boundsOf('throughput_months').map(
  ({ name, least, most }) => ['impossible_value', `"${name}" NOT BETWEEN ${least} AND ${most}`],
);
