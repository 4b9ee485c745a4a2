/** The rate per period: points, the line between neighbours, and the band of what the counts allow. */
import { translate } from '../../i18n/translate.ts';
import { formatPercent } from '../../view/format.ts';
import { formatShare } from '../../view/rate.ts';
import type { RateView } from './view.ts';
import { testCoverage } from '../../charts/coverage-strip.ts';
import { shareAxis, type Mark, type Plot } from '../../charts/marks/axis.ts';
import { tooFew } from '../../charts/marks/bars.ts';
import { keepInside, textWidth } from '../../charts/marks/label.ts';
import { fewItem } from '../../charts/marks/legend.ts';
import {
  courseMarks,
  place,
  RATE_COURSE,
  rateEnds,
  type Course,
  type Datum,
} from '../../charts/marks/line.ts';
import { d, group, path, text } from '../../charts/marks/shapes.ts';
import type { Scene } from '../../charts/scene.ts';
import { isNarrow, LABEL_SIZE, type ChartSize } from '../../charts/size.ts';
import { layoutTimeChart, periodTargets } from '../../charts/time-chart.ts';

const SERIES = { line: 'line', band: 'band' };

export function layoutRate(view: RateView, size: ChartSize): Scene {
  const { context, periods } = view;
  const few = periods.filter(({ rate }) => rate.kind === 'too_few');
  const tested = periods.filter(({ rate }) => rate.kind !== 'not_tested');
  const course = periods.map(({ start, end, incomplete, rate }): Datum | null =>
    rate.kind === 'rate'
      ? { key: start, start, end, value: rate.rate, ...rateEnds(rate), quiet: incomplete !== null }
      : null,
  );
  return layoutTimeChart({
    view,
    size,
    rows: tested.length,
    plotHeight: 190,
    // Its title and its bands say it on a card, where every line counts.
    legend:
      size.low === true
        ? []
        : [
            {
              key: 'line',
              label: translate('chart.rate.line'),
              class: 'rate-line',
              shape: 'line',
              series: true,
            },
            { key: 'band', label: translate('chart.rate.band'), class: 'band', series: true },
            ...fewItem(few.length > 0),
          ],
    unit: translate('unit.share_of_tests'),
    value: shareAxis(4),
    marks: [
      tooFew(few),
      (plot) => courseMarks(place(course, plot), { ...RATE_COURSE, series: SERIES }),
      peak(view, course, size),
    ],
    empty: tested.length === 0 ? translate('rate.not_tested') : null,
    spans: { list: view.spans, class: 'witness-interference' },
    coverage: testCoverage(periods, context),
    targets: periodTargets(context, (start) => {
      const rate = tested.find((period) => period.start === start)?.rate ?? null;
      if (rate === null || rate.kind === 'not_tested') return null;
      const { tests, signs, kind } = rate;
      return { tests, signs, floor: kind === 'rate' ? 'met' : 'below' };
    }),
  });
}

/** The highest point says its number, on the side where there is room. */
function peak({ peak: found }: RateView, course: Course<Datum>, size: ChartSize): Mark {
  return (plot) => {
    const [point = null] = place(
      course.filter((datum) => datum?.start === found?.start),
      plot,
    );
    if (point === null || found?.rate.kind !== 'rate') return group('peak', []);
    const words = translate('chart.rate.peak', {
      percent: formatPercent(found.rate.rate),
      share: formatShare(found.rate),
    });
    const upper = point.upper ?? point.y;
    const y = Math.max(upper - 8, plot.top + 10);
    const above = isNarrow(size) && y < upper;
    const at = anchorPeak(point.x, textWidth(words, LABEL_SIZE), plot.axis, above);
    const toward = at.anchor === 'end' ? -1 : 1;
    const leader = d`M${point.x + toward * 10} ${y - 4}L${point.x + toward * 3} ${point.y - 3}`;
    return group(
      'peak',
      [
        ...(at.anchor === 'middle' ? [] : [path('leader', leader, { class: 'leader' })]),
        text('text', words, at.x, y, { class: 'halo strong', anchor: at.anchor }),
      ],
      { class: 'peak', data: { series: SERIES.line } },
    );
  };
}

/** Beside the point where its label has room, before it first; else over it, which hides no point only if it is `above`. */
function anchorPeak(
  x: number,
  width: number,
  { left, right }: Plot['axis'],
  above: boolean,
): { readonly x: number; readonly anchor: 'start' | 'middle' | 'end' } {
  if (!above && x - left > width + 24) return { x: x - 12, anchor: 'end' };
  if (!above && right - x > width + 12) return { x: x + 12, anchor: 'start' };
  return { x: keepInside(x, width, left, right), anchor: 'middle' };
}
