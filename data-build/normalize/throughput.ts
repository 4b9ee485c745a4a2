/** M-Lab's daily statistics (`histogram_daily_stats.json`): eight rows a day, one per bucket of throughput. */
import { type Asn, type CountryCode, type Day, toAsn, toCountryCode } from '../contract/brands.ts';
import { toFigureDay } from './time.ts';
import { type Problem, problem } from '../contract/problem.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  numberAt,
  stringAt,
} from '../parse/json.ts';

/** Throughput in Mbit/s, round-trip time in ms; null where the statistics have none. */
export interface ThroughputDay {
  readonly day: Day;
  /** Null: the statistics are of a network wherever it is. */
  readonly probeCc: CountryCode | null;
  /** Null: the whole country or territory. */
  readonly probeAsn: Asn | null;
  /** One random test per client and day. */
  readonly downloadSamples: number | null;
  readonly uploadSamples: number | null;
  readonly downloadMbps: Quartiles;
  readonly uploadMbps: Quartiles;
  readonly minRttMsP50: number | null;
  /** Share of clients under 0.5623 Mbit/s: they are in no bucket, though the first is labelled 0. */
  readonly below0p56MbpsRatio: number | null;
}

export interface Quartiles {
  readonly p25: number | null;
  readonly p50: number | null;
  readonly p75: number | null;
}

/** Edges are 10^(x − 0.25) for x = 0, 0.5 … 3.5: a day is complete with all eight. */
const BUCKETS_PER_DAY = 8;
/** What a column of counts holds. */
const LARGEST_COUNT = 4_294_967_295;
/** Keys of places smaller than a country. */
const FINE_KEYS = ['ISO3166_2region1', 'city', 'GEOID'] as const;

export interface ThroughputDays {
  readonly kind: 'throughput-days';
  readonly rows: readonly ThroughputDay[];
  /** `line` is the place in the list, counted from 1. */
  readonly problems: readonly { readonly line: number; readonly problem: Problem }[];
  readonly rowsIn: number;
}

/**
 * Days out of bucket rows. Quartiles are the publisher's own (its median is the 49th percentile of one random
 * test per client). Source: m-lab/stats-pipeline; see docs/sources.md.
 */
export function normalizeDailyStatistics(value: JsonValue): ThroughputDays | Problem {
  if (!Array.isArray(value)) return problem('not_an_object', 'no list of rows');
  const days = new Map<string, { line: number; first: JsonObject; buckets: JsonObject[] }>();
  const problems: { line: number; problem: Problem }[] = [];
  value.forEach((row: JsonValue, index) => {
    const line = index + 1;
    if (!isJsonObject(row)) {
      problems.push({ line, problem: problem('not_an_object') });
      return;
    }
    const key = [row['date'], row['country_code'], row['asn']].map(String).join(' ');
    const day = days.get(key);
    if (day === undefined) days.set(key, { line, first: row, buckets: [row] });
    else day.buckets.push(row);
  });
  const rows: ThroughputDay[] = [];
  for (const { line, first, buckets } of days.values()) {
    const result = normalizeDay(first, buckets);
    if ('reason' in result) problems.push({ line, problem: result });
    else rows.push(result);
  }
  return { kind: 'throughput-days', rows, problems, rowsIn: value.length };
}

function normalizeDay(first: JsonObject, buckets: readonly JsonObject[]): ThroughputDay | Problem {
  const fine = FINE_KEYS.find((key) => (first[key] ?? '') !== '');
  if (fine !== undefined) return problem('too_fine', fine);
  const day = toFigureDay(stringAt(first, 'date') ?? '');
  if (day === null) return problem('missing_time', stringAt(first, 'date') ?? 'no date');
  const country = stringAt(first, 'country_code');
  const probeCc = country === null ? null : toCountryCode(country);
  if (country !== null && (probeCc === null || probeCc === 'ZZ')) {
    return problem('unknown_country', country);
  }
  const asn = numberAt(first, 'asn');
  const probeAsn = asn === null ? null : toAsn(asn);
  if (asn !== null && probeAsn === null) return problem('unknown_network', String(asn));
  if (probeCc === null && probeAsn === null) return problem('no_scope', 'no country, no network');
  const downloadSamples = countAt(first, 'dl_samples_day');
  return {
    day,
    probeCc,
    probeAsn,
    downloadSamples,
    uploadSamples: countAt(first, 'ul_samples_day'),
    downloadMbps: quartiles(first, 'download'),
    uploadMbps: quartiles(first, 'upload'),
    minRttMsP50: numberAt(first, 'download_minRTT_MED'),
    below0p56MbpsRatio: shareOutsideBuckets(buckets, downloadSamples),
  };
}

function quartiles(row: JsonObject, direction: 'download' | 'upload'): Quartiles {
  return {
    p25: numberAt(row, `${direction}_Q25`),
    p50: numberAt(row, `${direction}_MED`),
    p75: numberAt(row, `${direction}_Q75`),
  };
}

function countAt(row: JsonObject, key: string): number | null {
  const value = numberAt(row, key);
  return value !== null && Number.isInteger(value) && value >= 0 && value <= LARGEST_COUNT
    ? value
    : null;
}

/** 1 − Σ bucket ÷ day; tests above the last edge (5.6 Gbit/s) are few enough to leave out of account. */
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
