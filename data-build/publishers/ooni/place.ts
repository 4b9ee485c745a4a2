/** Whether a measurement can be used: it needs a report, a country, a network and a plausible time. */
import { DAY_MS, dayOfMillis, type Asn, type CountryCode } from '../../contract/brands.ts';
import { isProblem, problem, type Problem } from '../../contract/problem.ts';
import type { JsonObject } from '../../parse/json.ts';
import { normalizePlaceCode } from '../../normalize/place-code.ts';
import type { Envelope } from './envelope.ts';
import { HOUR_MS } from '../../normalize/time.ts';

/** An envelope that has everything a row needs. */
export interface PlacedEnvelope extends Envelope {
  readonly report_id: string;
  readonly probe_cc: CountryCode;
  readonly probe_asn: Asn;
  readonly measurementStartMs: number;
}

/** OONI published its first measurements in December 2012; an earlier clock was never set. */
const EARLIEST_MS = Date.UTC(2012, 0, 1);
/** Later starts need proof (uid, file hour or report). Fixed, since outputs must not depend on today. */
const LATEST_UNPROVEN_MS = Date.UTC(2035, 0, 1);

const FURTHEST_AHEAD_MS = 7 * DAY_MS + HOUR_MS;

/** The words in which the publisher says that it discards a measurement; null when it does not. */
export type PublisherDiscard = 'no report_id' | 'probe_cc ZZ' | 'AS0';

/** Source: ooni/backend fastpath; checked in this order. */
export function publisherDiscard(raw: JsonObject): PublisherDiscard | null {
  const { report_id, probe_cc: cc, probe_asn: asn } = raw;
  if (report_id === undefined || report_id === null) return 'no report_id';
  if (typeof cc === 'string' && cc.toUpperCase() === 'ZZ') return 'probe_cc ZZ';
  if ((typeof asn === 'string' && asn.toUpperCase() === 'AS0') || asn === 0) return 'AS0';
  return null;
}

/** The envelope if it can be counted, or the first reason why not. */
export function placeEnvelope(envelope: Envelope): PlacedEnvelope | Problem {
  const { report_id, probe_cc, probe_asn, measurementStartMs } = envelope;
  if (report_id === null) return problem('missing_report');
  if (probe_cc === null) return problem('unknown_country', 'missing or not two letters');
  const place = normalizePlaceCode(probe_cc);
  if (isProblem(place)) return place;
  if (probe_asn === null) return problem('unknown_network', 'AS0, missing or not a number');
  if (measurementStartMs === null) return problem('missing_time');
  if (!isTrusted(envelope, measurementStartMs)) {
    return problem('untrusted_time', dayOfMillis(measurementStartMs));
  }
  return { ...envelope, report_id, probe_cc, probe_asn, measurementStartMs };
}

/**
 * Not before OONI existed, and at most a week and an hour after the measurement was received: the publisher counts
 * a clock that is ahead as a failure on the day it claims, and a week bounds how far ahead of its data a release can seem.
 */
function isTrusted({ receivedMs }: Envelope, startMs: number): boolean {
  if (startMs < EARLIEST_MS) return false;
  return receivedMs === null
    ? startMs < LATEST_UNPROVEN_MS
    : startMs <= receivedMs + FURTHEST_AHEAD_MS;
}
