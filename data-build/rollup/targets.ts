/** What interference is looked for in: the days of every app test and website of a place, network by network. */
import { join } from 'node:path';
import type { Asn, CountryCode, Day } from '../contract/brands.ts';
import { FLOORS } from '../contract/floors.ts';
import { BLOCKING_METHODS, type BlockingMethod, TESTS } from '../contract/vocabulary.ts';
import { quoteText } from '../contract/sql.ts';
import { parquetSql } from './kept-files.ts';
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
export const LEAST_SIGNS = 5;

const METHODS = Object.keys(BLOCKING_METHODS).filter(
  (name): name is BlockingMethod => name in BLOCKING_METHODS,
);

/**
 * Columns of `target_days`. `methods` has the signs of each method, in the order of the vocabulary, and is null where there are
 * none, as on most days. `counted`: SQL for these numbers.
 */
const daySql = (columns: string, counted: readonly string[]): string => `
  SELECT ${columns}, CASE WHEN ${counted.join(' + ')} > 0 THEN concat_ws(' ', ${counted.join(', ')}) END AS methods`;

/** SELECT of the days of websites, network by network, from rows like `measurements`. */
export function websiteDaysSql(rows: string): string {
  const countWhere = (condition: string): string => `(count(*) FILTER (${condition}))::INTEGER`;
  const columns = `probe_cc, test_name, domain, day, probe_asn,
    ${countWhere("outcome IN ('ok', 'anomaly', 'confirmed')")} AS tests,
    ${countWhere("outcome = 'anomaly'")} AS anomaly_count, ${countWhere("outcome = 'confirmed'")} AS confirmed_count`;
  const methods = METHODS.map((method) => countWhere(`blocking_method = ${quoteText(method)}`));
  return `${daySql(columns, methods)}
    FROM ${rows} WHERE domain IS NOT NULL
    GROUP BY probe_cc, test_name, domain, day, probe_asn`;
}

/** SELECT of the days of tests that have no website as target: apps, tools, middleboxes. Counts without networks come too. */
function appDaysSql(): string {
  const websites = Object.entries(TESTS).flatMap(([name, test]) =>
    test.group === 'websites' ? [quoteText(name)] : [],
  );
  const methods = METHODS.map((method) => `coalesce(${method}_count, 0)`);
  const columns = (
    asn: string,
  ): string => `probe_cc, test_name, NULL AS domain, day, ${asn} AS probe_asn,
    (measurement_count - failure_count)::INTEGER AS tests, anomaly_count::INTEGER AS anomaly_count, confirmed_count::INTEGER AS confirmed_count`;
  return `
    ${daySql(columns('probe_asn'), methods)}
    FROM interference_network_daily WHERE test_name NOT IN (${websites.join(', ')})
    UNION ALL ${daySql(columns('NULL::UINTEGER'), methods)}
    FROM interference_country_daily
    WHERE network_count IS NULL AND test_name NOT IN (${websites.join(', ')})`;
}

/** Days of targets that are sorted at once, but for those of one place, which stay together. */
const MOST_DAYS = 2_000_000;

/** Places one after the other, as many as may be sorted at once. */
function inBatches(
  places: readonly { readonly probeCc: string; readonly days: number }[],
  most: number,
) {
  const batches: string[][] = [];
  let sum = most;
  for (const { probeCc, days } of places) {
    sum += days;
    if (sum > most) {
      batches.push([]);
      sum = days;
    }
    batches.at(-1)?.push(probeCc);
  }
  return batches;
}

/**
 * Creates `target_days`, which everything that looks for interference reads, from `website_days` and the tables. It lies in files,
 * since it grows with the measurements. Returns them as relations: each holds some places whole, and they are in order.
 */
export async function makeTargetDays(db: Database, most = MOST_DAYS): Promise<readonly string[]> {
  const signs = 'anomaly_count + confirmed_count';
  const all = `(SELECT * FROM (${appDaysSql()} UNION ALL BY NAME SELECT * FROM website_days) WHERE tests > 0)`;
  const counts = await db.all(
    `SELECT probe_cc, count(*) AS days FROM ${all} GROUP BY probe_cc ORDER BY probe_cc`,
  );
  const batches = inBatches(
    counts.map((row) => ({ probeCc: countryIn(row), days: numberIn(row, 'days') })),
    most,
  );
  const files: string[] = [];
  // Without a target the file has the columns all the same.
  for (const [index, places] of (batches.length === 0 ? [[]] : batches).entries()) {
    const file = join(db.scratch, `target-days-${String(index)}.parquet`);
    await db.run(`
      COPY (
        SELECT * FROM ${all} WHERE probe_cc IN (${['', ...places].map(quoteText).join(', ')})
        ORDER BY probe_cc, test_name, domain, day, probe_asn
      ) TO ${quoteText(file)} (FORMAT parquet)`);
    files.push(file);
  }
  await db.run(`
    CREATE OR REPLACE TEMP VIEW target_days AS FROM ${parquetSql(files)};
    CREATE OR REPLACE TEMP TABLE telling_targets AS
    SELECT probe_cc, test_name, coalesce(domain, '') AS target FROM target_days GROUP BY ALL
    HAVING sum(${signs}) >= ${LEAST_SIGNS} AND sum(tests) >= ${FLOORS.network.tests}`);
  return files.map((file) => parquetSql([file]));
}

/** Every target with enough signs and tests to tell anything, one at a time: together they grow with the rows. */
export async function* readTargets(
  db: Database,
  batches: readonly string[],
): AsyncGenerator<Target> {
  for (const days of batches) yield* readBatch(db, days);
}

async function* readBatch(db: Database, days: string): AsyncGenerator<Target> {
  let target: (Target & { days: TargetDay[] }) | null = null;
  for await (const batch of db.batches(`
    SELECT * REPLACE (strftime(day, '%Y-%m-%d') AS day)
    FROM ${days} d SEMI JOIN telling_targets t
      ON t.probe_cc = d.probe_cc AND t.test_name = d.test_name AND t.target = coalesce(d.domain, '')
    ORDER BY probe_cc, test_name, domain, d.day, probe_asn`)) {
    for (const row of batch) {
      const own = {
        probe_cc: countryIn(row),
        test_name: textIn(row, 'test_name'),
        domain: textOrNullIn(row, 'domain'),
      };
      if (
        target?.probe_cc !== own.probe_cc ||
        target.test_name !== own.test_name ||
        target.domain !== own.domain
      ) {
        if (target !== null) yield target;
        target = { ...own, days: [] };
      }
      target.days.push(toTargetDay(row));
    }
  }
  if (target !== null) yield target;
}

/** Days as they stand in a table of targets. */
export async function readTargetDays(db: Database, sql: string): Promise<readonly TargetDay[]> {
  const days: TargetDay[] = [];
  for await (const batch of db.batches(
    `SELECT * REPLACE (strftime(day, '%Y-%m-%d') AS day) FROM (${sql}) d ORDER BY d.day, probe_asn`,
  ))
    for (const row of batch) days.push(toTargetDay(row));
  return days;
}

const NO_METHODS: ReadonlyMap<BlockingMethod, number> = new Map();

function toTargetDay(row: SqlRow): TargetDay {
  return {
    day: dayIn(row, 'day'),
    asn: networkIn(row),
    tests: numberIn(row, 'tests'),
    anomalies: numberIn(row, 'anomaly_count'),
    confirmed: numberIn(row, 'confirmed_count'),
    methods: toMethods(textOrNullIn(row, 'methods')),
  };
}

function toMethods(text: string | null): ReadonlyMap<BlockingMethod, number> {
  if (text === null) return NO_METHODS;
  const counts = text.split(' ').map(Number);
  return new Map(
    METHODS.flatMap((method, index) => {
      const count = counts[index] ?? 0;
      return count > 0 ? [[method, count] as const] : [];
    }),
  );
}

/** How many countries and territories test each target, with enough tests for an event of their own. */
export async function countPlaces(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db.all(`
    SELECT target, count(*) AS places FROM (
      SELECT coalesce(domain, test_name) AS target, probe_cc FROM target_days
      GROUP BY ALL HAVING sum(tests) >= ${FLOORS.network.tests})
    GROUP BY target`);
  return new Map(rows.map((row) => [textIn(row, 'target'), numberIn(row, 'places')]));
}
