/** The vertical axis: light horizontal lines, numbers at the start, the unit in words above. */
import { scaleLinear } from 'd3';
import { formatPercent, formatShortCount } from '../view/format.ts';
import { round } from './round.ts';
import type { SceneNode } from './scene.ts';

export interface ValueAxis {
  /** Pixels of a value. */
  at(value: number): number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** Counts from 0 to at least `max`, whole numbers only. */
export function toCountAxis(max: number, top: number, bottom: number): ValueAxis {
  const scale = scaleLinear([0, Math.max(1, max)], [bottom, top]).nice(4);
  return {
    at: (value) => round(scale(value)),
    ticks: scale
      .ticks(4)
      .filter(Number.isInteger)
      .map((value) => ({ value, text: formatShortCount(value) })),
  };
}

/** Shares from 0 to 1, always whole, so that small changes do not look large. */
export function toShareAxis(top: number, bottom: number): ValueAxis {
  const scale = scaleLinear([0, 1], [bottom, top]);
  return {
    at: (value) => round(scale(value)),
    ticks: [0, 0.25, 0.5, 0.75, 1].map((value) => ({
      value,
      text: formatPercent(value),
    })),
  };
}

export function layoutValueAxis(
  axis: ValueAxis,
  plot: { readonly left: number; readonly right: number; readonly top: number },
  label: string,
): SceneNode {
  return {
    type: 'g',
    key: 'value-axis',
    class: 'axis',
    children: [
      ...axis.ticks.flatMap(({ value, text }): SceneNode[] => {
        const y = axis.at(value);
        return [
          {
            type: 'line',
            key: `grid ${value}`,
            class: 'grid',
            x1: plot.left,
            y1: y,
            x2: plot.right,
            y2: y,
          },
          {
            type: 'text',
            key: `label ${value}`,
            x: plot.left - 6,
            y: round(y + 4),
            text,
            anchor: 'end',
          },
        ];
      }),
      { type: 'text', key: 'unit', class: 'unit', x: 0, y: plot.top - 10, text: label },
    ],
  };
}
