/** Runs the detectors over the tables that are there and fills `events`. */
import { createHash } from 'node:crypto';
import { type CountryCode, type Day, toCountryCode, toDay } from '../contract/brands.ts';
import type { Agreement, DetectorId, EventKind } from '../contract/events.ts';
import { type LicenceSlug, type SourceId, SOURCES } from '../contract/sources.ts';
import { tableColumns, tableDdl } from '../contract/tables.ts';
import type { BlockingMethod } from '../contract/vocabulary.ts';
import { type Database, quoteText } from './database.ts';
import { judgeAgreement, type Witnessed } from './detectors/agreement.ts';
import { findInterferenceEvents } from './events-interference.ts';
import { findThroughputEvents } from './events-throughput.ts';
import { findToolEvents } from './events-tools.ts';
import { fillTable } from './select.ts';

/** An event before the witnesses are compared. Days as in the contract's table. */
export interface FoundEvent {
  readonly source: SourceId;
  readonly licence: LicenceSlug;
  readonly witness: Witnessed['witness'];
  readonly kind: EventKind;
  readonly probeCc: CountryCode;
  readonly probeAsn: number | null;
  /** Test, domain, `tool metric`, or `throughput`. */
  readonly target: string;
  readonly testName: string | null;
  readonly domain: string | null;
  readonly tool: string | null;
  readonly metric: string | null;
  readonly blockingMethod: BlockingMethod | null;
  readonly lastNormal: Day | null;
  readonly firstSign: Day;
  readonly lastSign: Day | null;
  readonly firstNormal: Day | null;
  readonly magnitude: number;
  readonly baseline: number | null;
  readonly measurementCount: number | null;
  readonly anomalyCount: number | null;
  readonly confirmedCount: number | null;
  readonly networkCount: number | null;
  readonly detectorId: DetectorId;
  readonly robust: boolean | null;
  /** Many places changed on the same days; then nothing else is said of agreement. */
  readonly global: boolean;
}

/** Permanent as long as the detector, the target and the day it turned stay the same. */
export function eventId(event: FoundEvent): string {
  const turned = event.kind === 'interference_end' ? event.firstNormal : event.firstSign;
  const parts = [
    event.source,
    event.kind,
    event.probeCc,
    event.probeAsn,
    event.target,
    event.detectorId,
    turned,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}

/**
 * Fills `events` from every table that was filled before. CC0 rows are compared with CC0 witnesses alone: what
 * they have to do with OONI's is said in OONI-licensed rows only.
 */
export async function fillEvents(db: Database): Promise<void> {
  const found = [
    ...(await findInterferenceEvents(db)),
    ...(await findToolEvents(db)),
    ...(await findThroughputEvents(db)),
  ]
    .map((event) => ({ event, place: `${event.firstSign} ${eventId(event)}` }))
    .toSorted((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0))
    .map(({ event }) => event);
  await db.run(tableDdl('events').replace('"events"', '"found_events"'));
  const byCountry = Map.groupBy(found, (event) => event.probeCc);
  const rows = found.map((event) => {
    const own = SOURCES[event.source].licence;
    const witnesses = (byCountry.get(event.probeCc) ?? []).filter(
      (other) => event.source === 'ooni' || other.licence === own,
    );
    return toValues(event, event.global ? 'global_change' : judgeAgreement(event, witnesses));
  });
  for (let from = 0; from < rows.length; from += 500) {
    await db.run(`INSERT INTO found_events VALUES ${rows.slice(from, from + 500).join(', ')}`);
  }
  await fillTable(db, 'events', 'SELECT * FROM found_events');
}

function toValues(event: FoundEvent, agreement: Agreement): string {
  const cells: Readonly<Record<string, string | number | boolean | null>> = {
    event_id: eventId(event),
    source: event.source,
    kind: event.kind,
    probe_cc: event.probeCc,
    probe_asn: event.probeAsn,
    target: event.target,
    test_name: event.testName,
    domain: event.domain,
    tool: event.tool,
    metric: event.metric,
    blocking_method: event.blockingMethod,
    last_normal: event.lastNormal,
    first_sign: event.firstSign,
    last_sign: event.lastSign,
    first_normal: event.firstNormal,
    magnitude: event.magnitude,
    baseline: event.baseline,
    measurement_count: event.measurementCount,
    anomaly_count: event.anomalyCount,
    confirmed_count: event.confirmedCount,
    network_count: event.networkCount,
    agreement,
    detector_id: event.detectorId,
    robust: event.robust,
    licence: event.licence,
  };
  const values = tableColumns('events').map(
    ({ name, type }) => `${toLiteral(cells[name] ?? null)}::${type}`,
  );
  return `(${values.join(', ')})`;
}

function toLiteral(value: string | number | boolean | null): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? quoteText(value) : String(value);
}

/** A day that our own SQL wrote; anything else is a broken promise. */
export function dayFrom(text: string): Day {
  const day = toDay(text);
  if (day === null) throw new Error(`The query gave ${text} where a day was promised.`);
  return day;
}

/** A country code that our own tables hold. */
export function countryFrom(text: string): CountryCode {
  const code = toCountryCode(text);
  if (code === null) throw new Error(`The query gave ${text} where a country was promised.`);
  return code;
}
