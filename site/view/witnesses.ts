/** The three witnesses of one country or territory on one time axis, with what was detected and where they agree. */
import { addDays, daysBetween, type Asn, type Day } from '../../data-build/contract/brands.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { touchesDays } from '../../data-build/contract/event-words.ts';
import type { EventCourse } from '../../data-build/contract/event-course.ts';
import { translate, translateCount } from '../i18n/translate.ts';
import type { EventRow, ThroughputRow, ToolUseRow } from '../query/witnesses.ts';
import type { OutcomePeriodRow } from '../query/rows.ts';
import {
  formatFrame,
  formatOnNetworks,
  incompleteNotes,
  periodFloor,
  type ChartWords,
  type ViewContext,
} from './context.ts';
import {
  byStrength,
  isRepeated,
  toEventView,
  toSpans,
  witnessOf,
  type EventSpan,
} from './events.ts';
import { formatAsn, formatCount, formatDay, formatDayRange, formatPeriod } from './format.ts';
import { formatRate, toRate, type Rate } from './rate.ts';
import { sumOutcomes } from './outcomes.ts';
import type { TableCell, TableModel } from './table.ts';
import { chooseThroughput, formatMbps, sampleSize } from './throughput.ts';
import {
  chooseGrain,
  completeRows,
  nextPeriod,
  toPeriods,
  type Period,
  type TimeFrame,
} from './time-frame.ts';
import { formatClients, toToolUse, toToolUseSeries, type ToolUseSeries } from './tool-use.ts';
import { WITNESSES, type Witness, type WitnessWindow } from './witness-window.ts';

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
}

export interface WitnessTrack {
  readonly witness: Witness;
  /** `OONI tests: share with signs of interference`. */
  readonly label: string;
  readonly points: readonly WitnessPoint[];
  /** Why there is nothing to draw; null when there is. */
  readonly missing: string | null;
  /** Strongest first. */
  readonly spans: readonly EventSpan[];
  /** Events of the window beyond those drawn. */
  readonly omitted: number;
}

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

export interface WitnessMaterial {
  readonly window: WitnessWindow;
  /** Step of the time axis; left out: the one that fits the window. */
  readonly grain?: TimeGrain;
  /** Outcomes per period of the window. */
  readonly outcomes: readonly OutcomePeriodRow[];
  /** What is tested, `Telegram`; null: all tests. */
  readonly test: string | null;
  /** The one network that the tests are from; null: all. */
  readonly network: Asn | null;
  /** Different networks in the window; null where not known. */
  readonly networkCount: number | null;
  readonly throughput: readonly ThroughputRow[];
  readonly toolUse: readonly ToolUseRow[];
  /** Events of the whole country or territory. */
  readonly events: readonly EventRow[];
  /** Of open events of interference, by id. */
  readonly courses: ReadonlyMap<string, EventCourse | null>;
  readonly place: string;
  /** First day that the release does not cover any more. */
  readonly dataUntil: Day;
  /** Dates that each witness covers here at all, `since` inclusive, `until` exclusive; null: none. */
  readonly coverage: Readonly<Record<Witness, { readonly since: Day; readonly until: Day } | null>>;
  /** Witnesses that the edition has at all; the others are not spoken of. */
  readonly witnesses: readonly Witness[];
  readonly language: string;
}

/** More spans than this in a row cannot be told apart; the rest is listed under the chart. */
const MOST_SPANS = 3;

export function toWitnesses(material: WitnessMaterial): WitnessesView {
  const { window, language, place } = material;
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
    language,
  };
  const inside = material.events
    .filter(
      (event) =>
        (event.probe_asn === null || event.probe_asn === material.network) &&
        touchesDays(event, frame.since, frame.until),
    )
    .toSorted(byStrength);
  const series = chooseSeries(toToolUseSeries(material.toolUse), inside, frame);
  const outcomes = completeRows(frame, material.outcomes);
  const rates = outcomes.map(([period, row]) => ({
    period,
    row,
    rate: toRate(row, periodFloor(context)),
  }));
  const tracks = material.witnesses.map((witness): WitnessTrack => {
    const points =
      witness === 'interference'
        ? ratePoints(rates)
        : witness === 'throughput'
          ? throughputPoints(material.throughput, frame)
          : toolPoints(series, frame);
    const own = inside.filter((event) => witnessOf(event) === witness);
    const all = toSpans(
      own.filter((event, index) => !isRepeated(event, own.slice(0, index))),
      material.courses,
    );
    return {
      witness,
      label: trackLabel(witness, series, context),
      points,
      missing: points.length > 0 ? null : missingWords(witness, material),
      spans: all.slice(0, MOST_SPANS),
      omitted: Math.max(0, all.length - MOST_SPANS),
    };
  });
  const agreements = findAgreements(inside, context);
  const title = toTitle(inside, tracks, material, context);
  const silent = tracks.flatMap(({ missing }) => missing ?? []);
  const notes = toNotes(tracks, agreements, material, context);
  const totals = sumOutcomes(material.outcomes);
  const extent = translate(
    totals.measurement_count === 0 ? 'witness.extent.untested' : 'witness.extent',
    {
      tests: translateCount('count.tests', totals.measurement_count, {}, language),
      networks: formatOnNetworks(
        totals.measurement_count === 0 ? 0 : material.networkCount,
        language,
      ),
      place,
      range: formatFrame(context),
    },
    language,
  );
  return {
    chart: 'witnesses',
    context,
    tracks,
    agreements,
    coverage: outcomes.map(([period, row]) => ({
      ...period,
      tests: row !== null && row.measurement_count > 0 ? row.measurement_count : null,
      days: row?.day_count ?? null,
    })),
    title,
    subtitle: translate(
      tracks.length < WITNESSES.length ? 'witness.subtitle.two' : `witness.subtitle.${frame.grain}`,
      {},
      language,
    ),
    desc: [extent, ...silent, ...notes, ...incompleteNotes(context)].join(' '),
    notes,
    table: toTable(title, rates, material, series, context, notes),
  };
}

interface RatedPeriod {
  readonly period: Period;
  readonly row: OutcomePeriodRow | null;
  readonly rate: Rate;
}

function ratePoints(rates: readonly RatedPeriod[]): readonly WitnessPoint[] {
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

function throughputPoints(
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
      },
    ];
  });
}

function toolPoints(series: ToolUseSeries | null, frame: TimeFrame): readonly WitnessPoint[] {
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

/** The tool whose change is strongest in the window; else the one with most days in it. */
function chooseSeries(
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

function trackLabel(witness: Witness, series: ToolUseSeries | null, context: ViewContext): string {
  const { language, test, place } = context;
  if (witness === 'interference')
    return test === null
      ? translate('witness.track.interference', {}, language)
      : translate('witness.track.interference_of', { test }, language);
  if (witness === 'throughput') return translate('witness.track.throughput', {}, language);
  if (series === null) return translate('witness.track.tools', {}, language);
  const { tool, metric } = toToolUse(series, place ?? '', context.frame.dataUntil, language);
  return translate('witness.track.tools_of', { tool, metric }, language);
}

/** Which witness is silent here, and whether it speaks of other days. */
function missingWords(witness: Witness, { coverage, window, language }: WitnessMaterial): string {
  const covered = coverage[witness];
  if (covered === null) return translate(`witness.missing.${witness}`, {}, language);
  const overlaps = covered.since < window.until && covered.until > window.since;
  return translate(
    overlaps ? `witness.few.${witness}` : `witness.elsewhere.${witness}`,
    { range: formatDayRange(covered.since, covered.until, language) },
    language,
  );
}

function findAgreements(
  events: readonly EventRow[],
  { language }: ViewContext,
): WitnessesView['agreements'] {
  const agreeing = events.filter(
    ({ kind, agreement }) =>
      (agreement === 'interference_and_surge' && kind === 'interference_start') ||
      (agreement === 'outage_like' && kind === 'vanished'),
  );
  return agreeing.slice(0, MOST_SPANS).map((event) => ({
    day: event.first_sign,
    label: translate(
      event.agreement === 'outage_like' ? 'witness.agree.outage' : 'witness.agree.surge',
      {},
      language,
    ),
  }));
}

function toTitle(
  events: readonly EventRow[],
  tracks: readonly WitnessTrack[],
  { place, dataUntil }: WitnessMaterial,
  context: ViewContext,
): string {
  const { language } = context;
  const range = formatFrame(context);
  const speaking = tracks.filter(({ missing }) => missing === null);
  const strongest =
    events.find(
      ({ agreement, kind }) => agreement !== 'global_change' && kind !== 'interference_end',
    ) ?? events.find(({ agreement }) => agreement !== 'global_change');
  if (strongest === undefined)
    return translate(
      speaking.length === 0 ? 'witness.title.nothing' : 'witness.title.quiet',
      { place, range },
      language,
    );
  const { words, kind, agreement } = toEventView(
    strongest,
    new Map(),
    addDays(dataUntil, -1),
    language,
  );
  return translate(
    strongest.agreement === 'interference_and_surge' || strongest.agreement === 'outage_like'
      ? 'witness.title.agree'
      : 'witness.title.alone',
    {
      finding: words.title,
      kind,
      agreement,
      when: formatWhen(strongest, language),
      others: translate(
        otherSpeaks(strongest, tracks) ? 'witness.title.no_other' : 'witness.title.no_witness',
        {},
        language,
      ),
    },
    language,
  );
}

/** `on 7 November 2024, not over when the data end`, `, 21 September – 18 October 2022`. */
function formatWhen(event: EventRow, language: string): string {
  const day = formatDay(event.first_sign, language);
  switch (event.kind) {
    case 'interference_end':
      return translate(
        'witness.when.on',
        { day: formatDay(event.first_normal ?? event.first_sign, language) },
        language,
      );
    case 'interference_start':
      return event.last_sign === null
        ? translate('witness.when.open', { day }, language)
        : translate(
            'witness.when.until',
            { day, last: formatDay(event.last_sign, language) },
            language,
          );
    case 'method_change':
      return translate('witness.when.week', { day }, language);
    default: {
      if (event.last_sign === null) return translate('witness.when.since', { day }, language);
      const range = formatDayRange(event.first_sign, addDays(event.last_sign, 1), language);
      return translate('witness.when.range', { range }, language);
    }
  }
}

/** Days around the beginning of an event in which another witness must have data to be asked at all. */
const ASKED_DAYS = 14;

function otherSpeaks(event: EventRow, tracks: readonly WitnessTrack[]): boolean {
  const from = addDays(event.first_sign, -ASKED_DAYS);
  const to = addDays(event.first_sign, ASKED_DAYS);
  return tracks.some(
    ({ witness, points }) =>
      witness !== witnessOf(event) && points.some(({ start, end }) => start < to && end > from),
  );
}

function toNotes(
  tracks: readonly WitnessTrack[],
  agreements: WitnessesView['agreements'],
  { window, coverage }: WitnessMaterial,
  { language }: ViewContext,
): readonly string[] {
  const omitted = tracks.reduce((sum, track) => sum + track.omitted, 0);
  const spans = tracks.flatMap((track) => track.spans);
  const speaking = tracks.filter(({ missing }) => missing === null).length;
  return [
    ...(spans.length > 0 ? [translate('witness.note.bracket', {}, language)] : []),
    ...(spans.length > 0 && agreements.length === 0 && speaking > 1
      ? [translate('witness.note.no_agreement', {}, language)]
      : []),
    ...new Set(agreements.map(({ label }) => label)),
    ...(spans.some(({ global }) => global) ? [translate('witness.note.global', {}, language)] : []),
    ...(omitted > 0 ? [translateCount('witness.note.omitted', omitted, {}, language)] : []),
    ...(window.more
      ? [
          translate(
            `witness.note.window.${window.led}`,
            {
              covered: WITNESSES.flatMap((witness) => {
                const days = coverage[witness];
                return days === null
                  ? []
                  : [
                      translate(
                        'witness.note.covers',
                        {
                          name: translate(`witness.name.${witness}`, {}, language),
                          range: formatDayRange(days.since, days.until, language),
                        },
                        language,
                      ),
                    ];
              }).join(', '),
            },
            language,
          ),
        ]
      : []),
  ];
}

/** Periods with what each witness says of them; one row each. */
function toTable(
  caption: string,
  rates: readonly RatedPeriod[],
  material: WitnessMaterial,
  series: ToolUseSeries | null,
  context: ViewContext,
  caveats: readonly string[],
): TableModel {
  const { frame, language } = context;
  const throughput = throughputPoints(material.throughput, frame);
  const tools = toolPoints(series, frame);
  const none: TableCell = { text: translate('witness.no_data', {}, language), sort: null };
  const rows = toPeriods(frame).map((period, index) => {
    const rate = rates[index]?.rate;
    const speeds = throughput.filter(({ start, end }) => start < period.end && end > period.start);
    const inside = tools.filter(({ start }) => start >= period.start && start < period.end);
    const speed =
      speeds.length === 1 ? speeds[0]?.value : geometricMean(speeds.map(({ value }) => value));
    const most = inside.length === 0 ? null : Math.max(...inside.map(({ value }) => value));
    const tests =
      material.outcomes.find((row) => row.period === period.start)?.measurement_count ?? null;
    return {
      key: period.start,
      cells: [
        { text: formatPeriod(period.start, frame.grain, language), sort: period.start },
        tests === null ? none : { text: formatCount(tests, language), sort: tests },
        rate === undefined || rate.kind === 'not_tested'
          ? none
          : { text: formatRate(rate, language), sort: rate.kind === 'rate' ? rate.rate : null },
        speed === undefined || speed === null
          ? none
          : { text: formatMbps(speed, language), sort: speed },
        most === null ? none : { text: formatClients(most, language), sort: most },
      ],
    };
  });
  const column = (key: string, label: string) => ({ key, label, numeric: key !== 'period' });
  return {
    caption,
    caveats,
    columns: [
      column('period', translate('table.period', {}, language)),
      column('tests', translate('table.tests', {}, language)),
      column('rate', translate('table.rate', {}, language)),
      column('speed', translate('witness.column.speed', {}, language)),
      column('clients', translate('witness.column.clients', {}, language)),
    ],
    rows: rows.filter(({ cells }) => cells.slice(1).some(({ text }) => text !== none.text)),
  };
}

function geometricMean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** The days of an event with room around it, for its own page: half of its length, from 14 to 60 days. */
export function windowAround(event: EventRow, dataUntil: Day, led: Witness): WitnessWindow {
  const [span] = toSpans([event]);
  const end = span?.until ?? event.first_normal ?? dataUntil;
  const length = Math.max(1, daysBetween(event.first_sign, end));
  const room = Math.min(60, Math.max(21, Math.round(length / 2)));
  const until = addDays(end, room);
  const since = addDays(event.first_sign, -room);
  const last = until > dataUntil ? dataUntil : until;
  return {
    since: daysBetween(since, last) > 1100 ? addDays(last, -1100) : since,
    until: last,
    led,
    more: false,
  };
}
