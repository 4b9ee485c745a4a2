/** What interference is looked for in: the days of every app test and website of a place, network by network. */
import { join } from 'node:path';
import {
  type Asn,
  type CountryCode,
  type Day,
  DAY_MS,
  dayOfMillis,
  toAsn,
} from '../contract/brands.ts';
import { FLOORS } from '../contract/floors.ts';
import {
  BLOCKING_METHODS,
  type BlockingMethod,
  CATEGORY_CODES,
  type CategoryCode,
  TESTS,
} from '../contract/vocabulary.ts';
import { quoteText } from '../contract/sql.ts';
import { parquetSql } from './kept-files.ts';
import {
  type Columns,
  countryIn,
  type Database,
  numberIn,
  numbersIn,
  numbersOrNullsIn,
  textIn,
  textOrNullIn,
  textsOrNullsIn,
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
  /** Its number in `targets`. */
  readonly id: number;
  readonly probe_cc: CountryCode;
  readonly test_name: string;
  readonly domain: string | null;
  readonly days: readonly TargetDay[];
}

/**
 * The days of the whole place as its table counts them: where counts without networks won a day, tests of that day that name
 * their network are in those counts, or less than them.
 */
export function countedDays(days: readonly TargetDay[]): readonly TargetDay[] {
  const whole = new Set(days.flatMap(({ day, asn }) => (asn === null ? [day] : [])));
  return whole.size === 0 ? days : days.filter(({ day, asn }) => asn === null || !whole.has(day));
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

/** The order of targets and of their days. */
export const TARGET_ORDER = 'probe_cc, test_name, domain, day, probe_asn';

/** SELECT of the days of websites, network by network, from rows like `measurements`. */
export function websiteDaysSql(rows: string): string {
  const countWhere = (condition: string): string => `(count(*) FILTER (${condition}))::INTEGER`;
  const columns = `probe_cc, test_name, domain, day, probe_asn,
    ${countWhere("outcome IN ('ok', 'anomaly', 'confirmed')")} AS tests,
    ${countWhere("outcome = 'anomaly'")} AS anomaly_count, ${countWhere("outcome = 'confirmed'")} AS confirmed_count`;
  const methods = METHODS.map((method) => countWhere(`blocking_method = ${quoteText(method)}`));
  return `${daySql(columns, methods)}
    FROM ${rows} WHERE domain IS NOT NULL
    GROUP BY ${TARGET_ORDER}`;
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

/** Categories of websites by their numbers in `targets`, which begin with 1. */
export const CATEGORIES = Object.keys(CATEGORY_CODES).filter(
  (code): code is CategoryCode => code in CATEGORY_CODES,
);
const CATEGORY = `CASE WHEN category_code IS NOT NULL THEN list_position([${CATEGORIES.map(quoteText).join(', ')}], category_code) END`;

/**
 * Creates `targets`, numbered in their order, and `target_days`, which everything that looks for interference reads, from
 * `website_days` and the tables. The days lie in files, since they grow with the measurements, and hold numbers alone, which are
 * sorted and read at a fraction of what names cost. Returns them as relations: each holds some places whole, and they are in order.
 */
export async function makeTargetDays(db: Database, most = MOST_DAYS): Promise<readonly string[]> {
  const all = `(SELECT * FROM (${appDaysSql()} UNION ALL BY NAME SELECT * FROM website_days) WHERE tests > 0)`;
  await db.run(`
    CREATE OR REPLACE TEMP TABLE targets AS
    SELECT row_number() OVER (ORDER BY probe_cc, test_name, domain)::INTEGER AS target, probe_cc, test_name, domain, days, tests, signs,
      dense_rank() OVER (ORDER BY probe_cc, test_name)::INTEGER AS place, (${CATEGORY})::INTEGER AS category
    FROM (
      SELECT probe_cc, test_name, domain, count(*) AS days, sum(tests)::BIGINT AS tests,
        sum(anomaly_count + confirmed_count)::BIGINT AS signs
      FROM ${all} GROUP BY ALL)
    LEFT JOIN domain_categories USING (domain)`);
  const counts = await db.all(
    'SELECT probe_cc, sum(days)::BIGINT AS days FROM targets GROUP BY probe_cc ORDER BY probe_cc',
  );
  const batches = inBatches(
    counts.map((row) => ({ probeCc: countryIn(row), days: numberIn(row, 'days') })),
    most,
  );
  const files: string[] = [];
  // Without a target the file has the columns all the same.
  for (const [index, places] of (batches.length === 0 ? [[]] : batches).entries()) {
    const file = join(db.scratch, `target-days-${String(index)}.parquet`);
    const isOwn = `probe_cc IN (${['', ...places].map(quoteText).join(', ')})`;
    await db.run(`
      COPY (
        SELECT target, (day - DATE '1970-01-01')::INTEGER AS day, probe_asn, d.tests, anomaly_count, confirmed_count, methods
        FROM (FROM ${all} WHERE ${isOwn}) d JOIN (FROM targets WHERE ${isOwn}) t
          ON t.probe_cc = d.probe_cc AND t.test_name = d.test_name AND t.domain IS NOT DISTINCT FROM d.domain
        ORDER BY target, day, probe_asn
      ) TO ${quoteText(file)} (FORMAT parquet)`);
    files.push(file);
  }
  await db.run(`CREATE OR REPLACE TEMP VIEW target_days AS FROM ${parquetSql(files)}`);
  return files.map((file) => parquetSql([file]));
}

/** Condition for targets with enough signs and tests to tell anything. */
const TELLING = `signs >= ${LEAST_SIGNS} AND tests >= ${FLOORS.network.tests}`;

/** Every target with enough to tell anything, one at a time: together they grow with the rows. */
export async function* readTargets(
  db: Database,
  batches: readonly string[],
): AsyncGenerator<Target> {
  const rows = await db.all(
    `SELECT target, probe_cc, test_name, domain FROM targets WHERE ${TELLING}`,
  );
  const named = new Map(
    rows.map((row) => {
      const id = numberIn(row, 'target');
      const test_name = textIn(row, 'test_name');
      const domain = textOrNullIn(row, 'domain');
      return [id, { id, probe_cc: countryIn(row), test_name, domain }] as const;
    }),
  );
  for (const batch of batches) {
    let target: (Target & { days: TargetDay[] }) | null = null;
    const days = `SELECT target, ${DAY_COLUMNS} FROM ${batch} SEMI JOIN (FROM targets WHERE ${TELLING}) USING (target)`;
    for await (const columns of db.columns(`${days} ORDER BY target, day, probe_asn`)) {
      const read = toTargetDays(columns, 1);
      for (const [at, id] of numbersIn(columns, 0).entries()) {
        if (target?.id !== id) {
          if (target !== null) yield target;
          const name = named.get(id);
          if (name === undefined)
            throw new Error(`The days name a target ${id} that is not there.`);
          target = { ...name, days: [] };
        }
        const day = read[at];
        if (day !== undefined) target.days.push(day);
      }
    }
    if (target !== null) yield target;
  }
}

/** Columns of `target_days` that `toTargetDays` reads. */
export const DAY_COLUMNS = 'day, probe_asn, tests, anomaly_count, confirmed_count, methods';

/** Rows as days of a target; `from`: the first of `DAY_COLUMNS`. */
export function toTargetDays(columns: Columns, from: number): readonly TargetDay[] {
  const [networks, methods] = [
    numbersOrNullsIn(columns, from + 1),
    textsOrNullsIn(columns, from + 5),
  ];
  const [tests, anomalies, confirmed] = [
    numbersIn(columns, from + 2),
    numbersIn(columns, from + 3),
    numbersIn(columns, from + 4),
  ];
  return numbersIn(columns, from).map((day, at) => ({
    day: dayOfMillis(day * DAY_MS),
    asn: toAsn(networks[at] ?? 0),
    tests: tests[at] ?? 0,
    anomalies: anomalies[at] ?? 0,
    confirmed: confirmed[at] ?? 0,
    methods: toMethods(methods[at] ?? null),
  }));
}

const NO_METHODS: ReadonlyMap<BlockingMethod, number> = new Map();

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
