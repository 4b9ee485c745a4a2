/**
 * Facts that every OONI measurement has, whatever its test: who, where, when, with which software.
 * `place.ts` decides whether the measurement can be used.
 */
import {
  DAY_MS,
  parseAsn,
  toAsn,
  toCountryCode,
  type Asn,
  type CountryCode,
} from '../../contract/brands.ts';
import { isProblem, problem, type Problem } from '../../contract/problem.ts';
import { TESTS, type SoftwareFamily } from '../../contract/vocabulary.ts';
import { stringAt, type JsonObject, type JsonValue } from '../../parse/json.ts';
import { normalizeInput } from '../../normalize/input.ts';
import { holdsPrivateText } from '../../contract/privacy.ts';
import { isUnattended, normalizeSoftware } from './software.ts';
import { HOUR_MS, parseReportTime, parseStartTime, parseUidTime } from '../../normalize/time.ts';

export interface Envelope {
  /** Lower case with underscores; unknown names are kept. */
  readonly test_name: string;
  /** Leading `major.minor.patch`; null when it does not look like a version. */
  readonly test_version: string | null;
  /** null when absent, null or not a string; an empty string passes, as at the publisher. */
  readonly report_id: string | null;
  /** The publisher's id, from the line, the twin postcan or the export. */
  readonly measurement_uid: string | null;
  /** What was tested, userinfo removed, lists joined as `{a,b}`; null when there was none. */
  readonly input: string | null;
  /** `ZZ` when hidden; null when missing or malformed. */
  readonly probe_cc: CountryCode | null;
  /** null when hidden (AS0), missing or malformed. */
  readonly probe_asn: Asn | null;
  /** Milliseconds since 1970, UTC, by the probe's clock; null when unusable. */
  readonly measurementStartMs: number | null;
  /** When the publisher received it (uid, else hour of the file), ms since 1970; null when unknown. */
  readonly receivedMs: number | null;
  readonly software_family: SoftwareFamily;
  /** Scheduled by a client without a person present. */
  readonly unattended: boolean;
  /** Trimmed, at most 80 characters. */
  readonly probe_network_name: string | null;
  /** Began more than 365 days before or more than an hour after it was received: the publisher counts it as a failure. */
  readonly clockFault: 'too_old' | 'from_future' | null;
}

/** Facts about a line from its file and its twin. */
export interface LineOrigin {
  /** End of the hour in the file's name, ms since 1970; null when it has none. */
  readonly fileMs: number | null;
  /** uid from the twin postcan; null when there is none. */
  readonly measurement_uid: string | null;
}

const UID = /^(?:\d{14}\.\d{6}_[A-Z]{2}_[a-z0-9]{1,40}_[0-9a-f]{16}|01\d{8}[0-9a-f]{30})$/;
const TEST_NAME = /^[a-z][a-z0-9_]{0,39}$/;
const VERSION = /^v?(\d{1,4}(?:\.\d{1,4}){0,2})(?![\d.]*\.\d)/;
const TOO_OLD_MS = 365 * DAY_MS;

const BY_PATH_NAME: ReadonlyMap<string, string> = new Map(
  Object.keys(TESTS)
    .filter((name) => name.includes('_') && !(name.replaceAll('_', '') in TESTS))
    .map((name) => [name.replaceAll('_', ''), name]),
);

/**
 * A test’s own name, also from its form in paths (no underscores) and in words. Unknown names are kept where they are
 * written as the publisher writes names; anything else is a Problem.
 */
export function normalizeTestName(value: JsonValue | undefined): string | Problem {
  if (typeof value !== 'string' || value === '') return problem('missing_test_name');
  const name = value.trim().toLowerCase().replaceAll(' ', '_');
  const listed = BY_PATH_NAME.get(name) ?? name;
  if (Object.hasOwn(TESTS, listed)) return listed;
  if (!TEST_NAME.test(value) || holdsPrivateText(name))
    return problem('missing_test_name', 'not a name of a test');
  return name;
}

/** The uid when it has one of the publisher's two forms, else null. */
export function normalizeUid(uid: string | null): string | null {
  return uid !== null && UID.test(uid) ? uid : null;
}

/** `"AS123"`, `"123"` or 123; null for AS0 and anything else. */
export function normalizeAsn(value: JsonValue | undefined): Asn | null {
  if (typeof value === 'number') return toAsn(value);
  return typeof value === 'string' ? parseAsn(value) : null;
}

/**
 * The envelope of a measurement, with null for what it does not say. Only a missing test name stops it.
 * Time rule: ooni/backend fastpath `flag_measurements_with_wrong_date`; the receive time is that of the uid,
 * else the end of the file's hour, else when the report was opened.
 */
export function normalizeEnvelope(raw: JsonObject, origin: LineOrigin): Envelope | Problem {
  const test_name = normalizeTestName(raw['test_name']);
  if (isProblem(test_name)) return test_name;
  const report_id = stringAt(raw, 'report_id');
  const uid =
    normalizeUid(stringAt(raw, 'measurement_uid')) ?? normalizeUid(origin.measurement_uid);
  const measurementStartMs = parseStartTime(stringAt(raw, 'measurement_start_time') ?? '');
  const provenMs = (uid === null ? null : parseUidTime(uid)) ?? origin.fileMs;
  const onlyReport = provenMs === null;
  const receivedMs = provenMs ?? (report_id === null ? null : parseReportTime(report_id));
  const softwareName = stringAt(raw, 'software_name') ?? '';
  const networkName = (stringAt(raw, 'probe_network_name') ?? '').trim().slice(0, 80);
  return {
    test_name,
    test_version: VERSION.exec(stringAt(raw, 'test_version') ?? '')?.[1] ?? null,
    report_id,
    measurement_uid: uid,
    input: normalizeInput(raw['input']),
    probe_cc: toCountryCode(stringAt(raw, 'probe_cc') ?? ''),
    probe_asn: normalizeAsn(raw['probe_asn']),
    measurementStartMs,
    receivedMs,
    software_family: normalizeSoftware(softwareName),
    unattended: isUnattended(softwareName),
    probe_network_name: networkName === '' ? null : networkName,
    clockFault: clockFaultOf(measurementStartMs, receivedMs, onlyReport),
  };
}

/** A report can stay open for a day, so its opening gives the time only to within a day. */
function clockFaultOf(
  startMs: number | null,
  receivedMs: number | null,
  onlyReport: boolean,
): Envelope['clockFault'] {
  if (startMs === null || receivedMs === null) return null;
  if (startMs < receivedMs - TOO_OLD_MS) return 'too_old';
  return startMs > receivedMs + (onlyReport ? DAY_MS : HOUR_MS) ? 'from_future' : null;
}
