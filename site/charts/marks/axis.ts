/** Axes of values: a scale with its ticks, and the light lines and numbers that show them. */
import { scaleLinear, scaleLog } from 'd3';
import { formatPercent, formatTickNumber } from '../../view/format.ts';
import type { SceneNode } from '../scene.ts';
import { SMALL_SIZE } from '../size.ts';
import { keepInside, textWidth } from './label.ts';
import { group, line, round, text } from './shapes.ts';
import type { TimeAxis } from './time-axis.ts';

export interface ValueAxis {
  /** Pixels of a value. */
  at(value: number): number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** An axis of values between two places: `start` is where its low end stands. */
export type AxisMaker = (start: number, end: number) => ValueAxis;

/** What a mark is drawn on. */
export interface Plot {
  readonly axis: TimeAxis;
  readonly value: ValueAxis;
  readonly top: number;
  readonly bottom: number;
}

/** Some data and what of them says where they stand, waiting for a plot. */
export type Mark = (plot: Plot) => SceneNode | readonly SceneNode[];

function toAxis(
  scale: (value: number) => number,
  ticks: readonly number[],
  format: (value: number) => string,
): ValueAxis {
  return {
    at: (value) => round(scale(value)),
    ticks: ticks.map((value) => ({ value, text: format(value) })),
  };
}

/** Shares from 0 to 1, always whole, so that small changes do not look large. */
export function shareAxis(steps: 2 | 4): AxisMaker {
  const ticks = Array.from({ length: steps + 1 }, (_, index) => index / steps);
  return (start, end) => toAxis(scaleLinear([0, 1], [start, end]), ticks, formatPercent);
}

/**
 * From 0, or from the smallest where values are negative, to a round number; counts have whole ticks alone. What lies
 * beyond stays on the edge.
 */
export function numberAxis(
  values: readonly number[],
  steps: number,
  format = formatTickNumber,
): AxisMaker {
  const whole = values.every(Number.isInteger);
  const low = Math.min(0, ...values);
  const most = Math.max(0, ...values);
  const high = whole ? Math.max(low + 1, most) : most;
  return (start, end) => {
    const scale = scaleLinear([low, high === low ? low + 1 : high], [start, end])
      .clamp(true)
      .nice(steps);
    const ticks = scale.ticks(steps).filter((tick) => !whole || Number.isInteger(tick));
    return toAxis(scale, ticks, format);
  };
}

/** From 0 to a little above the largest; what is higher stays on the upper edge. */
export function roomyAxis(most: number, steps: number): AxisMaker {
  return (start, end) => {
    const scale = scaleLinear([0, most > 0 ? most * 1.04 : 1], [start, end]).clamp(true);
    return toAxis(scale, scale.ticks(steps), formatTickNumber);
  };
}

const STEPS = [1, 2, 5] as const;

/** Equal distances are equal ratios: from `low` to `high` (both > 0), widened to whole steps of 1, 2 and 5. */
export function logAxis(low: number, high: number): AxisMaker {
  const bottom = stepBelow(low);
  const top = stepAbove(Math.max(high, bottom * 2));
  return (start, end) =>
    toAxis(
      scaleLog([bottom, top], [start, end]).clamp(true),
      stepsBetween(bottom, top),
      formatTickNumber,
    );
}

function stepsBetween(bottom: number, top: number): readonly number[] {
  const steps: number[] = [];
  for (let power = Math.floor(Math.log10(bottom)); power <= Math.ceil(Math.log10(top)); power++) {
    for (const step of STEPS) {
      const value = Number((step * 10 ** power).toPrecision(1));
      if (value >= bottom * 0.999 && value <= top * 1.001) steps.push(value);
    }
  }
  // Past two powers of ten, every step would be a wall of lines.
  return steps.length <= 7 ? steps : steps.filter((value) => /^[^1-9]*1/.test(String(value)));
}

function stepBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.findLast((each) => each * power <= value * 1.0001) ?? 1;
  return Number((step * power).toPrecision(1));
}

function stepAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((each) => each * power >= value * 0.9999) ?? 10;
  return Number((step * power).toPrecision(1));
}

/** Values upwards: horizontal lines, numbers before them, the unit in words above. */
export function valueAxis(
  { value: { ticks, at }, axis: { left, right }, top }: Pick<Plot, 'value' | 'axis' | 'top'>,
  unit: string | null = null,
): SceneNode {
  return group(
    'value-axis',
    [
      ...ticks.flatMap(({ value, text: words }) => {
        const y = at(value);
        const width = textWidth(words, SMALL_SIZE);
        return [
          line(`grid ${value}`, [left, y], [right, y], { class: 'grid' }),
          // A long number ends nearer to the plot, and a longer one stands under its line, than be cut off.
          width <= left - 1
            ? text(`label ${value}`, words, Math.max(width, left - 6), y + 4, { anchor: 'end' })
            : text(`label ${value}`, words, 0, y + 11, { class: 'halo' }),
        ];
      }),
      ...(unit === null ? [] : [text('unit', unit, 0, top - 10, { class: 'unit' })]),
    ],
    { class: 'axis' },
  );
}

/** Values to the right: vertical lines, and numbers on the height `labels` that stay inside the drawing. */
export function columnAxis(
  { ticks, at }: ValueAxis,
  {
    top,
    bottom,
    labels,
  }: { readonly top: number; readonly bottom: number; readonly labels: number },
  width: number,
): SceneNode {
  return group(
    'axis',
    ticks.flatMap(({ value, text: words }) => {
      const x = at(value);
      const middle = keepInside(x, textWidth(words, SMALL_SIZE), 0, width);
      return [
        line(`grid ${value}`, [x, top], [x, bottom], { class: 'grid' }),
        text(`label ${value}`, words, middle, labels, { anchor: 'middle' }),
      ];
    }),
    { class: 'axis' },
  );
}
