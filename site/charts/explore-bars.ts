/** Bars along anything but time, in groups where there are series; shares with their interval. */
import { scaleLinear, type ScaleLinear } from 'd3';
import { translate } from '../i18n/translate.ts';
import type { ExploreCell } from '../view/explore-cells.ts';
import type { ExploreView } from '../view/explore.ts';
import { formatCount, formatPercent, formatShortCount } from '../view/format.ts';
import { toData } from './explore-lines.ts';
import { outcomeLook } from './outcomes.ts';
import { round } from './round.ts';
import type { PatternName, Scene, SceneNode } from './scene.ts';
import { isNarrow, LABEL_SIZE, type ChartSize } from './size.ts';
import { fitText, textWidth } from './text-width.ts';

/** Bars drawn at most; the table has them all. */
const MOST_BARS = { wide: 40, narrow: 25 } as const;
const BAR_HEIGHT = 12;

interface Room {
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly narrow: boolean;
  readonly row: number;
  readonly x: ScaleLinear<number, number>;
}

export function layoutExploreBars(view: ExploreView, size: ChartSize): Scene {
  const narrow = isNarrow(size);
  const shown = view.cells.slice(0, narrow ? MOST_BARS.narrow : MOST_BARS.wide);
  const grouped = shown.some(({ series }) => series !== null);
  const widest = Math.max(0, ...shown.map(({ text }) => textWidth(text, LABEL_SIZE)));
  const labels = shown.map((cell) => (grouped ? (cell.seriesLabel ?? '') : cell.xLabel));
  const longest = Math.max(0, ...labels.map((label) => textWidth(label, LABEL_SIZE)));
  // As wide as the names ask for, but the bars keep most of the room.
  const left = narrow ? 2 : round(Math.min(290, Math.max(110, longest * 1.04 + 26)));
  const right = narrow ? size.width - 12 : round(size.width - Math.min(220, widest * 1.04 + 16));
  const most = view.isShare ? 1 : Math.max(1, ...shown.map(({ value }) => value ?? 0));
  const scale = scaleLinear([0, most], [left, right]);
  const room: Room = {
    left,
    right,
    width: size.width,
    narrow,
    row: narrow ? 40 : 24,
    x: view.isShare ? scale : scale.nice(3),
  };
  const top = 40;
  let y = top;
  let group: string | null = null;
  const body: SceneNode[] = [];
  for (const cell of shown) {
    if (grouped && cell.x !== group) {
      group = cell.x;
      body.push({
        type: 'text',
        key: `group ${cell.x}`,
        class: 'group',
        x: 0,
        y: y + 18,
        text: fitText(cell.xLabel, size.width, LABEL_SIZE + 1),
      });
      y += 26;
    }
    body.push(
      layoutRow(cell, grouped, view.measure === 'rate' ? outcomeLook('anomaly') : BAR, y, room),
    );
    y += room.row;
  }
  const left_out = view.cells.length - shown.length;
  return {
    width: size.width,
    height: round(y + (left_out > 0 ? 26 : 6)),
    title: view.title,
    desc: view.desc,
    rows: shown.length,
    children: [
      { type: 'text', key: 'unit', class: 'unit', x: 0, y: 12, text: view.unit },
      layoutAxis(view, room, top, Math.max(y, top + 20)),
      { type: 'g', key: 'rows', class: 'marks', children: body },
      ...(shown.length === 0
        ? [
            {
              type: 'text',
              key: 'empty',
              class: 'value',
              x: 0,
              y: top + 16,
              text: fitText(view.title, size.width, LABEL_SIZE),
            } as const,
          ]
        : []),
      ...(left_out > 0
        ? [
            {
              type: 'text',
              key: 'more',
              class: 'unit',
              x: 0,
              y: round(y + 18),
              text: translate('explore.note.bars', {
                shown: formatCount(shown.length),
                total: formatCount(view.cells.length),
              }),
            } as const,
          ]
        : []),
    ],
  };
}

function layoutAxis(
  { isShare }: ExploreView,
  { x, right, left, narrow }: Room,
  top: number,
  bottom: number,
): SceneNode {
  const ticks = isShare ? [0, 0.5, 1] : x.ticks(3);
  return {
    type: 'g',
    key: 'axis',
    class: 'axis',
    children: ticks.flatMap((value): SceneNode[] => {
      const at = round(x(value));
      const edge =
        narrow && at <= left + 8 ? 'start' : narrow && at >= right - 16 ? 'end' : 'middle';
      return [
        { type: 'line', key: `grid ${value}`, class: 'grid', x1: at, y1: top, x2: at, y2: bottom },
        {
          type: 'text',
          key: `label ${value}`,
          x: at,
          y: top - 6,
          text: isShare ? formatPercent(value) : formatShortCount(value),
          anchor: edge,
        },
      ];
    }),
  };
}

const BAR = { class: 'series-bar' };

function layoutRow(
  cell: ExploreCell,
  grouped: boolean,
  look: { readonly class: string; readonly pattern?: PatternName },
  y: number,
  room: Room,
): SceneNode {
  const { narrow, left, right, width, x } = room;
  const label = grouped ? (cell.seriesLabel ?? '') : cell.xLabel;
  const labelY = round(y + (narrow ? 14 : 16));
  const barY = round(y + (narrow ? 20 : 6));
  const valueWidth = textWidth(cell.text, LABEL_SIZE) * 1.04;
  const bar = { type: 'rect', key: 'bar', y: barY, height: BAR_HEIGHT, x: left } as const;
  const few = cell.value === null;
  const end = round(x(cell.value ?? 0));
  const { rate } = cell;
  const [lower, upper] =
    rate?.kind === 'rate' ? [round(x(rate.lower)), round(x(rate.upper))] : [0, 0];
  const middle = barY + BAR_HEIGHT / 2;
  return {
    type: 'g',
    key: cell.key,
    data: toData(cell),
    children: [
      {
        type: 'text',
        key: 'label',
        class: 'label',
        x: narrow ? 0 : left - 10,
        y: labelY,
        text: fitText(label, narrow ? width - valueWidth - 16 : left - 24, LABEL_SIZE),
        anchor: narrow ? 'start' : 'end',
      },
      {
        type: 'text',
        key: 'value',
        class: few ? 'value' : 'label',
        x: narrow ? width : right + 10,
        y: labelY,
        text: cell.text,
        anchor: narrow ? 'end' : 'start',
      },
      ...(few
        ? [{ ...bar, class: 'too-few', pattern: 'few' as const, width: round(right - left) }]
        : [
            ...(rate === null
              ? []
              : [{ ...bar, key: 'track', class: 'track', width: round(right - left) }]),
            { ...bar, ...look, width: round(Math.max(0, end - left)) },
          ]),
      ...(rate?.kind === 'rate'
        ? [
            {
              type: 'path',
              key: 'interval-halo',
              class: 'interval-halo',
              d: `M${lower} ${middle}H${upper}`,
            } as const,
            {
              type: 'path',
              key: 'interval',
              class: 'interval-ends',
              d: `M${lower} ${middle}H${upper}M${lower} ${middle - 3}v6M${upper} ${middle - 3}v6`,
            } as const,
          ]
        : []),
    ],
  };
}
