/** One NDT7 speed test from M-Lab's archives, without personal data, and the place of its client. */
import { dayOfMillis, toAsn } from '../../contract/brands.ts';
import { normalizePlaceCode } from '../../normalize/place-code.ts';
import { boundSpeeds } from '../../normalize/speed-bounds.ts';
import { parseFineTime, toFigureDay } from '../../normalize/time.ts';
import { isProblem, type Problem, problem } from '../../contract/problem.ts';
import {
  arrayAt,
  isJsonObject,
  type JsonObject,
  numberAt,
  objectAt,
  stringAt,
} from '../../parse/json.ts';
import type { Normalized, PartRow } from '../../parts.ts';

/** Why the publisher's filter leaves a test out of statistics. */
type InvalidTest = 'small' | 'short' | 'long' | 'test_host' | 'private_address';

type Row = PartRow<'ndt_tests'>;

const MINIMUM_BYTES = 8192;
const MINIMUM_MS = 9_000;
const MAXIMUM_MS = 60_000;

/** Tests and the places of their clients are in archives of the same form. */
export function normalizeNdtRecord(
  record: JsonObject,
  productionHost: boolean,
): Normalized<'ndt_tests'> | Problem {
  const isPlace = 'Client' in record && 'UUID' in record;
  const row = isPlace ? normalizeAnnotation(record) : normalizeNdt7(record, productionHost);
  return isProblem(row) ? row : { rows: [row], problems: [] };
}

/**
 * The last server snapshot of a test: throughput = 8 × bytes ÷ elapsed µs, round-trip time = TCPInfo.MinRTT.
 * The filter is M-Lab's "IsValidBest": complete, 9–60 s by the section's own clock (a shorter download counts
 * if the client announced an early exit), at least 8192 bytes, a production host, no private client address.
 * Nothing of the client is kept; only the filter sees the address.
 */
function normalizeNdt7(result: JsonObject, productionHost: boolean): Row | Problem {
  const direction = isJsonObject(result['Download']) ? 'download' : 'upload';
  const section = objectAt(result, direction === 'download' ? 'Download' : 'Upload');
  const uuid = stringAt(section, 'UUID');
  const startMs = millisAt(section, 'StartTime');
  const endMs = millisAt(section, 'EndTime');
  if (uuid === null || startMs === null || endMs === null) {
    return problem('invalid_test', 'no Download or Upload with UUID and times');
  }
  const day = toFigureDay(dayOfMillis(startMs));
  if (day === null) return problem('missing_time', dayOfMillis(startMs));
  const snapshots = arrayAt(section, 'ServerMeasurements');
  const last = snapshots[snapshots.length - 1];
  if (!isJsonObject(last)) return problem('invalid_test', 'no server snapshot');
  const tcp = objectAt(last, 'TCPInfo');
  const bytes = numberAt(tcp, direction === 'download' ? 'BytesAcked' : 'BytesReceived');
  const elapsedUs = numberAt(tcp, 'ElapsedTime');
  if (bytes === null || elapsedUs === null || elapsedUs <= 0) {
    return problem('invalid_test', 'no bytes or elapsed time');
  }
  const invalid = judgeTest(result, section, direction, bytes, endMs - startMs, productionHost);
  if (invalid !== null) return problem('invalid_test', invalid);
  const minRttUs = numberAt(tcp, 'MinRTT');
  const sent = numberAt(tcp, 'BytesSent');
  const resent = numberAt(tcp, 'BytesRetrans');
  const lossKnown = direction === 'download' && sent !== null && sent > 0 && resent !== null;
  return boundSpeeds('ndt_tests', {
    day,
    uuid: joinKey(uuid),
    direction,
    throughput_mbps: (8 * bytes) / elapsedUs,
    min_rtt_ms: minRttUs === null ? null : minRttUs / 1000,
    loss_ratio: lossKnown ? resent / sent : null,
    probe_cc: null,
    probe_asn: null,
    name: null,
  });
}

function judgeTest(
  result: JsonObject,
  section: JsonObject,
  direction: 'download' | 'upload',
  bytes: number,
  durationMs: number,
  productionHost: boolean,
): InvalidTest | null {
  if (!productionHost) return 'test_host';
  if (isPrivateAddress(stringAt(result, 'ClientIP') ?? '')) return 'private_address';
  if (bytes < MINIMUM_BYTES) return 'small';
  if (durationMs > MAXIMUM_MS) return 'long';
  if (durationMs >= MINIMUM_MS) return null;
  const leftEarly = arrayAt(section, 'ClientMetadata').some(
    (entry) => isJsonObject(entry) && entry['Name'] === 'early_exit',
  );
  return direction === 'download' && leftEarly ? null : 'short';
}

/** The first key of a result. Source: m-lab/ndt-server data/result.go. */
export const NDT_FIRST_KEY = 'GitShortCommit';

/**
 * Production hosts are mlab1–3 at a site of three letters and two digits, where `…t` and mlab4 are test hosts; since
 * 2024 also hosts of others, named by site, network and the eight digits of their address.
 */
export function isProductionArchive(fileName: string): boolean {
  return /-(?:mlab[1-3]-[a-z]{3}\d{2}|[a-z]{3}\d+-[0-9a-f]{8})(?:-|\.|$)/.test(fileName);
}

/** annotation2: country and first network of the client; coordinates, city and prefix are not looked at. */
function normalizeAnnotation(annotation: JsonObject): Row | Problem {
  const uuid = stringAt(annotation, 'UUID');
  if (uuid === null) return problem('invalid_test', 'annotation without UUID');
  const client = objectAt(annotation, 'Client');
  const network = objectAt(client, 'Network');
  const number = numberAt(network, 'ASNumber');
  const probeCc = normalizePlaceCode(stringAt(objectAt(client, 'Geo'), 'CountryCode') ?? '');
  return {
    day: null,
    uuid: joinKey(uuid),
    direction: null,
    throughput_mbps: null,
    min_rtt_ms: null,
    loss_ratio: null,
    probe_cc: isProblem(probeCc) ? null : probeCc,
    probe_asn: number === null ? null : toAsn(number),
    name: stringAt(network, 'ASName')?.trim().slice(0, 80) ?? null,
  };
}

/** A server that restarted without a boot id marks its ids `_unsafe`; annotations lack the mark. */
function joinKey(uuid: string): string {
  return uuid.replace('_unsafe', '');
}

/** UTC, also without a `Z`; a time of another zone is none that the publisher writes. */
function millisAt(section: JsonObject, key: string): number | null {
  return parseFineTime(stringAt(section, key) ?? '');
}

/** RFC 1918, loopback and link-local. */
function isPrivateAddress(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|127\.|169\.254\.|fe80:|f[cd]|::1$)/i.test(
    address,
  );
}
