/**
 * Several published medians of speed tests in one, weighted by their tests. Speeds are spread over powers of ten, so
 * theirs is the geometric mean, as the detector of slowdowns takes it; latency and loss have the common one.
 */
import { speedUnit, SPEEDS, type SpeedMeasure } from '../state/measures.ts';

/** Of the rows of a group. They must satisfy {@link hasMedianSql}. */
export function meanMedianSql(measure: SpeedMeasure): string {
  const { median, tests } = SPEEDS[measure];
  // One alone stays what was published, to the last digit.
  return isGeometric(measure)
    ? `CASE WHEN count(*) = 1 THEN max(${median}) ELSE exp(sum(ln(${median}) * ${tests}) / sum(${tests})) END`
    : `sum(${median} * ${tests}) / sum(${tests})`;
}

/** Whether a row has a median: a speed of 0 is none. */
export function hasMedianSql(measure: SpeedMeasure): string {
  const { median, tests } = SPEEDS[measure];
  return `${tests} > 0 AND ${median} ${isGeometric(measure) ? '> 0' : 'IS NOT NULL'}`;
}

export function isGeometric(measure: SpeedMeasure): boolean {
  return speedUnit(measure) === 'mbps';
}

/** The same of speeds that are at hand; null: there is none. */
export function meanMedian(
  speeds: readonly { readonly value: number; readonly tests: number }[],
): number | null {
  const [one, ...others] = speeds;
  if (one === undefined || others.length === 0) return one?.value ?? null;
  const tests = speeds.reduce((sum, speed) => sum + speed.tests, 0);
  return Math.exp(
    speeds.reduce((sum, { value, tests: n }) => sum + Math.log(value) * n, 0) / tests,
  );
}
