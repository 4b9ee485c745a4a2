/**
 * Leads names of events that earlier releases used to the names of this one. The table lies beside the kept releases and
 * goes from release to release, whether these are kept or not: addresses that were cited stay.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CountryCode } from '../contract/brands.ts';
import {
  FORMER_IDS_FILE,
  nameTarget,
  parseFormerIds,
  sameEvent,
  type FormerId,
  type NamedEvent,
} from '../contract/event-id.ts';
import { EVENT_KINDS } from '../contract/events.ts';
import { holdsPrivateText } from '../contract/privacy.ts';
import { PUBLISHERS } from '../contract/publishers.ts';
import { quoteText } from '../contract/sql.ts';
import type { Exclusion } from '../exclusions.ts';
import { hashOf } from '../hash.ts';
import { readJson } from './releases.ts';
import { hashedId } from '../feeds/hashed-id.ts';
import {
  countryIn,
  dayIn,
  networkIn,
  textIn,
  wordIn,
  type Database,
  type SqlRow,
} from '../rollup/database.ts';

interface KnownEvent extends NamedEvent {
  readonly event_id: string;
  readonly detector_id: string;
}

function toKnown(row: SqlRow): KnownEvent {
  return {
    event_id: textIn(row, 'event_id'),
    detector_id: textIn(row, 'detector_id'),
    source: wordIn(row, 'source', PUBLISHERS),
    kind: wordIn(row, 'kind', EVENT_KINDS),
    probe_cc: countryIn(row),
    probe_asn: networkIn(row),
    target: textIn(row, 'target'),
    first_sign: dayIn(row, 'first_sign'),
    first_normal: row['first_normal'] === null ? null : dayIn(row, 'first_normal'),
  };
}

async function readEvents(db: Database, from: string): Promise<readonly KnownEvent[]> {
  const rows = await db.all(`
    SELECT event_id, detector_id, source, kind, probe_cc, probe_asn, target,
      strftime(first_sign, '%Y-%m-%d') AS first_sign, strftime(first_normal, '%Y-%m-%d') AS first_normal
    FROM ${from} WHERE source IN (${Object.keys(PUBLISHERS).map(quoteText).join(', ')})
      AND kind IN (${Object.keys(EVENT_KINDS).map(quoteText).join(', ')}) ORDER BY event_id`);
  return rows.map(toKnown);
}

interface EarlierNames {
  readonly events: readonly KnownEvent[];
  readonly former: readonly FormerId[];
}

async function readEarlier(db: Database, out: string): Promise<EarlierNames> {
  const events = existsSync(join(out, 'events'))
    ? await readEvents(
        db,
        `read_parquet(${quoteText(join(out, 'events', '**', '*.parquet'))}, hive_partitioning = true)`,
      )
    : [];
  return { events, former: parseFormerIds(await readJson(join(out, FORMER_IDS_FILE))) };
}

/**
 * Writes the table of `next`. `earlier` is the data folder that it replaces, null where that is none of the same edition:
 * then the hashed names of the events of this release are all there is.
 */
export async function writeFormerIds(
  db: Database,
  earlier: string | null,
  next: string,
  exclusions: readonly Exclusion[],
): Promise<readonly FormerId[]> {
  const events = await readEvents(db, 'events');
  const known = earlier === null ? { events: [], former: [] } : await readEarlier(db, earlier);
  const current = new Set(events.map(({ event_id }) => event_id));
  const found = new Map<string, { readonly now: string | null; readonly place: CountryCode }>();
  for (const event of events)
    found.set(hashedId(event), { now: event.event_id, place: event.probe_cc });
  for (const event of known.events)
    found.set(event.event_id, {
      now: sameEvent(event, events)?.event_id ?? null,
      place: event.probe_cc,
    });
  for (const { former_id, event_id, probe_cc } of known.former) {
    if (found.has(former_id)) continue;
    const now = event_id === null || current.has(event_id) ? event_id : found.get(event_id)?.now;
    found.set(former_id, { now: now ?? null, place: probe_cc });
  }
  // What was asked to be taken away is not named either.
  const hidden = exclusions.flatMap(({ by, value }) =>
    by === 'domain' ? [`-${nameTarget(value, hashOf)}-`] : [],
  );
  const isHidden = (id: string): boolean =>
    hidden.some((name) => id.includes(name)) || holdsPrivateText(id);
  const ids = [...found]
    .filter(([former]) => !current.has(former) && !isHidden(former))
    .map(([former_id, { now, place }]) => ({ former_id, event_id: now, probe_cc: place }))
    .toSorted((a, b) => (a.former_id < b.former_id ? -1 : 1));
  const lines = ids.map((entry) => ` ${JSON.stringify(entry)}`).join(',\n');
  await writeFile(join(next, FORMER_IDS_FILE), ids.length === 0 ? '[]\n' : `[\n${lines}\n]\n`);
  return ids;
}
