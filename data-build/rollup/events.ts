/** Runs the detectors over the tables that are there and fills `events`. */
import type { DetectedEvent } from '../contract/detected-event.ts';
import { nameEvent } from '../contract/event-id.ts';
import type { Agreement } from '../contract/events.ts';
import { PUBLISHERS } from '../contract/publishers.ts';
import { tableColumns, tableDdl } from '../contract/tables.ts';
import { quoteText } from '../contract/sql.ts';
import type { Database } from './database.ts';
import { hashOf } from '../hash.ts';
import { judgeAgreement } from './detectors/agreement.ts';
import { findFigureEvents } from './events-figures.ts';
import { findInterferenceEvents } from './events-interference.ts';
import { findThroughputEvents } from './events-throughput.ts';
import type { FoundEvent } from './found-event.ts';
import { fillTable } from './select.ts';

/** A name for each. Of those with one name, which differ in test or detector alone, the later are numbered. */
function nameEvents(found: readonly FoundEvent[]): ReadonlyMap<FoundEvent, string> {
  const keyed = found
    .map((event) => ({
      event,
      name: nameEvent(event, hashOf),
      key: JSON.stringify([event.test_name, event.source, event.detector_id]),
    }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return new Map(
    [...Map.groupBy(keyed, ({ name }) => name)].flatMap(([name, alike]) =>
      alike.map(
        ({ event }, index) => [event, index === 0 ? name : `${name}-${index + 1}`] as const,
      ),
    ),
  );
}

/**
 * Fills `events` from every table that was filled before. CC0 rows are compared with CC0 witnesses alone: what
 * they have to do with tests of interference is said in the rows of these alone, which have another licence.
 */
export async function fillEvents(db: Database): Promise<void> {
  const unordered = [
    ...(await findInterferenceEvents(db)),
    ...(await findFigureEvents(db)),
    ...(await findThroughputEvents(db)),
  ];
  const names = nameEvents(unordered);
  const idOf = (event: FoundEvent): string => {
    const name = names.get(event);
    if (name === undefined) throw new Error('An event follows one that was not found.');
    return name;
  };
  const found = unordered
    .map((event) => ({ event, place: `${event.first_sign} ${idOf(event)}` }))
    .toSorted((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .map(({ event }) => event);
  await db.run(tableDdl('events').replace('"events"', '"found_events"'));
  const byCountry = Map.groupBy(found, (event) => event.probe_cc);
  const rows = found.map((event) => {
    const own = PUBLISHERS[event.source].licence;
    const witnesses = (byCountry.get(event.probe_cc) ?? []).filter(
      (other) => PUBLISHERS[event.source].witness === 'interference' || other.licence === own,
    );
    return toValues(event, idOf, event.global ? 'global_change' : judgeAgreement(event, witnesses));
  });
  for (let from = 0; from < rows.length; from += 500) {
    await db.run(`INSERT INTO found_events VALUES ${rows.slice(from, from + 500).join(', ')}`);
  }
  await fillTable(db, 'events', 'SELECT * FROM found_events');
}

function toValues(
  event: FoundEvent,
  idOf: (event: FoundEvent) => string,
  agreement: Agreement,
): string {
  const row: DetectedEvent = {
    ...event,
    event_id: idOf(event),
    agreement,
    follows_event_id: event.follows === null ? null : idOf(event.follows),
  };
  const cells = new Map<string, string | number | boolean | null>(Object.entries(row));
  const values = tableColumns('events').map(
    ({ name, type }) => `${toLiteral(cells.get(name) ?? null)}::${type}`,
  );
  return `(${values.join(', ')})`;
}

function toLiteral(value: string | number | boolean | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? quoteText(value) : String(value);
}
