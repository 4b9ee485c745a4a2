/** How interference showed: the share of each method among tests with signs, stacked per period. */
import type { BlockingMethod } from '../../data-build/contract/vocabulary.ts';
import { translate } from '../i18n/translate.ts';
import { formatCount, formatPercent } from '../view/format.ts';
import type { MethodPeriod, MethodsChart } from '../view/methods.ts';
import { toBar } from './bar.ts';
import type { LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { PatternName, Scene, SceneNode } from './scene.ts';
import type { ChartSize } from './size.ts';
import { layoutTimeFrame, toRowData, layoutTooFew, type Plot } from './time-chart.ts';
import { toShareAxis } from './value-axis.ts';

/** Every method has its own texture beside its colour; an app's endpoints are the plain one. */
const METHOD_PATTERNS: Readonly<Record<BlockingMethod, PatternName | null>> = {
  dns: 'dns',
  tcp_ip: 'tcp_ip',
  tls: 'tls',
  http_failure: 'http_failure',
  http_diff: 'http_diff',
  app_endpoints: null,
  app_web: 'app_web',
  app_registration: 'app_registration',
  tool_bootstrap: 'tool_bootstrap',
  middlebox: 'middlebox',
  other: 'other',
};

export function methodLook(method: BlockingMethod): {
  readonly class: string;
  readonly pattern?: PatternName;
} {
  const pattern = METHOD_PATTERNS[method];
  return { class: `method-${method}`, ...(pattern === null ? {} : { pattern }) };
}

export function layoutMethods(view: MethodsChart, size: ChartSize): Scene {
  const { context, periods, methods, hidden } = view;
  const stack = methods.filter(({ method }) => hidden?.has(method) !== true);
  const { frame } = context;
  const few = periods.some(({ total, enough }) => total > 0 && !enough);
  // The first method lies at the bottom, so the column of labels runs the other way.
  const legend: readonly LegendItem[] = [
    ...[...methods].reverse().map(({ method, label, count, share }) => ({
      key: method,
      label,
      value: view.few ? formatCount(count) : formatPercent(share),
      series: true,
      ...methodLook(method),
    })),
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
    plotHeight: 160,
    legend,
    unit: translate('unit.share_of_signs'),
    empty: view.total === 0 ? translate('chart.methods.empty') : null,
    coverage: {
      unit: translate(`unit.signs_per.${frame.grain}`),
      periods: periods.map((period) => ({
        ...period,
        tests: period.tests === null ? null : period.total,
        days: period.days,
      })),
    },
    toValueAxis: (top, bottom) => toShareAxis(top, bottom),
    toData: toRowData(
      periods.flatMap(({ start, tests }) => (tests === null ? [] : [{ key: start }])),
    ),
    layoutMarks: (plot) => [
      ...stack.map(({ method }, index): SceneNode => ({
        type: 'g',
        key: method,
        data: { series: method },
        ...methodLook(method),
        children: layoutShares(
          periods,
          method,
          stack.slice(0, index).map((below) => below.method),
          plot,
        ),
      })),
      layoutTooFew(
        periods.filter(({ total, enough }) => total > 0 && !enough),
        plot,
      ),
    ],
  });
  return {
    ...chart,
    title: view.title,
    desc: view.desc,
    rows: periods.filter(({ total }) => total > 0).length,
  };
}

function layoutShares(
  periods: readonly MethodPeriod[],
  method: BlockingMethod,
  below: readonly BlockingMethod[],
  { axis, value }: Plot,
): readonly SceneNode[] {
  return periods.flatMap((period): SceneNode[] => {
    const count = period.counts.get(method) ?? 0;
    if (!period.enough || count === 0) return [];
    const under = below.reduce((sum, other) => sum + (period.counts.get(other) ?? 0), 0);
    const from = value.at(under / period.total);
    const to = value.at((under + count) / period.total);
    const { x, width } = toBar(axis, period);
    return [
      {
        type: 'rect',
        key: period.start,
        ...(period.incomplete === null ? {} : { class: 'grey' }),
        x,
        y: to,
        width,
        height: round(from - to),
      },
    ];
  });
}
