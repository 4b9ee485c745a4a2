/** M-Lab's daily statistics (`histogram_daily_stats.json`): eight rows a day, one per bucket of throughput. */
import { parseAsn } from '../../contract/brands.ts';
import { normalizePlaceCode } from '../../normalize/place-code.ts';
import { boundSpeeds } from '../../normalize/speed-bounds.ts';
import { toFigureDay } from '../../normalize/time.ts';
import { isProblem, type Problem, problem } from '../../contract/problem.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  numberAt,
  stringAt,
} from '../../parse/json.ts';
import type { Normalized, PartRow } from '../../parts.ts';

/** Edges are 10^(x − 0.25) for x = 0, 0.5 … 3.5: a day is complete with all eight. */
const BUCKETS_PER_DAY = 8;
const COUNTS = ['dl_samples_day', 'ul_samples_day'] as const;
/** What a column of counts holds. */
const LARGEST_COUNT = 4_294_967_295;
const PLACE_KEYS = ['country_code', 'asn'] as const;
type PlaceKey = (typeof PLACE_KEYS)[number];
/** Keys of places smaller than a country. */
const FINE_KEYS = ['ISO3166_2region1', 'city', 'GEOID'] as const;

type ThroughputDay = PartRow<'throughput_days'>;

/**
 * Days out of bucket rows. Quartiles are the publisher's own (its median is the 49th percentile of one random
 * test per client). Source: m-lab/stats-pipeline; see docs/sources.md. `line` is the
 * place in the list, counted from 1.
 */
export function normalizeDailyStatistics(
  value: JsonValue,
): Normalized<'throughput_days'> | Problem {
  if (!Array.isArray(value)) return problem('not_an_object', 'no list of rows');
  const days = new Map<string, { line: number; first: JsonObject; buckets: JsonObject[] }>();
  const problems: { line: number; problem: Problem }[] = [];
  value.forEach((row: JsonValue, index) => {
    const line = index + 1;
    if (!isJsonObject(row)) {
      problems.push({ line, problem: problem('not_an_object') });
      return;
    }
    const { date, country_code, asn } = row;
    const key = JSON.stringify({ date, country_code, asn });
    const day = days.get(key);
    if (day === undefined) days.set(key, { line, first: row, buckets: [row] });
    else day.buckets.push(row);
  });
  const rows: ThroughputDay[] = [];
  const held = [...days.values()];
  const keys = new Set(PLACE_KEYS.filter((key) => held.some(({ first }) => has(first, key))));
  for (const { line, first, buckets } of held) {
    const result = normalizeDay(first, buckets, keys);
    if (isProblem(result)) problems.push({ line, problem: result });
    else rows.push(result);
  }
  return { rows, problems };
}

const has = (row: JsonObject, key: string): boolean => (row[key] ?? '') !== '';

/** `keys` are those that the file is broken down by: a row in which one is empty is not a total of the others. */
function normalizeDay(
  first: JsonObject,
  buckets: readonly JsonObject[],
  keys: ReadonlySet<PlaceKey>,
): ThroughputDay | Problem {
  const lacks = (key: PlaceKey): boolean => key in first && !has(first, key) && keys.has(key);
  const fine = FINE_KEYS.find((key) => has(first, key));
  if (fine !== undefined) return problem('too_fine', fine);
  const day = toFigureDay(stringAt(first, 'date') ?? '');
  if (day === null) return problem('missing_time', stringAt(first, 'date') ?? 'no date');
  const probeCc =
    has(first, 'country_code') || lacks('country_code')
      ? normalizePlaceCode(stringAt(first, 'country_code') ?? '')
      : null;
  if (isProblem(probeCc)) return probeCc;
  const { asn } = first;
  const probeAsn = parseAsn(typeof asn === 'number' ? String(asn) : (stringAt(first, 'asn') ?? ''));
  if (probeAsn === null && (has(first, 'asn') || lacks('asn')))
    return problem('unknown_network', JSON.stringify(asn));
  if (probeCc === null && probeAsn === null) return problem('no_scope', 'no country, no network');
  const count = COUNTS.find((key) => has(first, key) && countAt(first, key) === null);
  if (count !== undefined)
    return problem('negative_count', `${count} ${JSON.stringify(first[count])}`);
  const downloadSamples = countAt(first, 'dl_samples_day');
  return boundSpeeds('throughput_days', {
    day,
    probe_cc: probeCc,
    probe_asn: probeAsn,
    download_sample_count: downloadSamples,
    upload_sample_count: countAt(first, 'ul_samples_day'),
    download_mbps_p25: numberAt(first, 'download_Q25'),
    download_mbps_p50: numberAt(first, 'download_MED'),
    download_mbps_p75: numberAt(first, 'download_Q75'),
    upload_mbps_p25: numberAt(first, 'upload_Q25'),
    upload_mbps_p50: numberAt(first, 'upload_MED'),
    upload_mbps_p75: numberAt(first, 'upload_Q75'),
    min_rtt_ms_p50: numberAt(first, 'download_minRTT_MED'),
    below_0p56_mbps_ratio: shareOutsideBuckets(buckets, downloadSamples),
  });
}

function countAt(row: JsonObject, key: string): number | null {
  const value = numberAt(row, key);
  return value !== null && Number.isInteger(value) && value >= 0 && value <= LARGEST_COUNT
    ? value
    : null;
}

/**
 * Share of clients under 0.5623 Mbit/s: 1 − Σ bucket ÷ day. They are in no bucket, though the first is labeled 0.
 * Tests above the last edge (5.6 Gbit/s) are too few to matter.
 */
function shareOutsideBuckets(
  buckets: readonly JsonObject[],
  samples: number | null,
): number | null {
  if (samples === null || samples === 0 || buckets.length !== BUCKETS_PER_DAY) return null;
  let inside = 0;
  for (const bucket of buckets) {
    const count = countAt(bucket, 'dl_samples_bucket');
    if (count === null) return null;
    inside += count;
  }
  return inside > samples ? null : 1 - inside / samples;
}
