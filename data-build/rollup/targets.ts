/** What interference is looked for in: the days of every app test and website of a place, network by network. */
import type { Asn, CountryCode, Day } from '../contract/brands.ts';
import { FLOORS } from '../contract/floors.ts';
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

/** One day of one target in one network; network null where counts name none. */
export interface TargetDay {
  readonly day: Day;
  readonly asn: Asn | null;
  readonly tests: number;
  readonly anomalies: number;
  readonly confirmed: number;
  readonly methods: ReadonlyMap<BlockingMethod, number>;
}

export interface Target {
  readonly probe_cc: CountryCode;
  readonly test_name: string;
  readonly domain: string | null;
  readonly days: readonly TargetDay[];
}

/** A series with fewer signs in all cannot hold an event above any floor. */
const LEAST_SIGNS = 5;
/** Every target with enough signs and tests to tell anything. */
export async function loadTargets(db: Database): Promise<readonly Target[]> {
  return [...(await loadSome(db, appSql())), ...(await loadSome(db, websiteSql()))];
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

export function websiteSql(): string {
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

async function loadSome(db: Database, sql: string): Promise<readonly Target[]> {
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
        probe_cc: countryIn(row),
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

/** Days as they stand in a table of targets. */
export async function readTargetDays(db: Database, sql: string): Promise<readonly TargetDay[]> {
  const days: TargetDay[] = [];
  for await (const batch of db.batches(
    `SELECT * REPLACE (strftime(day, '%Y-%m-%d') AS day) FROM (${sql}) ORDER BY day, probe_asn`,
  ))
    for (const row of batch) days.push(toTargetDay(row));
  return days;
}

function toTargetDay(row: SqlRow): TargetDay {
  const methods = new Map<BlockingMethod, number>();
  for (const method of methodNames()) {
    const count = row[`${method}_count`];
    if (typeof count === 'number' && count > 0) methods.set(method, count);
  }
  return {
    day: dayIn(row, 'day'),
    asn: networkIn(row),
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

/** How many countries and territories test each target, with enough tests for an event of their own. */
export async function countPlaces(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db.all(`
    SELECT target, count(*) AS places FROM (
      SELECT coalesce(domain, test_name) AS target, probe_cc
      FROM (${appSql()} UNION ALL BY NAME ${websiteSql()})
      GROUP BY ALL HAVING sum(tests) >= ${FLOORS.network.tests})
    GROUP BY target`);
  return new Map(rows.map((row) => [textIn(row, 'target'), numberIn(row, 'places')]));
}
