/** Published counts → one row per day, country or territory, network and test. */
import { TESTS, type TestName } from '../../contract/vocabulary.ts';
import { normalizePlaceCode } from '../../normalize/place-code.ts';
import { type Day } from '../../contract/brands.ts';
import { toFigureDay } from '../../normalize/time.ts';
import { isProblem, problem, type Problem } from '../../contract/problem.ts';
import type { AggregationReply, AggregationRow } from './aggregation.ts';
import type { JsonObject, JsonValue } from '../../parse/json.ts';
import type { Normalized, PartRow } from '../../parts.ts';
import { normalizeAsn, normalizeTestName } from './envelope.ts';

export type CountRow = PartRow<'counts'>;

/**
 * Axes that split a test’s total, possibly into overlapping parts (an input can be in several categories).
 * Their sum can exceed the total, so such replies are refused.
 */
const SPLITTING = ['domain', 'input', 'category_code', 'blocking_type', 'ooni_run_link_id'];

/**
 * `scope` is the sidecar: it may name what all rows share. An explicit null there means “more than one”. Rows come in
 * the order of the file; the hours of a day are added up. A row that was there before would be counted twice, and is refused.
 */
export function normalizeCounts(
  reply: AggregationReply,
  scope: JsonObject,
): Normalized<'counts'> | Problem {
  const refused = refuse(reply, scope);
  if (refused !== null) return refused;
  const cells = new Map<string, CountRow>();
  const hours = new Map<string, Set<string>>();
  const problems = [...reply.problems];
  for (const row of reply.rows) {
    const count = normalizeRow(row, scope);
    if (isProblem(count)) {
      problems.push({ line: row.line, problem: count });
      continue;
    }
    const key = [count.day, count.probe_cc, count.probe_asn, count.test_name].join(' ');
    const seen = hours.get(key) ?? new Set();
    const hour = hourOf(row.cells);
    // A day as a whole already holds its hours.
    if (seen.has(hour) || (seen.size > 0 && (hour === WHOLE_DAY || seen.has(WHOLE_DAY)))) {
      problems.push({ line: row.line, problem: problem('duplicate_figure', key) });
      continue;
    }
    hours.set(key, seen.add(hour));
    const test_name = publishedName(count.test_name);
    const cell = [count.day, count.probe_cc, count.probe_asn, test_name].join(' ');
    const before = cells.get(cell);
    const sum = before === undefined ? { ...count, test_name } : addCounts(before, count);
    if ((sum.measurement_count ?? 0) > LARGEST_COUNT)
      problems.push({ line: row.line, problem: problem('negative_count', 'too many in a day') });
    else cells.set(cell, sum);
  }
  return { rows: [...cells.values()], problems };
}

/** Who ran a test that the vocabulary does not list is not in counts, so its name is not published: it can say anything. */
function publishedName(name: string | null): string {
  return name !== null && Object.hasOwn(TESTS, name) ? name : UNLISTED;
}

const UNLISTED = 'unlisted_experiment' satisfies TestName;

function refuse(reply: AggregationReply, scope: JsonObject): Problem | null {
  const has = (name: string): boolean => reply.columns.has(name) || typeof scope[name] === 'string';
  const missing = ['probe_cc', 'test_name'].filter((name) => !has(name));
  if (missing.length > 0) return problem('no_scope', `names no ${missing.join(' and no ')}`);
  const splitting = SPLITTING.find((name) => has(name));
  if (splitting !== undefined) return problem('unusable_axes', `broken down by ${splitting}`);
  if (!reply.columns.has('measurement_start_day')) {
    return problem('unusable_axes', 'no measurement_start_day');
  }
  const grain = typeof scope['time_grain'] === 'string' ? scope['time_grain'] : guessGrain(reply);
  return DAILY.has(grain) ? null : problem('unusable_axes', `by ${grain}, not by day`);
}

/** Grains of the API whose rows add up to days. */
const DAILY: ReadonlySet<string> = new Set(['day', 'hour']);

/**
 * A reply does not say its grain, but its dates do: those of months are first days, those of weeks all Sundays or
 * all Mondays. One date alone says nothing and is taken for a day.
 */
function guessGrain(reply: AggregationReply): 'day' | 'week' | 'month' {
  const days = [...new Set(reply.rows.map((row) => dayOf(row.cells)))].filter(
    (day) => day !== null,
  );
  if (days.length < 2) return 'day';
  if (days.every((day) => day.endsWith('-01'))) return 'month';
  const weekdays = new Set(days.map((day) => new Date(day).getUTCDay()));
  const [weekday] = weekdays;
  return weekdays.size === 1 && (weekday === 0 || weekday === 1) ? 'week' : 'day';
}

const WHOLE_DAY = '';

/** The hour of its day that a row is about, or `WHOLE_DAY`. */
function hourOf(cells: JsonObject): string {
  const value = cells['measurement_start_day'];
  return (typeof value === 'string' ? /[T ](\d{2})/.exec(value)?.[1] : undefined) ?? WHOLE_DAY;
}

function dayOf(cells: JsonObject): Day | null {
  const value = cells['measurement_start_day'];
  return typeof value === 'string' ? toFigureDay(value.trim().slice(0, 10)) : null;
}

/** More than any test has in a day anywhere, and few enough that sums over networks stay whole numbers of the tables. */
const LARGEST_COUNT = 10_000_000;

function countOf(value: JsonValue | undefined): number | null {
  if (value === undefined || value === null || value === '') return null;
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' &&
    Number.isInteger(number) &&
    number >= 0 &&
    number <= LARGEST_COUNT
    ? number
    : Number.NaN;
}

function normalizeRow(row: AggregationRow, scope: JsonObject): CountRow | Problem {
  const { cells } = row;
  const day = dayOf(cells);
  if (day === null) return problem('missing_time', 'no measurement_start_day');
  const cc = cells['probe_cc'] ?? scope['probe_cc'];
  const probe_cc = normalizePlaceCode(typeof cc === 'string' ? cc : '');
  if (isProblem(probe_cc)) return probe_cc;
  const test_name = normalizeTestName(cells['test_name'] ?? scope['test_name']);
  if (isProblem(test_name)) return test_name;
  const asnCell = cells['probe_asn'] ?? scope['probe_asn'] ?? '';
  const probe_asn = normalizeAsn(asnCell);
  if (probe_asn === null && asnCell !== '') return problem('unknown_network');
  const counts = readCounts(cells);
  return isProblem(counts)
    ? counts
    : { day, probe_cc, probe_asn, test_name, ...partitionCounts(counts) };
}

/** The counts of a row. Those that overlap have a larger sum than there are measurements; a smaller one is no total. */
function readCounts(cells: JsonObject): PublishedCounts | Problem {
  const measurements = countOf(cells['measurement_count']);
  const ok = countOf(cells['ok_count']);
  const parts = {
    failure: countOf(cells['failure_count']),
    confirmed: countOf(cells['confirmed_count']),
    anomaly: countOf(cells['anomaly_count']),
  };
  const known = [...Object.values(parts), ok].filter((count) => count !== null);
  if (measurements === null) return problem('negative_count', 'no measurement_count');
  if ([measurements, ...known].some((count) => Number.isNaN(count)))
    return problem('negative_count');
  const total = known.reduce((all, count) => all + count, 0);
  const missing = Object.entries(parts).find(([, count]) => count === null)?.[0];
  // What is not said is no zero, unless the others are all there is.
  if (missing !== undefined && (ok === null || total !== measurements))
    return problem('negative_count', `no ${missing}_count`);
  if (known.some((count) => count > measurements) || (ok !== null && total < measurements))
    return problem('negative_count', 'counts that do not add up');
  const { failure, confirmed, anomaly } = parts;
  return {
    measurements,
    failure: failure ?? 0,
    confirmed: confirmed ?? 0,
    anomaly: anomaly ?? 0,
    ok,
  };
}

export interface PublishedCounts {
  readonly measurements: number;
  readonly failure: number;
  readonly confirmed: number;
  readonly anomaly: number;
  /** null in older CSVs, which do not have it. */
  readonly ok: number | null;
}

/**
 * Four counts that add up to `measurement_count`. Replies from before 2022 overlap (a failed anomaly is counted
 * as both); then precedence failure > confirmed > anomaly > ok decides and the row is marked `reconciled`.
 */
export function partitionCounts(
  published: PublishedCounts,
): Pick<
  CountRow,
  | 'measurement_count'
  | 'ok_count'
  | 'anomaly_count'
  | 'confirmed_count'
  | 'failure_count'
  | 'reconciled'
> {
  const { measurements } = published;
  const failure = Math.min(published.failure, measurements);
  const confirmed = Math.min(published.confirmed, measurements - failure);
  const anomaly = Math.min(published.anomaly, measurements - failure - confirmed);
  const ok = measurements - failure - confirmed - anomaly;
  const sum = published.failure + published.confirmed + published.anomaly + (published.ok ?? ok);
  return {
    measurement_count: measurements,
    ok_count: ok,
    anomaly_count: anomaly,
    confirmed_count: confirmed,
    failure_count: failure,
    reconciled: sum !== measurements,
  };
}

function addCounts(one: CountRow, two: CountRow): CountRow {
  const sum = (a: number | null, b: number | null): number => (a ?? 0) + (b ?? 0);
  return {
    ...one,
    measurement_count: sum(one.measurement_count, two.measurement_count),
    ok_count: sum(one.ok_count, two.ok_count),
    anomaly_count: sum(one.anomaly_count, two.anomaly_count),
    confirmed_count: sum(one.confirmed_count, two.confirmed_count),
    failure_count: sum(one.failure_count, two.failure_count),
    reconciled: one.reconciled === true || two.reconciled === true,
  };
}
