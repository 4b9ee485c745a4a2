/** Networks × time: one strip of cells per network, darker where more tests showed signs of interference. */
import { translate } from '../i18n/translate.ts';
import type { Rate } from '../view/rate.ts';
import { formatNetworkOrder, type NetworkEntry, type NetworksView } from '../view/networks.ts';
import { toBar } from './bar.ts';
import { layoutCoverageStrip, COVERAGE_HEIGHT } from './coverage-strip.ts';
import { layoutLegendRows, type LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { Scene, SceneNode } from './scene.ts';
import { isNarrow, LABEL_SIZE, SMALL_SIZE, type ChartSize } from './size.ts';
import { fitText, textWidth } from './text-width.ts';
import { layoutTimeAxis, TIME_AXIS_HEIGHT, toTimeAxis, type TimeAxis } from './time-axis.ts';
import { layoutTimeNotes } from './time-chart.ts';

/** Networks drawn at most; the table has them all. */
const WIDE_ROWS = 25;
const NARROW_ROWS = 12;

export const LEVELS = [0, 1, 2, 3, 4] as const;
type Level = (typeof LEVELS)[number];

/** 0 none, then quarters: up to 25 %, 50 %, 75 %, above. */
export function toLevel(rate: number): Level {
  if (rate === 0) return 0;
  if (rate <= 0.25) return 1;
  if (rate <= 0.5) return 2;
  return rate <= 0.75 ? 3 : 4;
}

export function layoutNetworks(view: NetworksView, size: ChartSize): Scene {
  const { context } = view;
  const { frame } = context;
  const narrow = isNarrow(size);
  const networks = view.networks.slice(0, narrow ? NARROW_ROWS : WIDE_ROWS);
  const timeAxis = toTimeAxis(frame, size);
  const legend = layoutLegendRows(toLegend(), { x: 0, top: 2, width: size.width });
  const orderY = legend.height + 16;
  const top = orderY + (narrow ? 6 : 10);
  const row = narrow ? 34 : 20;
  const bottom = top + networks.length * row + 2;
  const stripTop = bottom + TIME_AXIS_HEIGHT + 6;
  const unit = translate(`unit.tests_per.${frame.grain}`);
  const notes = layoutTimeNotes(context, stripTop + COVERAGE_HEIGHT + 4, size);
  return {
    width: size.width,
    height: round(stripTop + COVERAGE_HEIGHT + 4 + notes.height),
    title: view.title,
    desc: view.desc,
    rows: networks.length,
    children: [
      legend.node,
      {
        type: 'text',
        key: 'order',
        class: 'unit',
        x: 0,
        y: orderY,
        text:
          networks.length === 0
            ? translate('chart.networks.empty')
            : formatNetworkOrder(networks.length, view),
      },
      {
        type: 'g',
        key: 'rows',
        class: 'marks',
        children: networks.map((entry, index) =>
          layoutRow(entry, round(top + index * row), timeAxis, size),
        ),
      },
      layoutTimeAxis(timeAxis, bottom, size),
      layoutCoverageStrip(view.coverage, timeAxis, stripTop, unit),
      notes.node,
    ],
  };
}

function toLegend(): readonly LegendItem[] {
  return [
    ...LEVELS.map((level) => ({
      key: `level ${level}`,
      label: translate(`chart.networks.level.${level}`),
      class: `heat-${level}`,
    })),
    {
      key: 'few',
      label: translate('chart.networks.too_few'),
      class: 'too-few',
      pattern: 'few',
    },
    {
      key: 'none',
      label: translate('chart.networks.not_tested'),
      class: 'not-tested',
    },
  ];
}

/** Cells of one look in one path: fewer bytes than a node per cell, and rows keep their identity. */
function layoutRow(entry: NetworkEntry, y: number, axis: TimeAxis, size: ChartSize): SceneNode {
  const narrow = isNarrow(size);
  const cellTop = narrow ? 17 : 1;
  const cellHeight = narrow ? 14 : 17;
  const looks = new Map<string, string>();
  for (const cell of entry.cells) {
    const look = lookOf(cell.rate);
    if (look === null) continue;
    const { x, width } = toBar(axis, cell);
    const shape = `M${x} ${cellTop}h${width}v${cellHeight}h${-width}z`;
    looks.set(look, (looks.get(look) ?? '') + shape);
  }
  return {
    type: 'g',
    key: String(entry.probe_asn),
    data: { asn: entry.probe_asn },
    y,
    children: [
      {
        type: 'line',
        key: 'rule',
        class: 'row-rule',
        x1: axis.left,
        y1: cellTop + cellHeight + 1,
        x2: axis.right,
        y2: cellTop + cellHeight + 1,
      },
      ...[...looks]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([look, d]): SceneNode =>
          look === 'too-few'
            ? { type: 'path', key: look, class: 'too-few', pattern: 'few', d }
            : { type: 'path', key: look, class: look, d },
        ),
      ...layoutLabels(entry, axis, size),
    ],
  };
}

function lookOf(rate: Rate): string | null {
  if (rate.kind === 'not_tested') return null;
  return rate.kind === 'too_few' ? 'too-few' : `heat-${toLevel(rate.rate)}`;
}

/** Number and name: after the row where there is room, above it on a phone. */
function layoutLabels(
  { number, name }: NetworkEntry,
  axis: TimeAxis,
  size: ChartSize,
): readonly SceneNode[] {
  const narrow = isNarrow(size);
  const x = narrow ? axis.left : axis.right + 10;
  const y = narrow ? 12 : 14;
  const font = narrow ? SMALL_SIZE : LABEL_SIZE;
  const numberWidth = textWidth(number, LABEL_SIZE) + 7;
  const room = size.width - x - numberWidth;
  return [
    { type: 'text', key: 'number', class: 'label', x, y, text: number },
    ...(name === null
      ? []
      : [
          {
            type: 'text' as const,
            key: 'name',
            class: 'value',
            x: round(x + numberWidth),
            y,
            text: fitText(name, room, font + 0.5),
          },
        ]),
  ];
}
