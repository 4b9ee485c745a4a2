/** Runs the detectors over the tables that are there and fills `events`. */
import type { DetectedEvent } from '../contract/detected-event.ts';
import type { Agreement } from '../contract/events.ts';
import { PUBLISHERS } from '../contract/publishers.ts';
import { tableColumns, tableDdl } from '../contract/tables.ts';
import { quoteText } from '../contract/sql.ts';
import type { Database } from './database.ts';
import { nameEvents, type EventNames } from './event-names.ts';
import { judgeAgreement } from './detectors/agreement.ts';
import { findFigureEvents } from './events-figures.ts';
import { findInterferenceEvents } from './events-interference.ts';
import { findThroughputEvents } from './events-throughput.ts';
import type { FoundBefore } from './found-before.ts';
import type { FoundEvent } from './found-event.ts';
import { fillTable } from './select.ts';

/**
 * Fills `events` from every table that was filled before. CC0 rows are compared with CC0 witnesses alone: what
 * they have to do with tests of interference is said in the rows of these alone, which have another licence.
 */
export async function fillEvents(db: Database, before: FoundBefore): Promise<void> {
  const unordered = [
    ...(await findInterferenceEvents(db)),
    ...(await findFigureEvents(db, before)),
    ...(await findThroughputEvents(db)),
  ];
  const names = nameEvents(unordered);
  const found = unordered
    .map((event) => ({ event, place: `${event.first_sign} ${names.of(event)}` }))
    .toSorted((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .map(({ event }) => event);
  await db.run(tableDdl('events').replace('"events"', '"found_events"'));
  const byCountry = Map.groupBy(found, (event) => event.probe_cc);
  const rows = found.map((event) => {
    const own = PUBLISHERS[event.source].licence;
    const witnesses = (byCountry.get(event.probe_cc) ?? []).filter(
      // What changed in many places at once witnesses nothing of one.
      (other) =>
        !other.global &&
        (PUBLISHERS[event.source].witness === 'interference' || other.licence === own),
    );
    return toValues(
      event,
      names,
      event.global ? 'global_change' : judgeAgreement(event, witnesses),
    );
  });
  for (let from = 0; from < rows.length; from += 500) {
    await db.run(`INSERT INTO found_events VALUES ${rows.slice(from, from + 500).join(', ')}`);
  }
  await fillTable(db, 'events', 'SELECT * FROM found_events');
}

function toValues(event: FoundEvent, names: EventNames, agreement: Agreement): string {
  const row: DetectedEvent = {
    ...event,
    event_id: names.of(event),
    agreement,
    follows_event_id: event.follows === null ? null : names.told(event.follows),
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
