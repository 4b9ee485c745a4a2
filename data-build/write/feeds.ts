/** Feeds of detected events, from the published tables. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Day, Sha256 } from '../contract/brands.ts';
import {
  judgeCourse,
  toSeriesCourse,
  type CourseDay,
  type EventCourse,
} from '../contract/event-course.ts';
import { NO_NOTES, type FeedNotes } from '../contract/feed-notes.ts';
import type { Correction } from '../contract/corrections.ts';
import type { DetectedEvent } from '../contract/detected-event.ts';
import { AGREEMENTS, DETECTORS, EVENT_KINDS } from '../contract/events.ts';
import { FEED_KINDS, isFeedKey, type FeedScope } from '../contract/feed-paths.ts';
import {
  LICENCES,
  PUBLISHERS,
  SPEEDS_FROM,
  TESTS_FROM,
  type LicenceSlug,
} from '../contract/publishers.ts';
import { quoteText } from '../contract/sql.ts';
import { BLOCKING_METHODS, CATEGORY_CODES } from '../contract/vocabulary.ts';
import type { FeedEvent } from '../feeds/entry.ts';
import { DATA_FEEDS, listFeeds, type FeedRelease } from '../feeds/list.ts';
import { hashOf } from '../hash.ts';
import { type KnownSums, NO_SUMS } from '../known-sums.ts';
import {
  countryIn,
  dayIn,
  networkIn,
  numberIn,
  numberOrNullIn,
  textIn,
  textOrNullIn,
  wordIn,
  type Database,
  type SqlRow,
} from '../rollup/database.ts';
import { type Folders, openFolders } from './folder.ts';
import { shareFile } from './releases.ts';

interface FeedPlaces {
  /** Hears of every file. */
  readonly sums: KnownSums;
  /** The data folder of the release before; null: there is none. */
  readonly before: string | null;
  readonly folders: Folders;
}

function hasBytes(file: string, bytes: Buffer): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.size === bytes.length && readFileSync(file).equals(bytes);
}

/** Writes every feed, in English; those of further languages are made with their pages. Returns their checksums. */
export async function writeFeeds(
  db: Database,
  folder: string,
  release: FeedRelease,
  corrections: readonly Correction[] = [],
  notes: FeedNotes = NO_NOTES,
  { sums, before, folders }: FeedPlaces = {
    sums: NO_SUMS,
    before: null,
    folders: openFolders(),
  },
): Promise<readonly (readonly [path: string, Sha256])[]> {
  const events = await readEvents(db);
  const facts = { release, events, corrections, notes, measured: await readMeasured(db) };
  return listFeeds(facts, DATA_FEEDS).map(({ path, format }) => {
    const [file, bytes] = [join(folder, path), Buffer.from(format())];
    folders.makeFor(file);
    const former = before === null ? null : join(before, path);
    // Most say what they said, and a link to a file costs a fraction of a new one.
    if (former !== null && hasBytes(former, bytes)) shareFile(former, file);
    else writeFileSync(file, bytes);
    const sum = hashOf(bytes);
    sums.wrote(file, sum);
    return [path, sum];
  });
}

/** All that is measured, by the licence of its rows. */
async function readMeasured(db: Database): Promise<ReadonlyMap<LicenceSlug, readonly FeedScope[]>> {
  const tests = quoteText(PUBLISHERS[TESTS_FROM].licence);
  const speeds = quoteText(PUBLISHERS[SPEEDS_FROM].licence);
  const rows = await db.all(`
    SELECT DISTINCT kind, key, licence FROM (
      SELECT 'country' AS kind, probe_cc AS key, ${tests} AS licence FROM interference_country_daily
      UNION ALL SELECT 'country', probe_cc, ${speeds} FROM throughput_monthly
      UNION ALL SELECT 'country', probe_cc, ${speeds} FROM throughput_daily
      UNION ALL SELECT 'country', probe_cc, licence FROM circumvention_daily
      UNION ALL SELECT 'country', probe_cc, licence FROM indicators_daily
      UNION ALL SELECT 'network', 'AS' || probe_asn, ${tests} FROM interference_network_daily
      UNION ALL SELECT 'test', test_name, ${tests} FROM interference_country_daily WHERE measurement_count > 0
      UNION ALL SELECT 'domain', domain, ${tests} FROM interference_domain_daily)
    WHERE key IS NOT NULL ORDER BY ALL`);
  const scopes = rows.map((row) => ({
    licence: wordIn(row, 'licence', LICENCES),
    scope: { kind: wordIn(row, 'kind', FEED_KINDS), key: textIn(row, 'key') },
  }));
  return new Map(
    [...Map.groupBy(scopes, ({ licence }) => licence)].map(([licence, own]) => [
      licence,
      own.flatMap(({ scope }) => (isFeedKey(scope) ? [scope] : [])),
    ]),
  );
}

async function readEvents(db: Database): Promise<readonly FeedEvent[]> {
  const courses = new Map([...(await readCourses(db)), ...(await readSeriesCourses(db))]);
  const rows = await db.all(`
    WITH named AS (SELECT probe_asn, min(name) AS network_name FROM networks GROUP BY probe_asn)
    SELECT e.* REPLACE (strftime(last_normal, '%Y-%m-%d') AS last_normal, strftime(first_sign, '%Y-%m-%d') AS first_sign,
      strftime(last_sign, '%Y-%m-%d') AS last_sign, strftime(extreme_day, '%Y-%m-%d') AS extreme_day,
      strftime(first_normal, '%Y-%m-%d') AS first_normal),
      named.network_name, domains.category_code AS listed
    FROM events e LEFT JOIN named USING (probe_asn) LEFT JOIN domains ON domains.domain = e.domain ORDER BY first_sign, event_id`);
  return rows.map((row) => {
    const event = toEvent(row);
    return {
      event,
      networkName: textOrNullIn(row, 'network_name'),
      listed: row['listed'] === null ? null : wordIn(row, 'listed', CATEGORY_CODES),
      course: courses.get(event.event_id) ?? null,
    };
  });
}

/** The course of every open event of interference, from the daily rows of its target. */
async function readCourses(db: Database): Promise<ReadonlyMap<string, EventCourse | null>> {
  const counts =
    'sum(t.measurement_count - t.failure_count)::DOUBLE AS tests, sum(t.anomaly_count + t.confirmed_count)::DOUBLE AS signs';
  const from = (table: string, on: string, where: string, columns = counts): string => `
    SELECT e.event_id, strftime(t.day, '%Y-%m-%d') AS day, ${columns}
    FROM open_events e JOIN ${table} t ON t.probe_cc = e.probe_cc AND t.test_name = e.test_name AND t.day >= e.first_sign ${on}
    WHERE ${where} GROUP BY e.event_id, t.day`;
  const single =
    'sum(t.tests)::DOUBLE AS tests, sum(t.anomaly_count + t.confirmed_count)::DOUBLE AS signs';
  const rows = await db.all(`
    WITH open_events AS (SELECT * FROM events WHERE kind IN ('interference_start', 'interference_rise') AND first_normal IS NULL)
    ${from('interference_country_daily', '', 'e.probe_asn IS NULL AND e.domain IS NULL AND e.category_code IS NULL')} UNION ALL
    ${from('interference_network_daily', 'AND t.probe_asn = e.probe_asn', 'e.domain IS NULL')} UNION ALL
    ${from('interference_domain_daily', 'AND t.domain = e.domain', 'e.probe_asn IS NULL')} UNION ALL
    ${from('interference_domain_daily', 'AND t.domain IN (SELECT domain FROM domains d WHERE d.category_code = e.category_code)', 'e.category_code IS NOT NULL')} UNION ALL
    ${from('website_days', 'AND t.domain = e.domain AND t.probe_asn = e.probe_asn', 'true', single)}
    ORDER BY event_id, day`);
  const days = new Map<string, CourseDay[]>();
  for (const row of rows) {
    const id = textIn(row, 'event_id');
    const known = days.get(id) ?? [];
    known.push({
      day: dayIn(row, 'day'),
      tests: numberIn(row, 'tests'),
      signs: numberIn(row, 'signs'),
    });
    days.set(id, known);
  }
  return new Map(
    [...days].map(([id, course]) => [id, judgeCourse(course, course[0]?.day ?? dayZero())]),
  );
}

/** Of every open event of published figures or of speeds: the last day with one. */
async function readSeriesCourses(db: Database): Promise<ReadonlyMap<string, EventCourse>> {
  const rows = await db.all(`
    WITH open_events AS (SELECT * FROM events WHERE first_normal IS NULL),
    speeds AS (SELECT probe_cc, probe_asn, day, download_mbps_p50 AS value, false AS is_monthly FROM throughput_daily WHERE download_sample_count > 0
      UNION ALL SELECT probe_cc, probe_asn, last_day((month || '-01')::DATE) AS day, download_mbps_p50 AS value, true AS is_monthly FROM throughput_monthly
      WHERE download_sample_count > 0)
    SELECT event_id, strftime(max(day), '%Y-%m-%d') AS day
    FROM (SELECT event_id, day, value FROM open_events JOIN circumvention_daily USING (probe_cc, tool, metric)
      UNION ALL SELECT event_id, day, value FROM open_events e JOIN indicators_daily i
      ON i.probe_cc = e.probe_cc AND i.source = e.source AND i.indicator = e.target
      UNION ALL SELECT event_id, day, value FROM open_events e JOIN speeds s
      ON s.probe_cc = e.probe_cc AND s.probe_asn IS NOT DISTINCT FROM e.probe_asn AND s.is_monthly = ends_with(e.target, 'month')
      WHERE e.source = ${quoteText(SPEEDS_FROM)})
    WHERE value IS NOT NULL GROUP BY event_id`);
  return new Map(rows.map((row) => [textIn(row, 'event_id'), toSeriesCourse(dayIn(row, 'day'))]));
}

function dayZero(): never {
  throw new Error('A course without days was asked for.');
}

function toEvent(row: SqlRow): DetectedEvent {
  const day = (name: string): Day | null => (row[name] === null ? null : dayIn(row, name));
  return {
    event_id: textIn(row, 'event_id'),
    source: wordIn(row, 'source', PUBLISHERS),
    kind: wordIn(row, 'kind', EVENT_KINDS),
    probe_cc: countryIn(row),
    probe_asn: networkIn(row),
    target: textIn(row, 'target'),
    test_name: textOrNullIn(row, 'test_name'),
    domain: textOrNullIn(row, 'domain'),
    category_code:
      row['category_code'] === null ? null : wordIn(row, 'category_code', CATEGORY_CODES),
    tool: textOrNullIn(row, 'tool'),
    metric: textOrNullIn(row, 'metric'),
    blocking_method:
      row['blocking_method'] === null ? null : wordIn(row, 'blocking_method', BLOCKING_METHODS),
    last_normal: day('last_normal'),
    first_sign: dayIn(row, 'first_sign'),
    last_sign: day('last_sign'),
    first_normal: day('first_normal'),
    magnitude: numberIn(row, 'magnitude'),
    baseline: numberOrNullIn(row, 'baseline'),
    extreme_day: day('extreme_day'),
    measurement_count: numberOrNullIn(row, 'measurement_count'),
    anomaly_count: numberOrNullIn(row, 'anomaly_count'),
    confirmed_count: numberOrNullIn(row, 'confirmed_count'),
    network_count: numberOrNullIn(row, 'network_count'),
    agreement: wordIn(row, 'agreement', AGREEMENTS),
    detector_id: detectorIn(row),
    robust: typeof row['robust'] === 'boolean' ? row['robust'] : null,
    coverage_ratio: numberOrNullIn(row, 'coverage_ratio'),
    follows_event_id: textOrNullIn(row, 'follows_event_id'),
    licence: wordIn(row, 'licence', LICENCES),
  };
}

function detectorIn(row: SqlRow): DetectedEvent['detector_id'] {
  const id = textIn(row, 'detector_id');
  const detector = DETECTORS.find((each) => each.id === id);
  if (detector === undefined)
    throw new Error(`The events name a detector ${id} that is not there.`);
  return detector.id;
}
