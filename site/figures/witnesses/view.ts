/** The three witnesses of one country or territory on one time axis, with what was detected and where they agree. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { sumOutcomes } from '../../view/outcome-counts.ts';
import { type Day } from '../../../data-build/contract/brands.ts';
import { witnessOf } from '../../../data-build/contract/detected-event.ts';
import { translate } from '../../i18n/translate.ts';
import type { EventRow } from '../../query/witnesses.ts';
import {
  formatFrame,
  networkParts,
  daysNotes,
  problemNotes,
  periodFloor,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { byStrength, isRepeated, isSeenIn, toSpans } from '../../view/events.ts';
import { formatAsn, formatDayRange, formatItems } from '../../view/format.ts';
import { toRate } from '../../view/rate.ts';
import { chooseGrain, completeRows, type Period, type TimeFrame } from '../../view/time-frame.ts';
import { toToolUseSeries } from '../tool-use/view.ts';
import {
  chooseSeries,
  coveredDays,
  indicatorTracks,
  missingWords,
  networkOf,
  ratePoints,
  sourcesOf,
  scopeLabel,
  throughputPoints,
  toolPoints,
  trackLabel,
  type WitnessMaterial,
  type WitnessTrack,
} from './tracks.ts';
import { toWitnessTable } from './table.ts';
import { toTitle } from './title.ts';

export interface WitnessesView extends ChartWords {
  readonly chart: 'witnesses';
  readonly context: ViewContext;
  readonly tracks: readonly WitnessTrack[];
  /** Days on which witnesses agree, with the words. */
  readonly agreements: readonly { readonly day: Day; readonly label: string }[];
  /** Tests per period, for the coverage strip; empty where OONI has none here. */
  readonly coverage: readonly (Period & {
    readonly tests: number | null;
    readonly days: number | null;
  })[];
}

/** More spans than this in a row cannot be told apart; the rest is listed under the chart. */
const MOST_SPANS = 3;

export function toWitnesses(material: WitnessMaterial): WitnessesView {
  const { window, place } = material;
  const frame: TimeFrame = {
    since: window.since,
    until: window.until,
    grain: material.grain ?? chooseGrain(window.since, window.until),
    dataUntil: material.dataUntil,
  };
  const context: ViewContext = {
    frame,
    place,
    test: material.test,
    network: material.network === null ? null : formatAsn(material.network),
    networkCount: material.networkCount,
  };
  const leading = ({ event_id }: EventRow): number => (event_id === material.led ? 1 : 0);
  const inside = material.events
    .filter(
      (event) =>
        (event.probe_asn === null ||
          event.probe_asn === networkOf(witnessOf(event), material.network, material.speedsOf)) &&
        isSeenIn(event, material.courses, frame),
    )
    .toSorted((a, b) => leading(b) - leading(a) || byStrength(a, b));
  const series = chooseSeries(toToolUseSeries(material.toolUse), inside, frame);
  const outcomes = completeRows(frame, material.outcomes);
  const rates = outcomes.map(([period, row]) => ({
    period,
    row,
    rate: toRate(row, periodFloor(context)),
  }));
  // A share of the whole also counts days with too few tests for a point of their own.
  const counted = outcomes.flatMap(([period, row]) =>
    row !== null && row.measurement_count > 0 ? [period] : [],
  );
  const toTrack = (
    track: Omit<WitnessTrack, 'covered' | 'missing' | 'spans' | 'omitted'>,
    isOwn: (event: EventRow) => boolean = () => true,
  ): WitnessTrack => {
    const { witness, points, sources } = track;
    const own = inside.filter((event) => witnessOf(event) === witness && isOwn(event));
    const all = toSpans(
      own.filter((event, index) => !isRepeated(event, own.slice(0, index))),
      material.courses,
    );
    return {
      ...track,
      covered: coveredDays(
        witness,
        witness === 'interference' && points.length > 0 ? counted : points,
        frame,
        material.testedDays,
      ),
      sources: points.length > 0 ? sources : [],
      missing: points.length > 0 ? null : missingWords(witness, material),
      spans: all.slice(0, MOST_SPANS),
      omitted: Math.max(0, all.length - MOST_SPANS),
    };
  };
  const indicators = indicatorTracks(material, frame);
  const tracks = material.witnesses.flatMap((witness): readonly WitnessTrack[] => {
    if (witness === 'indicators')
      return indicators.map(({ source, indicator, ...track }) =>
        toTrack(
          {
            ...track,
            label: scopeLabel(track.label, witness, material),
            witness,
            sources: [source],
          },
          (event) => event.source === source && event.target === indicator,
        ),
      );
    const points =
      witness === 'interference'
        ? ratePoints(rates)
        : witness === 'throughput'
          ? throughputPoints(material.throughput, frame)
          : toolPoints(series, frame);
    const label = scopeLabel(trackLabel(witness, series, context), witness, material);
    const sources = sourcesOf(witness, material.toolUse);
    return [
      toTrack(
        { key: witness, witness, largest: null, label, points, sources },
        // A slowdown of others would stand above a line that does not fall.
        ({ probe_asn }) => witness !== 'throughput' || probe_asn === (material.speedsOf ?? null),
      ),
    ];
  });
  const drawn = new Set(tracks.flatMap(({ sources }) => sources));
  const shown: ViewContext = {
    ...context,
    problems: (material.problems ?? []).filter(({ sources }) =>
      sources.some((source) => drawn.has(source)),
    ),
  };
  const agreements = findAgreements(inside);
  const totals = sumOutcomes(material.outcomes);
  const title = toTitle(inside, tracks, material, context);
  const silent = tracks.flatMap(({ missing }) => missing ?? []);
  const notes = toNotes(tracks, agreements, material);
  const extent = translate(
    totals.measurement_count === 0 ? 'witness.extent.untested' : 'witness.extent',
    {
      tests: translate('count.tests', { n: totals.measurement_count }),
      ...networkParts(totals.measurement_count === 0 ? 0 : material.networkCount),
      place,
      range: formatFrame(context),
    },
  );
  return {
    chart: 'witnesses',
    context: shown,
    tracks,
    agreements,
    coverage: outcomes.map(([period, row]) => ({
      ...period,
      tests: row !== null && row.measurement_count > 0 ? row.measurement_count : null,
      days: row?.day_count ?? null,
    })),
    title,
    subtitle: translate(
      tracks.length - silent.length === 3
        ? `witness.subtitle.${frame.grain}`
        : 'witness.subtitle.two',
    ),
    desc: joinSentences([extent, ...silent, ...notes, ...daysNotes(shown)]),
    notes,
    table: toWitnessTable(title, rates, material, { series, indicators }, context, [
      ...notes,
      ...problemNotes(shown),
    ]),
  };
}

function findAgreements(events: readonly EventRow[]): WitnessesView['agreements'] {
  const agreeing = events.filter(
    ({ kind, agreement }) =>
      (agreement === 'interference_and_surge' && kind === 'interference_start') ||
      (agreement === 'outage_like' && kind === 'vanished'),
  );
  return agreeing.slice(0, MOST_SPANS).map((event) => ({
    day: event.first_sign,
    label: translate(
      event.agreement === 'outage_like' ? 'witness.agree.outage' : 'witness.agree.surge',
    ),
  }));
}

function toNotes(
  tracks: readonly WitnessTrack[],
  agreements: WitnessesView['agreements'],
  { window, coverage, witnesses }: WitnessMaterial,
): readonly string[] {
  const omitted = tracks.reduce((sum, track) => sum + track.omitted, 0);
  const spans = tracks.flatMap((track) => track.spans);
  const speaking = tracks.filter(({ missing }) => missing === null).length;
  return [
    ...(spans.length > 0 ? [translate('witness.note.bracket')] : []),
    ...(spans.length > 0 && agreements.length === 0 && speaking > 1
      ? [translate('witness.note.no_agreement')]
      : []),
    ...new Set(agreements.map(({ label }) => label)),
    ...(spans.some(({ global }) => global) ? [translate('witness.note.global')] : []),
    ...(omitted > 0 ? [translate('witness.note.omitted', { n: omitted })] : []),
    ...(window.more
      ? [
          translate(`witness.note.window.${window.led}`, {
            covered: formatItems(
              witnesses.flatMap((witness) => {
                const days = coverage[witness];
                return days === null
                  ? []
                  : [
                      translate('witness.note.covers', {
                        name: translate(`witness.name.${witness}`),
                        range: formatDayRange(days.since, days.until),
                      }),
                    ];
              }),
            ),
          }),
        ]
      : []),
  ];
}
