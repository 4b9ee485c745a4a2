/** What each of the three witnesses gives over the days of a window: points, the name of the row, or why there are none. */
import type { KnownProblem } from '../../../data-build/contract/corrections.ts';
import { addDays, type Asn, type Day } from '../../../data-build/contract/brands.ts';
import {
  publishersOf,
  PUBLISHERS,
  type PublisherId,
} from '../../../data-build/contract/publishers.ts';
import { indicatorLabel } from '../../../data-build/contract/publisher-words.ts';
import type { TimeGrain } from '../../../data-build/contract/vocabulary.ts';
import type { Courses } from '../../view/course.ts';
import { translate } from '../../i18n/translate.ts';
import type { EventRow, IndicatorRow, ThroughputRow, ToolUseRow } from '../../query/witnesses.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import { type ViewContext } from '../../view/context.ts';
import { type EventSpan } from '../../view/events.ts';
import { formatAsn, formatDayRange } from '../../view/format.ts';
import { type Rate } from '../../view/rate.ts';
import { chooseThroughput, sampleSize } from '../throughput/view.ts';
import { nextPeriod, type Period, type TimeFrame } from '../../view/time-frame.ts';
import { toToolUse, type ToolUseSeries } from '../tool-use/view.ts';
import type { Witness } from '../../../data-build/contract/witnesses.ts';
import type { Days } from '../../view/stretches.ts';
import type { WitnessWindow } from './window.ts';

/** One value of one witness, over its own days. */
export interface WitnessPoint {
  readonly start: Day;
  /** Exclusive. */
  readonly end: Day;
  readonly value: number;
  readonly lower: number | null;
  readonly upper: number | null;
  /** `thin` is drawn hollow, `grey` is not settled yet. */
  readonly look: 'firm' | 'thin' | 'grey';
  /** Of speed: how many tests carry the median. */
  readonly tests?: number;
}

export interface WitnessTrack {
  /** The witness, or what else tells its row from the others. */
  readonly key: string;
  readonly witness: Witness;
  /** Where its axis ends; null: at the largest value. */
  readonly largest: number | null;
  /** `OONI tests: share with signs of interference`. */
  readonly label: string;
  readonly points: readonly WitnessPoint[];
  /** From the first to the last day that the points tell of; null: there are none. */
  readonly covered: Days | null;
  /** Publishers of the points. */
  readonly sources: readonly PublisherId[];
  /** Why there is nothing to draw; null when there is. */
  readonly missing: string | null;
  /** Strongest first. */
  readonly spans: readonly EventSpan[];
  /** Events of the window beyond those drawn. */
  readonly omitted: number;
}

/** Publishers of a witness in a place. */
export function sourcesOf(
  witness: Witness,
  toolUse: readonly Pick<ToolUseRow, 'source'>[],
): readonly PublisherId[] {
  return witness === 'tools'
    ? [...new Set(toolUse.map(({ source }) => source))]
    : publishersOf(witness);
}

export interface WitnessMaterial {
  readonly window: WitnessWindow;
  /** Step of the time axis; left out: the one that fits the window. */
  readonly grain?: TimeGrain;
  /** Days of the place with tests, in order. */
  readonly testedDays: readonly Day[];
  /** Outcomes per period of the window. */
  readonly outcomes: readonly OutcomePeriodRow[];
  /** What is tested, `Telegram`; null: all tests. */
  readonly test: string | null;
  /** The one network that the tests are from; null: all. */
  readonly network: Asn | null;
  /** Different networks in the window; null where not known. */
  readonly networkCount: number | null;
  readonly throughput: readonly ThroughputRow[];
  /** The one network that the speeds are from; left out or null: all. */
  readonly speedsOf?: Asn | null;
  readonly indicators: readonly IndicatorRow[];
  readonly toolUse: readonly ToolUseRow[];
  /** Events of the whole country or territory. */
  readonly events: readonly EventRow[];
  /** Id of the one that the headline of the page speaks of; left out or null: the chart chooses. */
  readonly led?: string | null;
  /** Of open events of interference, by id. */
  readonly courses: Courses;
  readonly place: string;
  /** First day that the release does not cover any more. */
  readonly dataUntil: Day;
  /** Dates that each witness covers here at all, `since` inclusive, `until` exclusive; null: none. */
  readonly coverage: Readonly<Record<Witness, { readonly since: Day; readonly until: Day } | null>>;
  /** Witnesses that the edition has at all; the others are not spoken of. */
  readonly witnesses: readonly Witness[];
  /** Of the place, whichever source has them; left out: none. */
  readonly problems?: readonly KnownProblem[];
}

export interface RatedPeriod {
  readonly period: Period;
  readonly row: OutcomePeriodRow | null;
  readonly rate: Rate;
}

export function ratePoints(rates: readonly RatedPeriod[]): readonly WitnessPoint[] {
  return rates.flatMap(({ period, rate }): WitnessPoint[] =>
    rate.kind === 'rate'
      ? [
          {
            start: period.start,
            end: period.end,
            value: rate.rate,
            lower: rate.lower,
            upper: rate.upper,
            look: period.incomplete === null ? 'firm' : 'grey',
          },
        ]
      : [],
  );
}

/** The days that points tell of: of tests those that were tested, since a week has days without. */
export function coveredDays(
  witness: Witness,
  points: readonly Pick<WitnessPoint, 'start' | 'end'>[],
  { since, until }: Days,
  testedDays: readonly Day[],
): Days | null {
  const [first] = points.map(({ start }) => start).toSorted();
  const last = points
    .map(({ end }) => end)
    .toSorted()
    .at(-1);
  if (first === undefined || last === undefined) return null;
  const whole = { since: first > since ? first : since, until: last < until ? last : until };
  if (witness !== 'interference') return whole;
  const days = testedDays.filter((day) => day >= whole.since && day < whole.until);
  const end = days.at(-1);
  return {
    since: days[0] ?? whole.since,
    until: end === undefined ? whole.until : addDays(end, 1),
  };
}

export function throughputPoints(
  rows: readonly ThroughputRow[],
  frame: TimeFrame,
): readonly WitnessPoint[] {
  return chooseThroughput(
    rows.filter(
      ({ period, grain }) => period < frame.until && nextPeriod(period, grain) > frame.since,
    ),
  ).flatMap((row): WitnessPoint[] => {
    const size = sampleSize(row.download_sample_count);
    if (size === 'hidden' || row.download_mbps_p50 === null) return [];
    return [
      {
        start: row.period,
        end: nextPeriod(row.period, row.grain),
        value: row.download_mbps_p50,
        lower: row.download_mbps_p25,
        upper: row.download_mbps_p75,
        look: size,
        tests: row.download_sample_count,
      },
    ];
  });
}

export function toolPoints(
  series: ToolUseSeries | null,
  frame: TimeFrame,
): readonly WitnessPoint[] {
  return (series?.days ?? []).flatMap(
    ({ day, value, lower, upper, provisional }): WitnessPoint[] =>
      value === null || day < frame.since || day >= frame.until
        ? []
        : [
            {
              start: day,
              end: addDays(day, 1),
              value,
              lower,
              upper,
              look: provisional ? 'grey' : 'firm',
            },
          ],
  );
}

/** One indicator of one publisher, which has a row of its own. */
export interface IndicatorTrack extends Pick<WitnessTrack, 'key' | 'label' | 'largest'> {
  readonly source: PublisherId;
  readonly indicator: string;
  readonly points: readonly WitnessPoint[];
}

/** Every indicator that the registry knows, with its points in the window. */
export function indicatorTracks(
  { indicators }: Pick<WitnessMaterial, 'indicators'>,
  frame: TimeFrame,
): readonly IndicatorTrack[] {
  return publishersOf('indicators').flatMap((source) => {
    const { name, indicators: own = {} } = PUBLISHERS[source];
    return Object.entries(own).map(([indicator, { largest }]) => ({
      key: `${source} ${indicator}`,
      label: translate('witness.track.indicators', {
        label: indicatorLabel(source, indicator),
        publisher: name,
      }),
      largest,
      source,
      indicator,
      points: indicators
        .filter(
          ({ day, ...row }) =>
            row.source === source &&
            row.indicator === indicator &&
            day >= frame.since &&
            day < frame.until,
        )
        .map(({ day, value, lower, upper }) => ({
          start: day,
          end: addDays(day, 1),
          value,
          lower,
          upper,
          look: 'firm' as const,
        })),
    }));
  });
}

/** The tool whose change is strongest in the window; else the one with most days in it. */
export function chooseSeries(
  all: readonly ToolUseSeries[],
  events: readonly EventRow[],
  frame: TimeFrame,
): ToolUseSeries | null {
  const daysInside = (series: ToolUseSeries): number =>
    series.days.filter(
      ({ day, value }) => value !== null && day >= frame.since && day < frame.until,
    ).length;
  const present = all.filter((series) => daysInside(series) > 0);
  const told = events.find(({ tool }) => tool !== null);
  const named = present.find(({ tool, metric }) => tool === told?.tool && metric === told.metric);
  return named ?? present.toSorted((a, b) => daysInside(b) - daysInside(a))[0] ?? null;
}

export function trackLabel(
  witness: Exclude<Witness, 'indicators'>,
  series: ToolUseSeries | null,
  context: ViewContext,
): string {
  const { test, place } = context;
  if (witness === 'interference')
    return test === null
      ? translate('witness.track.interference')
      : translate('witness.track.interference_of', { test });
  if (witness === 'throughput') return translate('witness.track.throughput');
  if (series === null) return translate('witness.track.tools');
  const { tool, metric } = toToolUse(series, place ?? '', context.frame.dataUntil);
  return translate('witness.track.tools_of', { tool, metric });
}

/** The network that a witness speaks of; null: the whole place, which is all that tool use and indicators are known of. */
export function networkOf(
  witness: Witness,
  tested: Asn | null,
  speedsOf: Asn | null = null,
): Asn | null {
  if (witness === 'interference') return tested;
  return witness === 'throughput' ? speedsOf : null;
}

/** Where some rows are of one network alone, each says whose it is. */
export function scopeLabel(
  label: string,
  witness: Witness,
  { network, speedsOf = null, place }: Pick<WitnessMaterial, 'network' | 'speedsOf' | 'place'>,
): string {
  if (network === null && speedsOf === null) return label;
  const own = networkOf(witness, network, speedsOf);
  return translate('witness.track.of', {
    label,
    of: own === null ? 'place' : 'network',
    network: own === null ? '' : formatAsn(own),
    place,
  });
}

/** Which witness has no data here, and whether it has data of other days. */
export function missingWords(
  witness: Witness,
  { coverage, window, network, speedsOf }: WitnessMaterial,
): string {
  const covered = coverage[witness];
  const own = networkOf(witness, network, speedsOf);
  if (covered === null && own !== null)
    return translate('witness.missing.network', {
      name: translate(`witness.name.${witness}`),
      network: formatAsn(own),
    });
  if (covered === null) return translate(`witness.missing.${witness}`);
  const overlaps = covered.since < window.until && covered.until > window.since;
  return translate(overlaps ? `witness.few.${witness}` : `witness.elsewhere.${witness}`, {
    range: formatDayRange(covered.since, covered.until),
  });
}
