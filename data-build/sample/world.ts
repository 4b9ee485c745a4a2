/** Countries and territories of the sample, their made-up networks, and how often probes test there. */
import {
  addDays,
  daysBetween,
  type CountryCode,
  type Day,
  toCountryCode,
  toDay,
} from '../contract/brands.ts';
import { hashText } from './rng.ts';

export const SAMPLE_SIZES = ['small', 'year', 'world', 'decade'] as const;
export type SampleSize = (typeof SAMPLE_SIZES)[number];

/** Sizes too large for lines of JSON: they come as scored parts. */
export const isScored = (size: SampleSize): boolean => size === 'world' || size === 'decade';

export interface SampleNetwork {
  /** From the ranges kept for documentation and private use (RFC 5398, RFC 6996): no real operator. */
  readonly asn: number;
  readonly name: string;
  /** Share of the country’s probes, before the shares are added up. */
  readonly weight: number;
  /** Typical download, Mbit/s. */
  readonly mbps: number;
}

export interface SamplePlace {
  readonly cc: CountryCode;
  readonly networks: readonly SampleNetwork[];
  /** Probe runs on an ordinary day; one run gives about eleven measurements. 0: published counts only. */
  readonly runs: number;
  /** Whole stretches of days without any probe. */
  readonly gaps: boolean;
  /** Share of measurements that look like interference and are not. */
  readonly noise: number;
}

export interface SampleWorld {
  readonly size: SampleSize;
  /** First and last day, both inclusive. The last is the same in every size. */
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** Days at the end that lie in the bucket tree; earlier ones are in bare files, one per week. */
  readonly bucketDays: number;
  readonly places: readonly SamplePlace[];
}

/** A day that the code names; an impossible one is an internal error. */
export function sampleDay(text: string): Day {
  const day = toDay(text);
  if (day === null) throw new Error(`${text} is not a day; correct it in data-build/sample.`);
  return day;
}

/** A country or territory code written in this folder. */
export function sampleCountry(text: string): CountryCode {
  const code = toCountryCode(text);
  if (code === null)
    throw new Error(`${text} is not a country code; correct it in data-build/sample.`);
  return code;
}

const LAST_DAY = sampleDay('2026-06-30');
const SIZES = {
  small: { days: 90, bucketDays: 28 },
  year: { days: 365, bucketDays: 28 },
  world: { days: 365, bucketDays: 0 },
  decade: { days: 3652, bucketDays: 0 },
} as const satisfies Record<SampleSize, unknown>;

/** Every code of the large sizes; networks are dealt out in this order, so they are the same in every size. */
const WORLD =
  `AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ
  CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR
  GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP
  KE KG KH KI KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
  MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NZ OM PA PE PF PG PH PK PL PR PS PT PW PY QA RE RO RS RU
  RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG
  US UY UZ VA VC VE VG VI VN VU WS XK YE YT ZA ZM ZW`
    .split(/\s+/)
    .map(sampleCountry);

/**
 * The `small` size: code → runs a day. Episodes are set where real series show little, so that nobody takes
 * one for news.
 */
const BUSY = { NZ: 16, PT: 8, UY: 12, JP: 9 };
const MEDIUM = { IS: 6, FI: 4.5, CR: 4.5, SI: 4.5, EE: 4.5, MU: 4.5, BW: 4.5 };
const QUIET = { KE: 3, DE: 3, US: 3, BR: 3, IN: 3 };
const LIGHT = 'NO IE LU MT CZ CL GH NA SN FJ TW KR CA IR EG ID'.split(' ');
const GAPPY = 'MN BT XK LK BO GE'.split(' ');
const HANDFUL = 'NR TV SM VA GL PW'.split(' ');
/** No probes at all: only counts by day are published for them. */
export const COUNTS_ONLY: readonly CountryCode[] = ['AD', 'KN'].map(sampleCountry);

const RUNS: ReadonlyMap<string, number> = new Map([
  ...Object.entries({ ...BUSY, ...MEDIUM, ...QUIET }),
  ...LIGHT.map((cc): [string, number] => [cc, 0.9]),
  ...GAPPY.map((cc): [string, number] => [cc, 1.6]),
  ...HANDFUL.map((cc): [string, number] => [cc, 0.012]),
  ...COUNTS_ONLY.map((cc): [string, number] => [cc, 0]),
]);

/** Days on which fewer probes than usual ran, by a factor; both ends inclusive. */
export const COVERAGE_DIPS = [
  { probe_cc: 'CR', first_day: '2026-05-05', last_day: '2026-05-12', factor: 0.2 },
  { probe_cc: 'IN', first_day: '2026-06-04', last_day: '2026-06-06', factor: 0 },
  { probe_cc: 'JP', first_day: '2026-04-18', last_day: '2026-04-26', factor: 0.4 },
] as const;

/** Monday to Sunday. */
const WEEK = [1.12, 1.1, 1.08, 1.06, 1.04, 0.86, 0.74] as const;

function* freeAsns(): Generator<number> {
  for (let asn = 64496; asn <= 64511; asn += 1) yield asn;
  for (let asn = 65536; asn <= 65551; asn += 1) yield asn;
  for (let asn = 64512; asn <= 65534; asn += 1) yield asn;
}

/** Every place of the largest size, with 2–6 networks each. */
function dealNetworks(): ReadonlyMap<string, SampleNetwork[]> {
  const asns = freeAsns();
  let number = 0;
  return new Map(
    WORLD.map((cc) => {
      const runs = RUNS.get(cc) ?? 1;
      const count = runs >= 9 ? 6 : 2 + (hashText(cc) % (runs >= 3 ? 5 : 3)) + (runs >= 4 ? 1 : 0);
      const networks = Array.from({ length: Math.min(6, count) }, (_, index): SampleNetwork => {
        const next = asns.next();
        if (next.done === true)
          throw new Error('The documentation ASNs are used up; deal out fewer.');
        number += 1;
        return {
          asn: next.value,
          name: `Sample Net ${number} (synthetic)`,
          weight: 1 / (index + 1.5),
          mbps: 8 + (hashText(`${cc}${index}`) % 90),
        };
      });
      return [cc, networks];
    }),
  );
}

/** Networks of the large sizes, and the first of the long numbers kept for private use (RFC 6996). */
const MANY_NETWORKS = 3000;
const FIRST_LONG_ASN = 4_200_000_000;

/** A few places have much of the world's probes, most have little. */
const skewedRuns = (cc: CountryCode): number => 40 / (4 + (hashText(`${cc} rank`) % 231)) ** 0.7;

/** Adds networks to those that every size has, more of them where there are more probes. */
function dealMoreNetworks(
  few: ReadonlyMap<string, readonly SampleNetwork[]>,
): ReadonlyMap<string, readonly SampleNetwork[]> {
  const first = [...few.values()].flat().length;
  const total = WORLD.reduce((sum, cc) => sum + skewedRuns(cc), 0);
  let number = first;
  return new Map(
    WORLD.map((cc) => {
      const own = few.get(cc) ?? [];
      const count = Math.ceil(((MANY_NETWORKS - first) * skewedRuns(cc)) / total);
      const more = Array.from({ length: count }, (_, index): SampleNetwork => {
        number += 1;
        return {
          asn: FIRST_LONG_ASN + number,
          name: `Sample Net ${number} (synthetic)`,
          weight: 1 / (own.length + index + 1.5),
          mbps: 8 + (hashText(`${cc}${own.length + index}`) % 90),
        };
      });
      return [cc, [...own, ...more]];
    }),
  );
}

/** The world of one size. The seed changes nothing in it. */
export function createWorld(size: SampleSize): SampleWorld {
  const { days, bucketDays } = SIZES[size];
  const large = isScored(size);
  const networks = large ? dealMoreNetworks(dealNetworks()) : dealNetworks();
  const codes = large ? WORLD : WORLD.filter((cc) => RUNS.has(cc));
  const ownRuns = (cc: CountryCode) => RUNS.get(cc) ?? 0.2 + (hashText(`${cc} runs`) % 30) / 12;
  return {
    size,
    firstDay: addDays(LAST_DAY, 1 - days),
    lastDay: LAST_DAY,
    bucketDays,
    places: codes.map((cc) => ({
      cc,
      networks: networks.get(cc) ?? [],
      runs: large && RUNS.get(cc) !== 0 ? skewedRuns(cc) : ownRuns(cc),
      gaps: GAPPY.includes(cc) || (!RUNS.has(cc) && hashText(`${cc} gaps`) % 4 === 0),
      noise: 0.01 + (hashText(`${cc} noise`) % 40) / 1000,
    })),
  };
}

/** Monday 0 … Sunday 6. */
function weekday(day: Day): number {
  return ((daysBetween(sampleDay('2024-01-01'), day) % 7) + 7) % 7;
}

/** Mean number of probe runs on one day: weekly rhythm, dips, gaps, and a slow growth of a tenth a year. */
export function meanRuns(place: SamplePlace, day: Day): number {
  const stretch = Math.floor(daysBetween(sampleDay('2024-01-01'), day) / 6);
  if (place.gaps && hashText(`${place.cc} gap ${stretch}`) % 3 === 0) return 0;
  const dip = COVERAGE_DIPS.find(
    (one) => one.probe_cc === place.cc && one.first_day <= day && day <= one.last_day,
  );
  const growth = 1 - (0.1 * daysBetween(day, LAST_DAY)) / 365;
  return place.runs * (WEEK[weekday(day)] ?? 1) * (dip?.factor ?? 1) * growth;
}

/** All days of a world, oldest first. */
export function worldDays(world: SampleWorld): Day[] {
  const count = daysBetween(world.firstDay, world.lastDay) + 1;
  return Array.from({ length: count }, (_, index) => addDays(world.firstDay, index));
}
