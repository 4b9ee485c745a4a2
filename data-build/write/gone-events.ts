/** Which events of the folder that a build replaces, or of those before it, the new release does not find. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '../contract/brands.ts';
import { sameEvent, turnDay } from '../contract/event-id.ts';
import { EVENT_KINDS } from '../contract/events.ts';
import { goneFile, isStillTold, parseGone, type GoneEvent } from '../contract/gone-events.ts';
import type { Manifest } from '../contract/manifest.ts';
import { attributionOf } from '../contract/publisher-words.ts';
import { LICENCES, LICENCES_BY_STRICTNESS, PUBLISHERS } from '../contract/publishers.ts';
import { quoteText } from '../contract/sql.ts';
import { BLOCKING_METHODS, CATEGORY_CODES } from '../contract/vocabulary.ts';
import type { Exclusion } from '../exclusions.ts';
import {
  countryIn,
  dayIn,
  networkIn,
  textIn,
  textOrNullIn,
  wordIn,
  type Database,
  type SqlRow,
} from '../rollup/database.ts';
import { readEvents } from './former-ids.ts';
import { readJson } from './releases.ts';

const wordsOf = (words: object): string => Object.keys(words).map(quoteText).join(', ');

/** Events in the folder of a release; those of kinds and publishers that are no longer known are left out. */
async function readTitled(
  db: Database,
  folder: string,
): Promise<readonly Omit<GoneEvent, 'gone'>[]> {
  if (!existsSync(join(folder, 'events'))) return [];
  const files = quoteText(join(folder, 'events', '**', '*.parquet'));
  const rows = await db.all(`
    WITH named AS (SELECT probe_asn, min(name) AS network_name FROM networks GROUP BY probe_asn)
    SELECT event_id, source, e.licence, kind, probe_cc, probe_asn, network_name, target, test_name, e.domain, e.category_code, tool,
      blocking_method, strftime(first_sign, '%Y-%m-%d') AS first_sign, strftime(first_normal, '%Y-%m-%d') AS first_normal,
      domains.category_code AS listed
    FROM read_parquet(${files}, hive_partitioning = true) e LEFT JOIN named USING (probe_asn) LEFT JOIN domains ON domains.domain = e.domain
    WHERE source IN (${wordsOf(PUBLISHERS)}) AND e.licence IN (${wordsOf(LICENCES)}) AND kind IN (${wordsOf(EVENT_KINDS)}) ORDER BY event_id`);
  return rows.map((row) => ({
    event_id: textIn(row, 'event_id'),
    source: wordIn(row, 'source', PUBLISHERS),
    licence: wordIn(row, 'licence', LICENCES),
    kind: wordIn(row, 'kind', EVENT_KINDS),
    probe_cc: countryIn(row),
    probe_asn: networkIn(row),
    network_name: textOrNullIn(row, 'network_name'),
    target: textIn(row, 'target'),
    test_name: textOrNullIn(row, 'test_name'),
    domain: textOrNullIn(row, 'domain'),
    category_code: wordOrNullIn(row, 'category_code', CATEGORY_CODES),
    tool: textOrNullIn(row, 'tool'),
    blocking_method: wordOrNullIn(row, 'blocking_method', BLOCKING_METHODS),
    first_sign: dayIn(row, 'first_sign'),
    first_normal: row['first_normal'] === null ? null : dayIn(row, 'first_normal'),
    listed: wordOrNullIn(row, 'listed', CATEGORY_CODES),
  }));
}

function wordOrNullIn<Words extends object>(row: SqlRow, name: string, words: Words) {
  return row[name] === null ? null : wordIn(row, name, words);
}

/**
 * The events that the release does not find, in order of their ids. `earlier` is the data folder that it replaces; null: none of
 * the same edition. Of days outside the release nothing is said.
 */
export async function findGone(
  db: Database,
  earlier: string | null,
  { since, until }: Pick<Manifest, 'since' | 'until'>,
  exclusions: readonly Exclusion[],
): Promise<readonly GoneEvent[]> {
  if (earlier === null || since === null || until === null) return [];
  const lastDay = addDays(until, -1);
  const events = await readEvents(db, 'events');
  const current = new Set(events.map(({ event_id }) => event_id));
  const carried = await Promise.all(
    LICENCES_BY_STRICTNESS.map(async (licence) =>
      parseGone(await readJson(join(earlier, goneFile(licence))), licence),
    ),
  );
  const lost = (await readTitled(db, earlier))
    .filter((event) => turnDay(event) >= since && turnDay(event) < until)
    .map((event) => ({ ...event, gone: lastDay }));
  const hidden = new Set(exclusions.flatMap(({ by, value }) => (by === 'domain' ? [value] : [])));
  const gone = [...carried.flat(), ...lost].filter(
    (event) =>
      !current.has(event.event_id) &&
      sameEvent(event, events) === null &&
      isStillTold(event, lastDay) &&
      (event.domain === null || !hidden.has(event.domain)),
  );
  return [...new Map(gone.map((event) => [event.event_id, event])).values()].toSorted((a, b) =>
    a.event_id < b.event_id ? -1 : 1,
  );
}

/** One file a licence that has any, with whom to credit. */
export async function writeGone(next: string, gone: readonly GoneEvent[]): Promise<void> {
  for (const [licence, events] of Map.groupBy(gone, (event) => event.licence)) {
    const head = {
      licence: LICENCES[licence].spdx,
      licence_url: LICENCES[licence].url,
      attribution: [...new Set(events.map(({ source }) => source))].sort().map(attributionOf),
      events,
    };
    await writeFile(join(next, goneFile(licence)), `${JSON.stringify(head, null, 1)}\n`);
  }
}
