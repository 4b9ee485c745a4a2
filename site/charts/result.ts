/** The quick chart of the console: lines over time, or bars. One value axis, as many lines as can be told apart. */
import { line, scaleLinear } from 'd3';
import { pageLanguage } from '../i18n/language.ts';
import { translate } from '../i18n/translate.ts';
import { formatCount } from '../view/format.ts';
import type { ResultPoint, ResultView } from '../view/result.ts';
import { layoutLegendColumn, layoutLegendRows, type LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { Scene, SceneNode } from './scene.ts';
import { isNarrow, LABEL_SIZE, type ChartSize } from './size.ts';
import { fitText, textWidth } from './text-width.ts';
import { layoutTimeAxis, TIME_AXIS_HEIGHT, toTimeAxis } from './time-axis.ts';
import { layoutValueAxis, type ValueAxis } from './value-axis.ts';

const MOST_LINES = 6;
const MOST_BARS = { wide: 40, narrow: 25 } as const;
const PLOT_HEIGHT = 240;
const BAR_HEIGHT = 12;

export function layoutResult(view: ResultView, size: ChartSize): Scene {
  return view.form === 'lines' ? layoutLines(view, size) : layoutBars(view, size);
}

/** From 0, or from the smallest where values are negative. */
function toNumberAxis(values: readonly number[], top: number, bottom: number): ValueAxis {
  const most = Math.max(0, ...values);
  const least = Math.min(0, ...values);
  const scale = scaleLinear([least, most === least ? least + 1 : most], [bottom, top]).nice(4);
  return {
    at: (value) => round(scale(value)),
    ticks: scale.ticks(4).map((value) => ({ value, text: formatTickValue(value) })),
  };
}

function formatTickValue(value: number): string {
  return new Intl.NumberFormat(pageLanguage(), {
    notation: Math.abs(value) >= 10_000 ? 'compact' : 'standard',
    maximumSignificantDigits: 4,
  }).format(value);
}

function layoutLines(view: ResultView, size: ChartSize): Scene {
  const { context, unit } = view;
  const { frame } = context;
  const shown = view.series.slice(0, MOST_LINES);
  const axis = toTimeAxis(frame, size);
  const legend: readonly LegendItem[] =
    view.series.length === 1 && view.series[0]?.key === ''
      ? []
      : shown.map(({ key }, index) => ({
          key: `line ${key}`,
          label: key,
          class: `series-line series-${index}`,
          shape: 'line',
          series: true,
        }));
  const rows = isNarrow(size)
    ? layoutLegendRows(legend, { x: 0, top: 2, width: size.width })
    : { node: null, height: 0 };
  const top = rows.height + 28;
  const bottom = top + PLOT_HEIGHT;
  const values = shown.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const value = toNumberAxis(values, top, bottom);
  const left_out = view.series.length - shown.length;
  const height = round(bottom + TIME_AXIS_HEIGHT + (left_out > 0 ? 20 : 4));
  return {
    width: size.width,
    height,
    title: view.title,
    desc: view.desc,
    rows: shown.reduce((sum, { points }) => sum + points.length, 0),
    children: [
      rows.node ??
        layoutLegendColumn(legend, {
          x: axis.right + 16,
          top: top + 2,
          width: size.width - axis.right - 16,
        }),
      layoutValueAxis(value, { left: axis.left, right: axis.right, top }, unit),
      {
        type: 'g',
        key: 'marks',
        class: 'marks',
        children: shown.map(({ key, points }, index): SceneNode => ({
          type: 'g',
          key: `series ${key}`,
          data: { series: `line ${key}` },
          class: `series series-${index}`,
          children: layoutLine(points, (point) =>
            point.day === null || point.value === null
              ? null
              : { x: axis.at(point.day), y: value.at(point.value) },
          ),
        })),
      },
      layoutTimeAxis(axis, bottom, size),
      ...(left_out > 0
        ? [layoutMore('console.chart.lines', shown.length, view.series.length, height - 6)]
        : []),
    ],
  };
}

function layoutLine(
  points: readonly ResultPoint[],
  place: (point: ResultPoint) => { readonly x: number; readonly y: number } | null,
): readonly SceneNode[] {
  const placed = points.map((point) => ({ point, at: place(point) }));
  const path = line<(typeof placed)[number]>()
    .defined(({ at }) => at !== null)
    .x(({ at }) => at?.x ?? 0)
    .y(({ at }) => at?.y ?? 0)
    .digits(2);
  return [
    { type: 'path', key: 'line', class: 'series-line', d: path(placed) ?? '' },
    ...placed.flatMap(({ point, at }): SceneNode[] =>
      at === null
        ? []
        : [
            {
              type: 'circle',
              key: point.key,
              class: 'series-point',
              data: { period: point.label, value: point.value ?? 0 },
              cx: at.x,
              cy: at.y,
              r: points.length > 60 ? 2 : 3,
            },
          ],
    ),
  ];
}

function layoutMore(
  key: 'console.chart.lines' | 'explore.note.bars',
  shown: number,
  total: number,
  y: number,
): SceneNode {
  const words = { shown: formatCount(shown), total: formatCount(total) };
  return {
    type: 'text',
    key: 'more',
    class: 'unit',
    x: 0,
    y: round(y),
    text: translate(key, words),
  };
}

function layoutBars(view: ResultView, size: ChartSize): Scene {
  const narrow = isNarrow(size);
  const all = view.series.flatMap(({ points }) => points);
  const shown = all.slice(0, narrow ? MOST_BARS.narrow : MOST_BARS.wide);
  const values = shown.map(({ value }) => value ?? 0);
  const widest = Math.max(0, ...shown.map(({ text }) => textWidth(text, LABEL_SIZE)));
  const left = narrow ? 2 : 216;
  const right = narrow ? size.width - 12 : round(size.width - Math.min(220, widest * 1.04 + 16));
  const most = Math.max(0, ...values);
  const least = Math.min(0, ...values);
  const scale = scaleLinear([least, most === least ? least + 1 : most], [left, right]);
  const step = narrow ? 40 : 24;
  const top = 24;
  const left_out = all.length - shown.length;
  return {
    width: size.width,
    height: round(top + shown.length * step + (left_out > 0 ? 26 : 6)),
    title: view.title,
    desc: view.desc,
    rows: shown.length,
    children: [
      { type: 'text', key: 'unit', class: 'unit', x: 0, y: 12, text: view.unit },
      {
        type: 'g',
        key: 'rows',
        class: 'marks',
        children: shown.map((point, index): SceneNode => {
          const y = top + index * step;
          const textY = round(y + (narrow ? 14 : 16));
          const valueWidth = textWidth(point.text, LABEL_SIZE) * 1.04;
          const [from, to] = [
            scale(Math.min(0, point.value ?? 0)),
            scale(Math.max(0, point.value ?? 0)),
          ];
          const bar = {
            type: 'rect',
            key: 'bar',
            y: round(y + (narrow ? 20 : 6)),
            height: BAR_HEIGHT,
          } as const;
          return {
            type: 'g',
            key: point.key,
            data: { key: point.label, value: point.value ?? '' },
            children: [
              {
                type: 'text',
                key: 'label',
                class: 'label',
                x: narrow ? 0 : left - 10,
                y: textY,
                text: fitText(
                  point.label,
                  narrow ? size.width - valueWidth - 16 : left - 24,
                  LABEL_SIZE,
                ),
                anchor: narrow ? 'start' : 'end',
              },
              {
                type: 'text',
                key: 'value',
                class: point.value === null ? 'value' : 'label',
                x: narrow ? size.width : right + 10,
                y: textY,
                text: point.text,
                anchor: narrow ? 'end' : 'start',
              },
              point.value === null
                ? {
                    ...bar,
                    class: 'too-few',
                    pattern: 'few',
                    x: left,
                    width: round(right - left),
                  }
                : { ...bar, class: 'series-bar', x: round(from), width: round(to - from) },
            ],
          };
        }),
      },
      ...(left_out > 0
        ? [
            layoutMore(
              'explore.note.bars',
              shown.length,
              all.length,
              top + shown.length * step + 18,
            ),
          ]
        : []),
    ],
  };
}
