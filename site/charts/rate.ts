/** The rate per period: points, the line between neighbours, and the band of what the counts allow. */
import { area, line } from 'd3';
import { translate } from '../i18n/translate.ts';
import { formatPercent } from '../view/format.ts';
import { formatShare } from '../view/rate.ts';
import type { RatePeriod, RateView } from '../view/rate-series.ts';
import type { LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { Scene, SceneNode } from './scene.ts';
import { isNarrow, LABEL_SIZE, type ChartSize } from './size.ts';
import { textWidth } from './text-width.ts';
import { layoutTimeFrame, layoutTooFew, type Plot } from './time-chart.ts';
import { toShareAxis } from './value-axis.ts';

/** The two series of the chart; see legend.ts. */
const LINE = { series: 'line' };
const BAND = { series: 'band' };

interface Placed {
  readonly period: RatePeriod;
  readonly x: number;
  readonly y: number;
  readonly lower: number;
  readonly upper: number;
}

export function layoutRate(view: RateView, size: ChartSize): Scene {
  const { context, periods } = view;
  const { frame } = context;
  const few = periods.some(({ rate }) => rate.kind === 'too_few');
  const legend: readonly LegendItem[] = [
    {
      key: 'line',
      label: translate('chart.rate.line'),
      class: 'rate-line',
      shape: 'line',
      series: true,
    },
    { key: 'band', label: translate('chart.rate.band'), class: 'band', series: true },
    ...(few
      ? [
          {
            key: 'few',
            label: translate('chart.rate.too_few'),
            class: 'too-few',
            pattern: 'few' as const,
          },
        ]
      : []),
  ];
  const chart = layoutTimeFrame({
    context,
    size,
    plotHeight: 190,
    legend,
    unit: translate('unit.share_of_tests'),
    empty: periods.every(({ rate }) => rate.kind === 'not_tested')
      ? translate('rate.not_tested')
      : null,
    coverage: {
      unit: translate(`unit.tests_per.${frame.grain}`),
      periods: periods.map((period) => ({
        ...period,
        tests: period.counts?.measurement_count ?? null,
        days: period.counts?.day_count ?? null,
      })),
    },
    toValueAxis: (top, bottom) => toShareAxis(top, bottom),
    toData: ({ start }) => {
      const rate = periods.find((period) => period.start === start)?.rate;
      if (rate === undefined || rate.kind === 'not_tested') return null;
      return {
        tests: rate.tests,
        signs: rate.signs,
        floor: rate.kind === 'rate' ? 'met' : 'below',
      };
    },
    layoutMarks: (plot) => layoutMarks(view, plot, size),
    spans: { list: view.spans, class: 'witness-interference' },
  });
  return {
    ...chart,
    title: view.title,
    desc: view.desc,
    rows: periods.filter(({ rate }) => rate.kind !== 'not_tested').length,
  };
}

function layoutMarks(view: RateView, plot: Plot, size: ChartSize): readonly SceneNode[] {
  const placed = view.periods.map((period) => place(period, plot));
  const firm = placed.map((point) =>
    point !== null && point.period.incomplete === null ? point : null,
  );
  return [
    layoutTooFew(
      view.periods.filter(({ rate }) => rate.kind === 'too_few'),
      plot,
    ),
    { type: 'path', key: 'band', data: BAND, class: 'band', d: bandPath(firm) },
    {
      type: 'g',
      key: 'alone',
      data: BAND,
      class: 'interval',
      children: placed.flatMap((point, index): SceneNode[] => {
        if (point === null || !standsAlone(point, firm, index)) return [];
        const { x, lower, upper, period } = point;
        return [{ type: 'line', key: period.start, x1: x, y1: upper, x2: x, y2: lower }];
      }),
    },
    { type: 'path', key: 'line', data: LINE, class: 'rate-line', d: linePath(firm) },
    {
      type: 'g',
      key: 'points',
      data: LINE,
      children: placed.flatMap((point): SceneNode[] => {
        if (point === null) return [];
        const grey = point.period.incomplete !== null;
        const { x, y, period } = point;
        return [
          {
            type: 'circle',
            key: period.start,
            class: grey ? 'rate-point-grey' : 'rate-point',
            cx: x,
            cy: y,
            r: pointRadius(placed.length),
          },
        ];
      }),
    },
    layoutPeak(view, placed, plot, size),
  ];
}

function pointRadius(count: number): number {
  return count > 60 ? 2.5 : 3.5;
}

function place(period: RatePeriod, { axis, value }: Plot): Placed | null {
  const { rate } = period;
  if (rate.kind !== 'rate') return null;
  return {
    period,
    x: axis.slot(period).middle,
    y: value.at(rate.rate),
    lower: value.at(rate.lower),
    upper: value.at(rate.upper),
  };
}

/** A point without a neighbour has no band to lie in, so its interval is drawn as a line. */
function standsAlone(point: Placed, firm: readonly (Placed | null)[], index: number): boolean {
  if (point.period.incomplete !== null) return true;
  return (firm[index - 1] ?? null) === null && (firm[index + 1] ?? null) === null;
}

function bandPath(points: readonly (Placed | null)[]): string {
  const shape = area<Placed | null>()
    .defined((point) => point !== null)
    .x((point) => point?.x ?? 0)
    .y0((point) => point?.lower ?? 0)
    .y1((point) => point?.upper ?? 0)
    .digits(2);
  return shape(points) ?? '';
}

function linePath(points: readonly (Placed | null)[]): string {
  const shape = line<Placed | null>()
    .defined((point) => point !== null)
    .x((point) => point?.x ?? 0)
    .y((point) => point?.y ?? 0)
    .digits(2);
  return shape(points) ?? '';
}

/** The highest point says its number, on the side where there is room. */
function layoutPeak(
  { peak }: RateView,
  placed: readonly (Placed | null)[],
  { axis, top }: Plot,
  size: ChartSize,
): SceneNode {
  const point = placed.find((candidate) => candidate?.period.start === peak?.start) ?? null;
  if (point === null || peak?.rate.kind !== 'rate') {
    return { type: 'g', key: 'peak', children: [] };
  }
  const text = translate('chart.rate.peak', {
    percent: formatPercent(peak.rate.rate),
    share: formatShare(peak.rate),
  });
  const width = textWidth(text, LABEL_SIZE);
  const y = round(Math.max(point.upper - 8, top + 10));
  const anchored = anchorPeak(point, width, axis, isNarrow(size) && y < point.upper);
  const toward = anchored.anchor === 'end' ? -1 : 1;
  return {
    type: 'g',
    key: 'peak',
    data: LINE,
    class: 'peak',
    children: [
      ...(anchored.anchor === 'middle'
        ? []
        : [
            {
              type: 'path' as const,
              key: 'leader',
              class: 'leader',
              d: `M${round(point.x + toward * 10)} ${round(y - 4)}L${round(point.x + toward * 3)} ${round(point.y - 3)}`,
            },
          ]),
      { type: 'text', key: 'text', class: 'halo strong', y, text, ...anchored },
    ],
  };
}

/** Beside the point where its label has room, before it first; else over it, which hides no point only if it is `above`. */
function anchorPeak(
  { x }: Placed,
  width: number,
  { left, right }: Plot['axis'],
  above: boolean,
): { readonly x: number; readonly anchor: 'start' | 'middle' | 'end' } {
  if (!above && x - left > width + 24) return { x: round(x - 12), anchor: 'end' };
  if (!above && right - x > width + 12) return { x: round(x + 12), anchor: 'start' };
  return {
    x: round(Math.min(Math.max(x, left + width / 2), right - width / 2)),
    anchor: 'middle',
  };
}
