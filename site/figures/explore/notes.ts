/** What must be known to read the chart builder’s answer: floors, gaps, what was left out or never tested. */
import { gapNotes } from '../../view/outcome-counts.ts';
import { placeNotes } from '../world/place-notes.ts';
import { toCountryCode } from '../../../data-build/contract/brands.ts';
import { FLOORS, type Floor } from '../../../data-build/contract/floors.ts';
import { METRICS } from '../../../data-build/contract/tools.ts';
import { formatPlaceName } from '../../../data-build/words/place.ts';
import { translate } from '../../i18n/translate.ts';
import type { ExploreRow } from '../../query/explore-rows.ts';
import {
  BASELINE_DAYS,
  usesDimension,
  type Dimension,
  type ExploreQuestion,
} from '../../query/explore-question.ts';
import { isSpeed, witnessOf, type Measure } from '../../state/measures.ts';
import type { ViewContext } from '../../view/context.ts';
import { formatCount, formatPercent, formatList } from '../../view/format.ts';
import type { ExploreMap } from './map.ts';
import { aloneNotes, formatFloor, formatNoRate, formatShare, type Rate } from '../../view/rate.ts';
import { isGeometric } from '../../query/medians.ts';
import { THROUGHPUT_BREAKS } from '../throughput/view.ts';
import { toPeriods, type TimeFrame } from '../../view/time-frame.ts';
import { CONFIRMED_FLOOR, EVIDENCE_BOUNDS } from '../../view/evidence.ts';
import {
  MOST_LINES,
  TIME,
  type ExploreAnswer,
  type ExploreCell,
  type ExploreForm,
} from './cells.ts';
import { formatMethod } from './words.ts';

export function toNotes(
  { question, cut, total, rows, pooled = [], baseline: baselineRow }: ExploreAnswer,
  cells: readonly ExploreCell[],
  floor: Floor,
  baseline: Rate | null,
  form: ExploreForm,
  isMap: boolean,
  context: ViewContext,
): readonly string[] {
  const { frame } = context;
  const { measure, x, series, filter } = question;
  const few = cells.some(({ rate }) => rate?.kind === 'too_few');
  const places = x === 'probe_cc' || series === 'probe_cc';
  const published = witnessOf(measure) === 'interference';
  const periods = toPeriods(frame);
  const tested = new Set(rows.map((row) => row.x));
  // Bands of several lines would hide one another.
  const isIntervalDrawn =
    !isMap &&
    (form === 'bars' ||
      (form === 'lines' && cells.every((cell) => (cell.seriesLabel ?? '') === '')));
  const floors =
    few && context.networkCount === null && floor.networks !== null ? FLOORS.countsOnly : floor;
  return [
    ...(measure === 'rate'
      ? [translate(isIntervalDrawn ? 'note.interval' : 'note.interval.table')]
      : []),
    ...pooledNotes(pooled),
    ...aloneNotes(cells.flatMap(({ rate }) => rate ?? [])),
    ...(few ? [translate('explore.note.floor', { floor: formatFloor(floors) })] : []),
    ...(places && published && measure !== 'tests' ? [translate('explore.note.lists')] : []),
    ...untestedNotes(question, rows),
    ...(published ? leftOutNotes(question) : []),
    ...(measure === 'confirmed' ? [translate('note.none_confirmed')] : []),
    ...(measure === 'methods' ? [translate('explore.note.methods')] : []),
    ...speedNotes(measure, frame),
    ...(measure === 'tool_use'
      ? [translate('tool_use.note.estimate', { metric: METRICS.users.label })]
      : []),
    ...(filter.blocking_method.length > 0 && measure !== 'methods'
      ? [
          translate('explore.note.by_method', {
            methods: formatList(filter.blocking_method.map(formatMethod)),
          }),
        ]
      : []),
    ...((total?.failures ?? 0) > 0 && measure === 'rate'
      ? [translate('note.failures', { n: total?.failures ?? 0 })]
      : []),
    ...((total?.unscored ?? 0) > 0 && published
      ? [translate('note.unscored', { n: total?.unscored ?? 0 })]
      : []),
    ...(baselineRow !== null && baseline !== null
      ? [
          translate(
            baseline.kind === 'rate' ? 'explore.note.baseline' : 'explore.note.no_baseline',
            {
              days: translate('count.days', { n: BASELINE_DAYS }),
              share:
                baseline.kind === 'rate'
                  ? translate('phrase.aside', {
                      text: formatPercent(baseline.rate),
                      aside: formatShare(baseline),
                    })
                  : formatNoRate(baseline),
            },
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
      ? [translate('explore.note.most_lines', { n: MOST_LINES })]
      : []),
    ...(cut ? [translate('explore.note.cut', { n: formatCount(rows.length) })] : []),
  ];
}

/** How medians of speed tests are read, and from which of the days on they are made another way. */
function speedNotes(measure: Measure, { since, until }: TimeFrame): readonly string[] {
  if (!isSpeed(measure)) return [];
  return [
    translate('explore.note.throughput', { geometric: isGeometric(measure) ? 'yes' : 'no' }),
    ...(isGeometric(measure) ? [] : [translate('throughput.note.also')]),
    translate(isGeometric(measure) ? 'throughput.note.reading' : 'explore.note.rise'),
    ...THROUGHPUT_BREAKS.flatMap(({ day, key }) =>
      day > since && day < until ? [translate(key)] : [],
    ),
  ];
}

/** So many places are named. */
const CARRYING = 3;

/** Which places carry a line of several: the few with most of its tests, each with its part of them. */
function pooledNotes(pooled: readonly ExploreRow[]): readonly string[] {
  const counts = pooled
    .flatMap(({ x, tests, failures }) => {
      const code = toCountryCode(x);
      return code === null ? [] : [{ code, n: tests + failures }];
    })
    .toSorted((a, b) => b.n - a.n);
  const all = counts.reduce((sum, { n }) => sum + n, 0);
  const most = counts.slice(0, CARRYING);
  const carried = most.reduce((sum, { n }) => sum + n, 0);
  // Only what has more than half can be said to carry the rest.
  if (counts.length < 2 || carried * 2 <= all) return [];
  const places = most.map(({ code, n }) =>
    translate('phrase.aside', { text: formatPlaceName(code), aside: formatPercent(n / all) }),
  );
  return [
    translate('explore.note.pooled', {
      places: translate('place.count', { n: counts.length }),
      list: formatList(places),
    }),
  ];
}

/** How the levels of a map were cut, and what it has no place for. */
export function toMapNotes(map: ExploreMap | null, measure: Measure): readonly string[] {
  if (map === null) return [];
  const percent = (ratio: number): string => formatPercent(ratio);
  return [
    ...(measure === 'rate'
      ? [
          translate('explore.map.note.rate', {
            weak: percent(EVIDENCE_BOUNDS.weak),
            moderate: percent(EVIDENCE_BOUNDS.moderate),
            strong: percent(EVIDENCE_BOUNDS.strong),
            confirmed: formatCount(CONFIRMED_FLOOR),
          }),
        ]
      : []),
    ...(measure === 'methods' ? [translate('explore.map.note.methods')] : []),
    ...placeNotes(map.offMap),
  ];
}

/** The publisher's own counts name no websites, and some of them no networks. */
function leftOutNotes(question: ExploreQuestion): readonly string[] {
  const { domain, input, category_code, probe_asn } = question.filter;
  const asks = (filters: readonly (readonly unknown[])[], dimensions: readonly Dimension[]) =>
    filters.some((values) => values.length > 0) ||
    dimensions.some((dimension) => usesDimension(question, dimension));
  if (asks([domain, input, category_code], ['domain', 'category_code']))
    return [translate('explore.note.measurements')];
  return asks([probe_asn], ['probe_asn']) ? [translate('explore.note.named')] : [];
}

/** Places and websites that were asked for and have no row: not tested is not the same as no sign. */
function untestedNotes(
  { x, series, filter, measure }: ExploreQuestion,
  rows: readonly ExploreRow[],
): readonly string[] {
  if (measure === 'methods') return [];
  const axes = [
    ['probe_cc', filter.probe_cc, (code: string) => formatPlaceName(code)],
    ['domain', filter.domain, (domain: string) => domain],
  ] as const;
  return axes.flatMap(([axis, wanted, nameOf]) => {
    if (x !== axis && series !== axis) return [];
    const seen = new Set(rows.map((row) => (x === axis ? row.x : row.series)));
    const missing = wanted.filter((value) => !seen.has(value));
    if (missing.length === 0) return [];
    const names = formatList(missing.map(nameOf));
    return [translate('explore.note.untested', { names })];
  });
}
