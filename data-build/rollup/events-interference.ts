/** Interference that began, ended or changed its method: per country × target and per network × target. */
import {
  addDays,
  type Asn,
  type CountryCode,
  type Day,
  daysBetween,
  mondayOf,
} from '../contract/brands.ts';
import { type Floor, FLOORS } from '../contract/floors.ts';
import { BLOCKING_METHODS, type BlockingMethod, TESTS } from '../contract/vocabulary.ts';
import { quoteText } from '../contract/sql.ts';
import {
  countryIn,
  type Database,
  dayIn,
  networkIn,
  numberIn,
  type SqlRow,
  textIn,
  textOrNullIn,
} from './database.ts';
import {
  detectInterference,
  INTERFERENCE_DETECTOR,
  type InterferenceSpan,
} from './detectors/interference.ts';
import { detectMethodChanges, METHOD_CHANGE_DETECTOR } from './detectors/method-change.ts';
import { sum } from './detectors/series.ts';
import type { FoundEvent } from './found-event.ts';

/** One day of one target in one network; network null where counts name none. */
interface TargetDay {
  readonly day: Day;
  readonly asn: Asn | null;
  readonly tests: number;
  readonly anomalies: number;
  readonly confirmed: number;
  readonly methods: ReadonlyMap<BlockingMethod, number>;
}

interface Target {
  readonly probe_cc: CountryCode;
  readonly test_name: string;
  readonly domain: string | null;
  readonly days: readonly TargetDay[];
}

/** A series with fewer signs in all cannot hold an event above any floor. */
const LEAST_SIGNS = 5;
/**
 * Starts in so many countries and territories at once are a fault of the target or the test: in five and a fifth of
 * those that test it, or in three and more than half of them. `days`: how far apart the brackets of two may lie.
 */
const GLOBAL = { share: 0.2, countries: 5, mostShare: 0.5, mostCountries: 3, days: 2 } as const;
/**
 * What a start takes where counts name no networks: whether those who test have changed cannot be told there, so it
 * must have lasted a week, with as many tests as a figure of speed tests needs.
 */
const UNKNOWN_NETWORKS: Floor = { tests: 100, networks: null, days: 7 };
/** How far a start may move when a network is left out and still be the same start, in days. */
const SAME_START_DAYS = 3;

export async function findInterferenceEvents(db: Database): Promise<readonly FoundEvent[]> {
  const targets = [...(await loadTargets(db, appSql())), ...(await loadTargets(db, websiteSql()))];
  const events = targets.flatMap((target) => [...countryEvents(target), ...networkEvents(target)]);
  return markGlobal(events, await countPlaces(db));
}

/** Tests that have no website as target: apps, tools, middleboxes. Counts without networks come too. */
function appSql(): string {
  const websites = Object.entries(TESTS).flatMap(([name, test]) =>
    test.group === 'websites' ? [quoteText(name)] : [],
  );
  const methods = Object.keys(BLOCKING_METHODS)
    .map((method) => `${method}_count`)
    .join(', ');
  const columns = `probe_cc, test_name, NULL AS domain, day, measurement_count - failure_count AS tests,
    anomaly_count, confirmed_count, ${methods}`;
  return `
    SELECT ${columns}, probe_asn FROM interference_network_daily WHERE test_name NOT IN (${websites.join(', ')})
    UNION ALL BY NAME
    SELECT ${columns}, NULL::UINTEGER AS probe_asn FROM interference_country_daily
    WHERE network_count IS NULL AND test_name NOT IN (${websites.join(', ')})`;
}

function websiteSql(): string {
  const methods = Object.keys(BLOCKING_METHODS)
    .map((method) => `count(*) FILTER (blocking_method = ${quoteText(method)}) AS ${method}_count`)
    .join(', ');
  return `
    SELECT probe_cc, test_name, domain, day, probe_asn, count(*) FILTER (outcome IN ('ok', 'anomaly', 'confirmed')) AS tests,
      count(*) FILTER (outcome = 'anomaly') AS anomaly_count, count(*) FILTER (outcome = 'confirmed') AS confirmed_count,
      ${methods}
    FROM measurements WHERE domain IS NOT NULL AND outcome <> 'unscored'
    GROUP BY probe_cc, test_name, domain, day, probe_asn`;
}

async function loadTargets(db: Database, sql: string): Promise<readonly Target[]> {
  const rows = db.batches(`
    WITH days AS (${sql}), telling AS (
      SELECT probe_cc, test_name, domain FROM days GROUP BY ALL
      HAVING sum(anomaly_count + confirmed_count) >= ${LEAST_SIGNS} AND sum(tests) >= ${FLOORS.network.tests})
    SELECT * REPLACE (strftime(day, '%Y-%m-%d') AS day) FROM days
    WHERE EXISTS (FROM telling t WHERE t.probe_cc = days.probe_cc AND t.test_name = days.test_name
      AND t.domain IS NOT DISTINCT FROM days.domain) AND tests > 0
    ORDER BY probe_cc, test_name, domain, day, probe_asn`);
  const targets: (Target & { days: TargetDay[] })[] = [];
  for await (const batch of rows) {
    for (const row of batch) {
      const own = {
        probe_cc: countryIn(row, 'probe_cc'),
        test_name: textIn(row, 'test_name'),
        domain: textOrNullIn(row, 'domain'),
      };
      let target = targets[targets.length - 1];
      if (
        target?.probe_cc !== own.probe_cc ||
        target.test_name !== own.test_name ||
        target.domain !== own.domain
      ) {
        target = { ...own, days: [] };
        targets.push(target);
      }
      target.days.push(toTargetDay(row));
    }
  }
  return targets;
}

function toTargetDay(row: SqlRow): TargetDay {
  const methods = new Map<BlockingMethod, number>();
  for (const method of methodNames()) {
    const count = row[`${method}_count`];
    if (typeof count === 'number' && count > 0) methods.set(method, count);
  }
  return {
    day: dayIn(row, 'day'),
    asn: networkIn(row, 'probe_asn'),
    tests: numberIn(row, 'tests'),
    anomalies: numberIn(row, 'anomaly_count'),
    confirmed: numberIn(row, 'confirmed_count'),
    methods,
  };
}

function methodNames(): readonly BlockingMethod[] {
  return Object.keys(BLOCKING_METHODS).filter(
    (name): name is BlockingMethod => name in BLOCKING_METHODS,
  );
}

function detect(days: readonly TargetDay[], floor: Floor): readonly InterferenceSpan[] {
  const byDay = Map.groupBy(days, (day) => day.day);
  const series = [...byDay].map(([day, rows]) => ({
    day,
    tests: sum(rows, (row) => row.tests),
    signs: sum(rows, (row) => row.anomalies + row.confirmed),
  }));
  return detectInterference(series, floor);
}

function countryEvents(target: Target): readonly FoundEvent[] {
  const spans = detect(target.days, floorOf(target.days));
  return [
    ...spans.flatMap((span) => {
      const inside = daysInside(target.days, span);
      const known = inside.every((day) => day.asn !== null);
      const networks = new Set(inside.map((day) => day.asn)).size;
      if (known && networks < FLOORS.country.networks) return [];
      return toEvents(target, null, span, inside, known ? networks : null, isRobust(target, span));
    }),
    ...methodEvents(target),
  ];
}

function floorOf(days: readonly TargetDay[]): Floor {
  return days.some((day) => day.asn === null) ? UNKNOWN_NETWORKS : FLOORS.country;
}

function networkEvents(target: Target): readonly FoundEvent[] {
  const byNetwork = Map.groupBy(target.days, (day) => day.asn);
  return [...byNetwork].flatMap(([asn, days]) =>
    asn === null
      ? []
      : detect(days, FLOORS.network).flatMap((span) =>
          toEvents(target, asn, span, daysInside(days, span), 1, null),
        ),
  );
}

function daysInside(days: readonly TargetDay[], span: InterferenceSpan): readonly TargetDay[] {
  return days.filter(
    (day) => day.day >= span.firstSign && (span.firstNormal === null || day.day < span.firstNormal),
  );
}

/** Whether the same start is found without any one of the networks; null where networks are not known. */
function isRobust(target: Target, span: InterferenceSpan): boolean | null {
  const inside = daysInside(target.days, span);
  if (inside.some((day) => day.asn === null)) return null;
  const networks = new Set(
    inside.filter((day) => day.anomalies + day.confirmed > 0).map((day) => day.asn),
  );
  return [...networks].every((asn) => {
    const without = target.days.filter((day) => day.asn !== asn);
    return detect(without, FLOORS.country).some(
      (other) => Math.abs(daysBetween(other.firstSign, span.firstSign)) <= SAME_START_DAYS,
    );
  });
}

function toEvents(
  target: Target,
  asn: Asn | null,
  span: InterferenceSpan,
  inside: readonly TargetDay[],
  networks: number | null,
  robust: boolean | null,
): readonly FoundEvent[] {
  const common = {
    ...baseOf(target, asn),
    blocking_method: leadingMethod(inside),
    last_normal: span.lastNormal,
    first_sign: span.firstSign,
    last_sign: span.lastSign,
    first_normal: span.firstNormal,
    magnitude:
      sum(inside, (day) => day.anomalies + day.confirmed) / sum(inside, (day) => day.tests),
    baseline: span.startSeen ? span.baseline : null,
    measurement_count: sum(inside, (day) => day.tests),
    anomaly_count: sum(inside, (day) => day.anomalies),
    confirmed_count: sum(inside, (day) => day.confirmed),
    network_count: networks,
    detector_id: INTERFERENCE_DETECTOR.id,
    robust,
    global: false,
  } as const;
  const start: FoundEvent[] = span.startSeen ? [{ ...common, kind: 'interference_start' }] : [];
  const end: FoundEvent[] =
    span.firstNormal === null ? [] : [{ ...common, kind: 'interference_end' }];
  return [...start, ...end];
}

function baseOf(target: Target, asn: Asn | null) {
  return {
    source: 'ooni',
    licence: 'cc-by-nc-sa',
    probe_cc: target.probe_cc,
    probe_asn: asn,
    target: target.domain ?? target.test_name,
    test_name: target.test_name,
    domain: target.domain,
    tool: null,
    metric: null,
  } as const;
}

function leadingMethod(days: readonly TargetDay[]): BlockingMethod | null {
  const totals = new Map<BlockingMethod, number>();
  for (const day of days) {
    for (const [method, count] of day.methods)
      totals.set(method, (totals.get(method) ?? 0) + count);
  }
  return [...totals].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

function methodEvents(target: Target): readonly FoundEvent[] {
  const byWeek = Map.groupBy(target.days, (day) => mondayOf(day.day));
  const weeks = [...byWeek].map(([week, days]) => {
    const counts = new Map<BlockingMethod, number>();
    for (const day of days) {
      for (const [method, count] of day.methods)
        counts.set(method, (counts.get(method) ?? 0) + count);
    }
    return { week, counts };
  });
  return detectMethodChanges(weeks).map((change) => {
    const inside = target.days.filter(
      (day) => day.day >= change.firstSign && day.day < addDays(change.firstSign, 14),
    );
    const known = inside.every((day) => day.asn !== null);
    return {
      ...baseOf(target, null),
      kind: 'method_change',
      blocking_method: change.to,
      last_normal: change.lastNormal,
      first_sign: change.firstSign,
      last_sign: null,
      first_normal: null,
      magnitude: change.share,
      baseline: null,
      measurement_count: sum(inside, (day) => day.tests),
      anomaly_count: sum(inside, (day) => day.anomalies),
      confirmed_count: sum(inside, (day) => day.confirmed),
      network_count: known ? new Set(inside.map((day) => day.asn)).size : null,
      detector_id: METHOD_CHANGE_DETECTOR.id,
      robust: null,
      global: false,
    };
  });
}

/** How many countries and territories test each target, with enough tests for an event of their own. */
async function countPlaces(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db.all(`
    SELECT target, count(*) AS places FROM (
      SELECT coalesce(domain, test_name) AS target, probe_cc
      FROM (${appSql()} UNION ALL BY NAME ${websiteSql()})
      GROUP BY ALL HAVING sum(tests) >= ${FLOORS.network.tests})
    GROUP BY target`);
  return new Map(rows.map((row) => [textIn(row, 'target'), numberIn(row, 'places')]));
}

/** Days from the end of one bracket of a start to the beginning of the other; 0 where they overlap. */
function daysApart(one: FoundEvent, other: FoundEvent): number {
  const begin = (event: FoundEvent): Day =>
    event.last_normal === null ? event.first_sign : addDays(event.last_normal, 1);
  return Math.max(
    0,
    daysBetween(one.first_sign, begin(other)),
    daysBetween(other.first_sign, begin(one)),
  );
}

/** Starts with one target at the same time in most places that test it say something of the target. */
function markGlobal(
  events: readonly FoundEvent[],
  placesByTarget: ReadonlyMap<string, number>,
): readonly FoundEvent[] {
  const starts = events.filter(
    (event) => event.kind === 'interference_start' && event.probe_asn === null,
  );
  const startsByTarget = Map.groupBy(starts, (event) => event.target);
  return events.map((event) => {
    const near = (startsByTarget.get(event.target) ?? []).filter(
      (other) => daysApart(event, other) <= GLOBAL.days,
    );
    const places = placesByTarget.get(event.target) ?? 0;
    const together = new Set(near.map((other) => other.probe_cc)).size;
    const share = together / places;
    const global =
      (together >= GLOBAL.countries && share >= GLOBAL.share) ||
      (together >= GLOBAL.mostCountries && share > GLOBAL.mostShare);
    return { ...event, global };
  });
}
