/** Up to six lines over time; shares with what the counts allow where there is one line alone. */
import { translate } from '../../i18n/translate.ts';
import { MOST_LINES, periodOf, type ExploreCell } from './cells.ts';
import type { ExploreView } from './view.ts';
import { witnessOf } from '../../state/measures.ts';
import { formatPercent } from '../../view/format.ts';
import { nextPeriod, toPeriods, type Period, type TimeFrame } from '../../view/time-frame.ts';
import type { Coverage } from '../../charts/coverage-strip.ts';
import { toData } from './layout-data.ts';
import { numberAxis, shareAxis, type Mark } from '../../charts/marks/axis.ts';
import { tooFew } from '../../charts/marks/bars.ts';
import { fewItem } from '../../charts/marks/legend.ts';
import {
  RATE_COURSE,
  rateEnds,
  SERIES_COURSE,
  type CourseLook,
  type Datum,
} from '../../charts/marks/line.ts';
import { line } from '../../charts/marks/shapes.ts';
import type { Scene } from '../../charts/scene.ts';
import { seriesItem, seriesMark, type Series } from '../../charts/series-lines.ts';
import type { ChartSize } from '../../charts/size.ts';
import { layoutTimeChart, periodTargets } from '../../charts/time-chart.ts';

export function layoutExploreLines(view: ExploreView, size: ChartSize): Scene {
  const { context, isShare, baseline, measure } = view;
  const { frame } = context;
  const groups = view.groups.slice(0, MOST_LINES);
  const drawn = groups.flatMap(({ cells }) => cells);
  const several = groups.length > 1 || (groups[0]?.label ?? '') !== '';
  const look = toLook(view, several);
  const few = fewPeriods(drawn, frame);
  const series = groups.map((each): Series => ({ ...each, course: toCourse(each.cells, frame) }));
  return layoutTimeChart({
    view,
    size,
    rows: drawn.length,
    plotHeight: 220,
    legend: [
      ...series.map((each) => ({
        ...seriesItem(each),
        ...(several ? {} : { label: view.unit }),
        ...(look === RATE_COURSE ? { class: look.line } : {}),
      })),
      ...(look.band === null
        ? []
        : [{ key: 'band', label: translate('chart.rate.band'), class: look.band }]),
      ...fewItem(few.length > 0),
      ...(baseline === null
        ? []
        : [
            {
              key: 'baseline',
              label: translate('explore.baseline'),
              value: formatPercent(baseline.rate),
              class: 'baseline',
              shape: 'line' as const,
            },
          ]),
    ],
    unit: view.unit,
    value: isShare
      ? shareAxis(4)
      : numberAxis(
          drawn.map(({ value }) => value ?? 0),
          4,
          measure === 'loss' ? formatPercent : undefined,
        ),
    marks: [
      ...(several ? [] : [tooFew(few)]),
      ...(baseline === null ? [] : [level(baseline.rate)]),
      ...series.map((each) => seriesMark(each, look, several ? each.key : null)),
    ],
    empty: drawn.length === 0 ? view.title : null,
    coverage: toCoverage(view),
    spans: { list: view.spans, class: `witness-${witnessOf(measure)}` },
    targets: periodTargets(context, (start) => {
      const keys = drawn.filter(({ x }) => x === start).map(({ key }) => key);
      return keys.length === 0 ? null : { keys: keys.join('\n') };
    }),
  });
}

/** One rate alone looks as it does on the other pages. */
function toLook({ isShare, measure }: ExploreView, several: boolean): CourseLook {
  if (several || !isShare) return SERIES_COURSE;
  return measure === 'rate' ? RATE_COURSE : { ...SERIES_COURSE, band: 'series-band' };
}

/** Every period has a place, so that a gap stays a gap. */
function toCourse(cells: readonly ExploreCell[], frame: TimeFrame): Series['course'] {
  const byStart = new Map(cells.map((cell) => [cell.x, cell]));
  return toPeriods(frame).map(({ start, end, incomplete }): Datum | null => {
    const cell = byStart.get(start);
    if (cell === undefined || cell.value === null) return null;
    const { key, value, rate } = cell;
    const quiet = incomplete !== null;
    return { key, start, end, value, ...rateEnds(rate), quiet, data: toData(cell) };
  });
}

/** Tests of all lines per period, drawn or not. */
function toCoverage({ cells, measure, context: { frame } }: ExploreView): Coverage {
  const sums = new Map<string, number>();
  for (const { x, row } of cells) {
    const known = sums.get(x) ?? 0;
    const tests = row.tests + row.failures;
    // Every method of a period has the same denominator.
    if (measure === 'tool_use') sums.set(x, Math.max(known, row.days));
    else if (measure !== 'methods' || !sums.has(x)) sums.set(x, known + tests);
  }
  return {
    unit: translate(
      `${measure === 'tool_use' ? 'tool_use.coverage' : 'unit.tests_per'}.${frame.grain}`,
    ),
    periods: toPeriods(frame).map((period) => ({
      ...period,
      tests: sums.get(period.start) ?? null,
      days: null,
    })),
  };
}

function fewPeriods(cells: readonly ExploreCell[], { grain }: TimeFrame): readonly Period[] {
  return cells.flatMap((cell) => {
    const start = periodOf(cell);
    if (start === null || cell.rate?.kind !== 'too_few') return [];
    return [{ start, end: nextPeriod(start, grain), incomplete: cell.incomplete }];
  });
}

/** The days before, as one height. */
function level(rate: number): Mark {
  return ({ axis: { left, right }, value }) => {
    const y = value.at(rate);
    return line('baseline', [left, y], [right, y], { class: 'baseline' });
  };
}
