/** What feeds know of earlier releases, from the folder that a build replaces. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '../contract/brands.ts';
import { sameEvent, turnDay } from '../contract/event-id.ts';
import { EVENT_KINDS } from '../contract/events.ts';
import {
  entryKeys,
  isStillTold,
  joinNotes,
  NO_NOTES,
  notesFile,
  parseNotes,
  type FeedNotes,
  type GoneEvent,
} from '../contract/feed-notes.ts';
import type { Manifest } from '../contract/manifest.ts';
import { holdsPrivateText } from '../contract/privacy.ts';
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
import { readJson } from './releases.ts';

const wordsOf = (words: object): string => Object.keys(words).map(quoteText).join(', ');

/** Events of a release; those of kinds and publishers that are no longer known are left out. */
async function readTitled(db: Database, from: string): Promise<readonly Omit<GoneEvent, 'gone'>[]> {
  const rows = await db.all(`
    WITH named AS (SELECT probe_asn, min(name) AS network_name FROM networks GROUP BY probe_asn)
    SELECT event_id, source, e.licence, kind, probe_cc, probe_asn, network_name, target, test_name, e.domain, e.category_code, tool,
      blocking_method, strftime(first_sign, '%Y-%m-%d') AS first_sign, strftime(first_normal, '%Y-%m-%d') AS first_normal,
      domains.category_code AS listed
    FROM ${from} e LEFT JOIN named USING (probe_asn) LEFT JOIN domains ON domains.domain = e.domain
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
 * What feeds of the release know of those before. `earlier` is the data folder that it replaces; null: none of the same edition.
 * Of events on days outside the release it is not said that they are gone.
 */
export async function makeNotes(
  db: Database,
  earlier: string | null,
  { since, until }: Pick<Manifest, 'since' | 'until'>,
  exclusions: readonly Exclusion[],
): Promise<FeedNotes> {
  if (since === null || until === null) return NO_NOTES;
  const lastDay = addDays(until, -1);
  const events = await readTitled(db, 'events');
  const known = earlier === null ? NO_NOTES : await readNotes(earlier);
  const keys = events
    .flatMap((event) => Object.values(entryKeys(event)))
    .filter((key) => key !== null);
  const told = new Map(keys.map((key) => [key, known.told.get(key) ?? lastDay]));
  const before =
    earlier === null || !existsSync(join(earlier, 'events'))
      ? []
      : await readTitled(
          db,
          `read_parquet(${quoteText(join(earlier, 'events', '**', '*.parquet'))}, hive_partitioning = true)`,
        );
  const lost = before
    .filter((event) => turnDay(event) >= since && turnDay(event) < until)
    .map((event) => ({ ...event, gone: lastDay }));
  const current = new Set(events.map(({ event_id }) => event_id));
  const hidden = new Set(exclusions.flatMap(({ by, value }) => (by === 'domain' ? [value] : [])));
  const gone = [...known.gone, ...lost].filter(
    (event) =>
      !current.has(event.event_id) &&
      sameEvent(event, events) === null &&
      isStillTold(event, lastDay) &&
      !isPrivate(event) &&
      (event.domain === null || !hidden.has(event.domain)),
  );
  const once = [...new Map(gone.toReversed().map((event) => [event.event_id, event])).values()];
  return { gone: once.toSorted((a, b) => (a.event_id < b.event_id ? -1 : 1)), told };
}

/** Shapes of private text grow, so an earlier release may name what this one may not. */
function isPrivate({ event_id, network_name, target, domain, tool }: GoneEvent): boolean {
  const texts = [event_id, network_name, target, domain, tool];
  return texts.some((text) => text !== null && holdsPrivateText(text));
}

async function readNotes(folder: string): Promise<FeedNotes> {
  return joinNotes(
    await Promise.all(
      LICENCES_BY_STRICTNESS.map(async (licence) =>
        parseNotes(await readJson(join(folder, notesFile(licence))), licence),
      ),
    ),
  );
}

/** One file a licence that has events or had some, with whom to credit. */
export async function writeNotes(
  db: Database,
  next: string,
  { gone, told }: FeedNotes,
): Promise<void> {
  const events = await readTitled(db, 'events');
  for (const licence of LICENCES_BY_STRICTNESS) {
    const isOwn = (event: Pick<GoneEvent, 'licence'>): boolean => event.licence === licence;
    const [own, lost] = [events.filter(isOwn), gone.filter(isOwn)];
    if (own.length + lost.length === 0) continue;
    const keys = own.flatMap((event) => Object.values(entryKeys(event)));
    const days = Map.groupBy(
      keys.filter((key) => key !== null).toSorted(),
      (key) => told.get(key) ?? '',
    );
    const sources = new Set([...own, ...lost].map(({ source }) => source));
    const notes = {
      licence: LICENCES[licence].spdx,
      licence_url: LICENCES[licence].url,
      attribution: [...sources].sort().map(attributionOf),
      gone: lost,
      told: Object.fromEntries([...days].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    };
    await writeFile(join(next, notesFile(licence)), `${JSON.stringify(notes, null, 1)}\n`);
  }
}
