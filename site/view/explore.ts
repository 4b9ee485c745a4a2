/** The chart builder's answer: cells along one axis, in series or not, with the words that belong to them. */
import { FLOORS, THROUGHPUT_CELL_FLOOR, type Floor } from '../../data-build/contract/floors.ts';
import { toDay } from '../../data-build/contract/brands.ts';
import { METRICS } from '../../data-build/contract/tools.ts';
import { BLOCKING_METHODS } from '../../data-build/contract/vocabulary.ts';
import { formatPlaceName } from '../i18n/place.ts';
import { translate, translateCount } from '../i18n/translate.ts';
import type { ExploreRow } from '../query/explore.ts';
import { BASELINE_DAYS, usesDimension, type ExploreQuestion } from '../query/explore-question.ts';
import type { EventRow } from '../query/witnesses.ts';
import type { Measure } from '../state/parameters.ts';
import {
  formatExtent,
  formatFrame,
  formatOnNetworks,
  formatScope,
  incompleteNotes,
  totalFloor,
  type ChartWords,
  type ViewContext,
} from './context.ts';
import { formatCount, formatPercent } from './format.ts';
import { chooseSpans, type EventSpan } from './events.ts';
import { toExploreMap, type ExploreMap } from './explore-map.ts';
import { toExploreTable } from './explore-table.ts';
import { formatValue, type ExploreNames } from './explore-words.ts';
import { gapNotes } from './outcomes.ts';
import { formatFloor, formatNoRate, formatRate, formatShare, toRate, type Rate } from './rate.ts';
import { toPeriods, type Incomplete } from './time-frame.ts';
import { CONFIRMED_FLOOR, EVIDENCE_BOUNDS } from './world-levels.ts';
import type { WorldGeometry } from './world-shapes.ts';

export interface ExploreCell {
  /** Identity: x, and series where there is one. */
  readonly key: string;
  readonly x: string;
  readonly xLabel: string;
  readonly series: string | null;
  readonly seriesLabel: string | null;
  readonly row: ExploreRow;
  /** Shares have a rate, held to the floor; counts and figures have none. */
  readonly rate: Rate | null;
  /** What is drawn; null: too few tests, or none that reached a verdict. */
  readonly value: number | null;
  /** `58% (83 of 142)`, `too few tests (n = 7)`, `1,234`. */
  readonly text: string;
  readonly incomplete: Incomplete | null;
}

export interface ExploreGroup {
  readonly key: string;
  readonly label: string;
  /** Place in the order of size: which of the lines' looks it has. */
  readonly look: number;
  readonly cells: readonly ExploreCell[];
}

export interface ExploreView extends ChartWords {
  readonly chart: 'explore';
  readonly context: ViewContext;
  readonly measure: Measure;
  /** Over time as lines, or as rows of cells where lines would tangle; else bars. */
  readonly form: 'lines' | 'strips' | 'bars';
  /** Shares run from 0 to 1; everything else from 0 up. */
  readonly isShare: boolean;
  /** Words of the value axis. */
  readonly unit: string;
  /** In the order of the table. */
  readonly cells: readonly ExploreCell[];
  /** Lines, rows of cells, or groups of bars; one without a name when there are no series. Largest first. */
  readonly groups: readonly ExploreGroup[];
  /** The days before, for a chart beside its own baseline. */
  readonly baseline: Extract<Rate, { kind: 'rate' }> | null;
  /** Detected events over the same days, strongest first; over time only. */
  readonly spans: readonly EventSpan[];
  /** Set when the answer is drawn on a map. */
  readonly map: ExploreMap | null;
  /** How much was counted, on how many networks, when. */
  readonly extent: string;
  /** The finding and its extent: what a reader may copy. */
  readonly summary: string;
}

/** Lines that can be told apart. */
export const MOST_LINES = 6;

export interface ExploreAnswer {
  readonly question: ExploreQuestion;
  readonly rows: readonly ExploreRow[];
  /** Everything in one; null when nothing is left. */
  readonly total: ExploreRow | null;
  readonly baseline: ExploreRow | null;
  readonly names: ExploreNames;
  /** Whether there were more cells than are read. */
  readonly cut: boolean;
  /** Events of the one place that is shown; none where there are several. */
  readonly events: readonly EventRow[];
  /** Shapes to draw the answer on; null: a chart or table is wanted. */
  readonly geometry: WorldGeometry | null;
}

const TIME = 'measurement_start_day';

export function toExplore(answer: ExploreAnswer, context: ViewContext): ExploreView {
  const { question, names } = answer;
  const { measure, series } = question;
  const { language } = context;
  const isShare = measure === 'rate' || measure === 'methods';
  const incomplete = new Map(
    toPeriods(context.frame).map((period) => [String(period.start), period.incomplete]),
  );
  const floor = cellFloor(question, context);
  // Rows of unscored tests alone say nothing of interference; their number stands in a note.
  const counted =
    measure === 'rate' || measure === 'tests' || measure === 'confirmed'
      ? answer.rows.filter((row) => row.tests + row.failures > 0)
      : answer.rows;
  const made = counted.map((row): ExploreCell => {
    const rate = isShare ? toCellRate(row, floor) : null;
    const value = toValue(row, rate, measure);
    return {
      key: row.series === null ? row.x : `${row.x} ${row.series}`,
      x: row.x,
      xLabel: names.x(row.x),
      series: row.series,
      seriesLabel: row.series === null ? null : names.series(row.series),
      row,
      rate,
      value,
      text: toText(row, rate, value, measure, language),
      incomplete: question.x === TIME ? (incomplete.get(row.x) ?? null) : null,
    };
  });
  const groups = toGroups(made, question);
  const cells = orderCells(made, groups, question);
  const form =
    question.x !== TIME ? 'bars' : isShare && groups.length > MOST_LINES ? 'strips' : 'lines';
  const baseline =
    answer.baseline === null ? null : toRate(toCounts(answer.baseline), totalFloor(context));
  const map =
    answer.geometry === null ? null : toExploreMap(cells, measure, answer.geometry, language);
  const spans = toExploreSpans(answer, context);
  const notes = [
    ...toNotes(answer, cells, floor, baseline, form, context),
    ...(spans.length > 0 && form === 'lines' ? [translate('note.events', {}, language)] : []),
    ...toMapNotes(map, measure, language),
  ];
  const caveats = [...notes, ...(question.x === TIME ? incompleteNotes(context) : [])];
  const title = toTitle(answer, context);
  const extent = formatExploreExtent(answer, context);
  return {
    chart: 'explore',
    context,
    measure,
    form,
    isShare,
    unit: translate(`explore.unit.${measure}`, {}, language),
    cells,
    groups,
    baseline: baseline?.kind === 'rate' ? baseline : null,
    map,
    spans,
    title,
    subtitle: toSubtitle(question, context, series),
    desc: [extent, ...caveats].join(' '),
    extent,
    summary: measure === 'tests' ? `${title}.` : `${title}. ${extent}`,
    notes,
    table: toExploreTable({ title, cells, caveats, question, language }),
  };
}

/** One network in one period is a cell of a heatmap; a share of signs is held to the same. */
function cellFloor({ measure, x, series, filter }: ExploreQuestion, context: ViewContext): Floor {
  if (measure === 'methods') return FLOORS.heatmapCell;
  const oneNetwork = x === 'probe_asn' || series === 'probe_asn' || filter.probe_asn.length === 1;
  if (!oneNetwork) return totalFloor({ ...context, network: null });
  return x === TIME ? FLOORS.heatmapCell : FLOORS.network;
}

function toCounts({ tests, signs, failures, confirmed, networks, days }: ExploreRow) {
  return {
    measurement_count: tests + failures,
    failure_count: failures,
    anomaly_count: signs - confirmed,
    confirmed_count: confirmed,
    network_count: networks,
    day_count: days,
  };
}

/** A cell whose networks are not known is held to the floor for counts. */
function toCellRate(row: ExploreRow, floor: Floor): Rate {
  const known = floor.networks === null || row.networks !== null;
  return toRate(toCounts(row), known ? floor : FLOORS.countsOnly);
}

function toValue(row: ExploreRow, rate: Rate | null, measure: Measure): number | null {
  switch (measure) {
    case 'rate':
    case 'methods':
      return rate?.kind === 'rate' ? rate.rate : null;
    case 'tests':
      return row.tests + row.failures;
    case 'confirmed':
      return row.confirmed;
    case 'throughput':
      return row.tests < THROUGHPUT_CELL_FLOOR ? null : row.value;
    case 'tool_use':
      return row.value;
  }
}

function toText(
  row: ExploreRow,
  rate: Rate | null,
  value: number | null,
  measure: Measure,
  language: string,
): string {
  if (rate !== null) {
    if (rate.kind !== 'rate') return formatNoRate(rate, language);
    return translate(
      'rate.with_counts',
      { rate: formatPercent(rate.rate, language), counts: formatShare(rate, language) },
      language,
    );
  }
  if (value === null)
    return formatNoRate({ kind: 'too_few', tests: row.tests, signs: 0 }, language);
  if (measure === 'confirmed') {
    return formatShare({ signs: value, tests: row.tests }, language);
  }
  return formatValue(value, measure, language);
}

/** Size by which lines and groups are ordered and the smaller ones left to the table. */
function weightOf({ row, value }: ExploreCell, measure: Measure): number {
  if (measure === 'rate' || measure === 'throughput') return row.tests;
  return measure === 'methods' ? row.signs : (value ?? 0);
}

function toGroups(
  cells: readonly ExploreCell[],
  { x, measure }: ExploreQuestion,
): readonly ExploreGroup[] {
  // Bars are grouped by what they stand along; lines and rows by what they stand for.
  const byX = x !== TIME && cells.some(({ series }) => series !== null);
  const groups = new Map<string, { label: string; cells: ExploreCell[]; weight: number }>();
  for (const cell of cells) {
    const key = byX ? cell.x : (cell.series ?? '');
    const label = byX ? cell.xLabel : (cell.seriesLabel ?? '');
    const known = groups.get(key) ?? { label, cells: [], weight: 0 };
    known.cells.push(cell);
    known.weight += weightOf(cell, measure);
    groups.set(key, known);
  }
  return [...groups]
    .sort(([a, one], [b, other]) => other.weight - one.weight || (a < b ? -1 : 1))
    .map(([key, { label, cells: own }], look) => ({
      key,
      label,
      look,
      cells:
        x === TIME
          ? own
          : own.sort(
              (a, b) => weightOf(b, measure) - weightOf(a, measure) || (a.key < b.key ? -1 : 1),
            ),
    }));
}

/** Over time as time runs; else group by group. */
function orderCells(
  cells: readonly ExploreCell[],
  groups: readonly ExploreGroup[],
  { x }: ExploreQuestion,
): readonly ExploreCell[] {
  return x === TIME ? cells : groups.flatMap((group) => group.cells);
}

function toTitle({ question, total, rows }: ExploreAnswer, context: ViewContext): string {
  const { language } = context;
  const words = { scope: formatScope(context), range: formatFrame(context) };
  if (total?.first_day === undefined || total.first_day === null || rows.length === 0)
    return translate(`explore.title.${kindOf(question.measure)}.none`, words, language);
  const tests = formatCount(total.tests, language);
  const networks = formatOnNetworks(context.networkCount, language);
  switch (question.measure) {
    case 'rate': {
      const rate = toRate(toCounts(total), totalFloor(context));
      if (rate.kind !== 'rate')
        return translate('chart.outcomes.title.too_few', { ...words, n: tests }, language);
      const [now, before] = ['chosen', 'before'].map((part) => {
        const row = question.x === 'comparison' ? rows.find(({ x }) => x === part) : undefined;
        return row === undefined ? null : toRate(toCounts(row), totalFloor(context));
      });
      if (now?.kind === 'rate' && before?.kind === 'rate') {
        const shares = {
          now: formatRate(now, language),
          before: formatRate(before, language),
        };
        return translate('explore.title.periods', { ...words, ...shares }, language);
      }
      const places =
        question.compare === 'countries' ? toPlaceShares(rows, question, language) : [];
      if (places.length > 1 && places.length <= MOST_NAMED)
        return translate(
          'explore.title.countries',
          {
            scope: formatScope({ ...context, place: null }),
            range: words.range,
            places: new Intl.ListFormat(language, { style: 'narrow' }).format(places),
          },
          language,
        );
      const known = {
        ...words,
        n: tests,
        percent: formatPercent(rate.rate, language),
        share: formatShare(rate, language),
      };
      return translate(
        `chart.outcomes.title.${rate.signs === 0 ? 'ok' : 'anomaly'}`,
        known,
        language,
      );
    }
    case 'tests': {
      const n = formatCount(total.tests + total.failures, language);
      return translate('explore.title.tests', { ...words, n, networks }, language);
    }
    case 'confirmed':
      return translate(
        'explore.title.confirmed',
        {
          ...words,
          share: formatShare({ signs: total.confirmed, tests: total.tests }, language),
        },
        language,
      );
    case 'methods':
      return toMethodTitle(rows, question, words, language);
    case 'throughput':
      return translate(
        'explore.title.throughput',
        {
          ...words,
          place: placeOf(context),
          tests: translateCount('count.tests', total.tests, {}, language),
        },
        language,
      );
    case 'tool_use':
      return translate('explore.title.tool_use', { ...words, place: placeOf(context) }, language);
  }
}

/** Places that a headline can name. */
const MOST_NAMED = 4;

/** `Kenya 58% (83 of 142)` for each place that was compared; tests are added up, networks are not known then. */
function toPlaceShares(
  rows: readonly ExploreRow[],
  { x, filter }: ExploreQuestion,
  language: string,
): readonly string[] {
  return filter.probe_cc.map((code) => {
    const own = rows.filter((row) => (x === 'probe_cc' ? row.x : row.series) === code);
    const sum = (of: (row: ExploreRow) => number): number =>
      own.reduce((total, row) => total + of(row), 0);
    const [one] = own;
    const networks = own.length === 1 ? (one?.networks ?? null) : null;
    const rate = toCellRate(
      {
        ...EMPTY_ROW,
        tests: sum(({ tests }) => tests),
        signs: sum(({ signs }) => signs),
        confirmed: sum(({ confirmed }) => confirmed),
        failures: sum(({ failures }) => failures),
        days: sum(({ days }) => days),
        networks,
      },
      networks === null ? FLOORS.countsOnly : FLOORS.country,
    );
    return translate(
      'explore.title.place',
      { place: formatPlaceName(code, language), rate: formatRate(rate, language) },
      language,
    );
  });
}

const EMPTY_ROW: ExploreRow = {
  x: '',
  series: null,
  tests: 0,
  signs: 0,
  confirmed: 0,
  failures: 0,
  unscored: 0,
  days: 0,
  networks: null,
  value: null,
  first_day: null,
  last_day: null,
};

function kindOf(measure: Measure): 'tests' | 'throughput' | 'tool_use' {
  return measure === 'throughput' || measure === 'tool_use' ? measure : 'tests';
}

function placeOf({ place, language }: ViewContext): string {
  return place ?? translate('explore.everywhere', {}, language);
}

/** The most frequent method over all cells. */
function toMethodTitle(
  rows: readonly ExploreRow[],
  { x }: ExploreQuestion,
  words: Readonly<Record<string, string>>,
  language: string,
): string {
  const sums = new Map<string, number>();
  const totals = new Map<string, number>();
  for (const row of rows) {
    const [method, along] =
      x === 'blocking_method' ? [row.x, row.series ?? ''] : [row.series ?? '', row.x];
    sums.set(method, (sums.get(method) ?? 0) + row.signs);
    totals.set(along, row.tests);
  }
  const [[method, count] = ['', 0]] = [...sums].sort((a, b) => b[1] - a[1]);
  const n = [...totals.values()].reduce((sum, tests) => sum + tests, 0);
  return translate(
    'chart.methods.title',
    {
      ...words,
      method: formatMethod(method),
      percent: formatPercent(n === 0 ? 0 : count / n, language),
      count: formatCount(count, language),
      n: formatCount(n, language),
    },
    language,
  );
}

export function formatMethod(method: string): string {
  return Object.entries(BLOCKING_METHODS).find(([name]) => name === method)?.[1].label ?? method;
}

function toSubtitle(
  question: ExploreQuestion,
  { frame, language }: ViewContext,
  series: ExploreQuestion['series'],
): string {
  const along =
    question.x === TIME
      ? translate(`explore.along.${frame.grain}`, {}, language)
      : translate(`explore.by.${question.x}`, {}, language);
  const words = {
    along,
    by: series === null ? '' : translate(`explore.and.${series}`, {}, language),
  };
  return translate(`explore.subtitle.${question.measure}`, words, language);
}

function formatExploreExtent({ question, total }: ExploreAnswer, context: ViewContext): string {
  const { language } = context;
  const tests = total === null ? 0 : total.tests + total.failures;
  switch (question.measure) {
    case 'rate':
    case 'tests':
    case 'confirmed':
    case 'methods':
      return formatExtent(tests, context);
    case 'throughput':
      return translate(
        'throughput.extent',
        {
          tests: translateCount('count.tests', tests, {}, language),
          place: placeOf(context),
          range: formatFrame(context),
        },
        language,
      );
    case 'tool_use':
      return translate(
        'explore.extent.tool_use',
        {
          days: translateCount('count.days', total?.days ?? 0, {}, language),
          place: placeOf(context),
          range: formatFrame(context),
        },
        language,
      );
  }
}

function toNotes(
  { question, cut, total, rows, baseline: baselineRow }: ExploreAnswer,
  cells: readonly ExploreCell[],
  floor: Floor,
  baseline: Rate | null,
  form: ExploreView['form'],
  context: ViewContext,
): readonly string[] {
  const { language, frame } = context;
  const { measure, x, series, filter } = question;
  const few = cells.some(({ rate }) => rate?.kind === 'too_few');
  const places = x === 'probe_cc' || series === 'probe_cc';
  const published = question.measure !== 'tool_use' && question.measure !== 'throughput';
  const periods = toPeriods(frame);
  const tested = new Set(rows.map((row) => row.x));
  const floors =
    few && context.networkCount === null && floor.networks !== null ? FLOORS.countsOnly : floor;
  return [
    ...(measure === 'rate' ? [translate('note.interval', {}, language)] : []),
    ...(few
      ? [translate('explore.note.floor', { floor: formatFloor(floors, language) }, language)]
      : []),
    ...(places && published && measure !== 'tests'
      ? [translate('explore.note.lists', {}, language)]
      : []),
    ...untestedNotes(question, rows, language),
    ...(published && needsMeasurements(question)
      ? [translate('explore.note.measurements', {}, language)]
      : []),
    ...(measure === 'confirmed' ? [translate('note.none_confirmed', {}, language)] : []),
    ...(measure === 'methods' ? [translate('explore.note.methods', {}, language)] : []),
    ...(measure === 'throughput'
      ? [
          translate('explore.note.throughput', {}, language),
          translate('throughput.note.reading', {}, language),
        ]
      : []),
    ...(measure === 'tool_use'
      ? [translate('tool_use.note.estimate', { metric: METRICS.users.label }, language)]
      : []),
    ...(filter.blocking_method.length > 0 && measure !== 'methods'
      ? [
          translate(
            'explore.note.by_method',
            {
              methods: new Intl.ListFormat(language).format(
                filter.blocking_method.map(formatMethod),
              ),
            },
            language,
          ),
        ]
      : []),
    ...((total?.failures ?? 0) > 0 && measure === 'rate'
      ? [translateCount('note.failures', total?.failures ?? 0, {}, language)]
      : []),
    ...((total?.unscored ?? 0) > 0 && published
      ? [translateCount('note.unscored', total?.unscored ?? 0, {}, language)]
      : []),
    ...(baselineRow !== null && baseline !== null
      ? [
          translate(
            baseline.kind === 'rate' ? 'explore.note.baseline' : 'explore.note.no_baseline',
            {
              days: translateCount('count.days', BASELINE_DAYS, {}, language),
              share:
                baseline.kind === 'rate'
                  ? `${formatPercent(baseline.rate, language)} (${formatShare(baseline, language)})`
                  : formatNoRate(baseline, language),
            },
            language,
          ),
        ]
      : []),
    ...(x === TIME && published && rows.length > 0
      ? gapNotes(
          periods.map(({ start }) => ({ counts: tested.has(start) ? start : null })),
          context,
        )
      : []),
    ...(form === 'lines' && new Set(rows.map((row) => row.series)).size > MOST_LINES
      ? [translate('explore.note.most_lines', { n: MOST_LINES }, language)]
      : []),
    ...(cut
      ? [translate('explore.note.cut', { n: formatCount(rows.length, language) }, language)]
      : []),
  ];
}

/** Events of the publisher whose numbers are shown, on what is filtered, within the days of the axis. */
function toExploreSpans(
  { question, events }: ExploreAnswer,
  { frame }: ViewContext,
): readonly EventSpan[] {
  const { measure, x, filter } = question;
  if (x !== TIME) return [];
  const witness =
    measure === 'throughput' ? 'throughput' : measure === 'tool_use' ? 'tools' : 'interference';
  const fits = (values: readonly (string | number)[], value: string | number | null): boolean =>
    values.length === 0 || (value !== null && values.includes(value));
  return chooseSpans(
    events,
    witness,
    frame,
    (event) =>
      (event.probe_asn === null || filter.probe_asn.includes(event.probe_asn)) &&
      fits(filter.test_name, event.test_name) &&
      fits(filter.domain, event.domain) &&
      fits(filter.tool, event.tool),
  );
}

/** How the levels of a map were cut, and what it has no place for. */
function toMapNotes(map: ExploreMap | null, measure: Measure, language: string): readonly string[] {
  if (map === null) return [];
  const names = map.offMap.map((code) => formatPlaceName(code, language));
  const percent = (ratio: number): string => formatPercent(ratio, language);
  return [
    ...(measure === 'rate'
      ? [
          translate(
            'explore.map.note.rate',
            {
              weak: percent(EVIDENCE_BOUNDS.weak),
              moderate: percent(EVIDENCE_BOUNDS.moderate),
              strong: percent(EVIDENCE_BOUNDS.strong),
              confirmed: formatCount(CONFIRMED_FLOOR, language),
            },
            language,
          ),
        ]
      : []),
    ...(measure === 'methods' ? [translate('explore.map.note.methods', {}, language)] : []),
    translate('world.note.places', {}, language),
    ...(names.length === 0
      ? []
      : [
          translate(
            'world.note.off_map',
            { places: new Intl.ListFormat(language).format(names) },
            language,
          ),
        ]),
  ];
}

/** Whether networks or websites are asked for, which the publisher's own counts do not name. */
function needsMeasurements(question: ExploreQuestion): boolean {
  const { filter } = question;
  const named = [filter.probe_asn, filter.domain, filter.input, filter.category_code];
  return (
    named.some((values) => values.length > 0) ||
    (['probe_asn', 'domain', 'category_code'] as const).some((dimension) =>
      usesDimension(question, dimension),
    )
  );
}

/** Places and websites that were asked for and have no row: not tested is not the same as no sign. */
function untestedNotes(
  { x, series, filter, measure }: ExploreQuestion,
  rows: readonly ExploreRow[],
  language: string,
): readonly string[] {
  if (measure === 'methods') return [];
  const axes = [
    ['probe_cc', filter.probe_cc, (code: string) => formatPlaceName(code, language)],
    ['domain', filter.domain, (domain: string) => domain],
  ] as const;
  return axes.flatMap(([axis, wanted, nameOf]) => {
    if (x !== axis && series !== axis) return [];
    const seen = new Set(rows.map((row) => (x === axis ? row.x : row.series)));
    const missing = wanted.filter((value) => !seen.has(value));
    if (missing.length === 0) return [];
    const names = new Intl.ListFormat(language).format(missing.map(nameOf));
    return [translate('explore.note.untested', { names }, language)];
  });
}

/** Whether a cell stands on a time axis; its first day. */
export function periodOf(cell: ExploreCell) {
  return toDay(cell.x);
}
