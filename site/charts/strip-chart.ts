/** Rows of cells over one time axis, each with its name: the frame of all charts of networks or places over time. */
import { translate } from '../i18n/translate.ts';
import type { Coverage } from './coverage-strip.ts';
import { cells, type Cell, type CellRow } from './marks/cells.ts';
import { fitText, lines, textWidth, wrapText } from './marks/label.ts';
import { layoutLegendRows, type LegendItem } from './marks/legend.ts';
import { layoutProblems, problemItem } from './marks/problems.ts';
import { FEW, LEVELS } from './marks/look.ts';
import { group, text } from './marks/shapes.ts';
import { toTimeAxis, type TimeAxis } from './marks/time-axis.ts';
import type { Scene, SceneNode } from './scene.ts';
import { formatItems } from '../view/format.ts';
import type { TimeFrame } from '../view/time-frame.ts';
import {
  isNarrow,
  LABEL_SIZE,
  LEAST_ROWS,
  LINE_HEIGHT,
  SMALL_SIZE,
  type ChartSize,
} from './size.ts';
import { layoutTimeFoot, type DrawnView } from './time-chart.ts';
import { isolate } from '../../data-build/words/isolate.ts';

export interface StripCell extends Cell {
  /** What it says where it is no row of the table: when, and lines of words. */
  readonly said?: readonly [heading: string, ...lines: string[]];
}

export interface StripRow {
  readonly key: string;
  readonly label: string;
  /** A second name in muted ink; null: none. */
  readonly name?: string | null;
  readonly cells: readonly StripCell[];
}

export interface StripChart {
  readonly view: DrawnView;
  readonly rows: readonly StripRow[];
  readonly legend: readonly LegendItem[];
  /** What is shown of how many, and in which order. */
  readonly order: string;
  readonly coverage?: Coverage;
}

/** As many rows as a phone, or a page with much else, has room for. */
export const FEW_ROWS = 12;
/** Room for names in full at the end of wide rows. */
const NAMES = 292;

/** The first rows, as many as are drawn; the table has them all. */
export function drawnRows<Row>(rows: readonly Row[], size: ChartSize, wide = 25): readonly Row[] {
  const most = Math.min(rows.length, isNarrow(size) ? FEW_ROWS : wide);
  const fewer = Math.ceil((size.less ?? 0) / stripCell(size).row);
  return rows.slice(0, Math.max(Math.min(most, size.low === true ? 1 : LEAST_ROWS), most - fewer));
}

/** Names stand after the plot in full, so it ends earlier than in other charts. */
export function stripAxis(frame: TimeFrame, size: ChartSize): TimeAxis {
  return toTimeAxis(frame, size, NAMES);
}

export function stripCell(size: ChartSize): CellRow {
  return isNarrow(size) ? { top: 17, height: 14, row: 34 } : { top: 1, height: 17, row: 20 };
}

export function layoutStrip(chart: StripChart, size: ChartSize): Scene {
  const { view, rows } = chart;
  const axis = stripAxis(view.context.frame, size);
  const legend = layoutLegendRows([...chart.legend, ...problemItem(view.context)], {
    x: 0,
    top: 2,
    width: size.width,
  });
  const orderY = legend.height + 16;
  const order = size.low === true ? [] : wrapText(chart.order, size.width, SMALL_SIZE);
  const top = orderY + (order.length - 1) * LINE_HEIGHT + (isNarrow(size) ? 6 : 10);
  const cell = stripCell(size);
  const bottom = top + rows.length * cell.row + 2;
  const coverage = size.low === true ? null : (chart.coverage ?? null);
  const foot = layoutTimeFoot(
    { context: view.context, size, isTight: size.less !== undefined },
    axis,
    top,
    bottom,
    coverage,
    null,
  );
  const drawn = rows.map((row, index) =>
    group(row.key, [...cells(readCells(row, size), axis, cell), ...layoutLabels(row, axis, size)], {
      data: { row: row.key },
      y: top + index * cell.row,
    }),
  );
  return {
    width: size.width,
    height: foot.bottom,
    title: view.title,
    desc: view.desc,
    rows: rows.length,
    children: [
      legend.node,
      ...lines('order', order, 0, orderY, { class: 'unit' }),
      group('rows', drawn, { class: 'marks' }),
      ...layoutProblems(view.context, axis, [top, bottom], false),
      ...foot.nodes,
    ],
  };
}

function readCells({ key, label, cells: own }: StripRow, { reads }: ChartSize): readonly Cell[] {
  if (reads !== true) return own;
  return own.map((cell) => {
    const { start, said, data = { key: `${key} ${start}` } } = cell;
    if (said === undefined) return { ...cell, data: { period: start, ...data } };
    const [heading, ...words] = said;
    const read = { label: formatItems([label, heading]), said: words.join('\n') };
    return { ...cell, data: { period: start, ...read } };
  });
}

/** After the row where there is room, above it on a phone. */
function layoutLabels(
  { label, name = null }: StripRow,
  axis: TimeAxis,
  size: ChartSize,
): readonly SceneNode[] {
  const narrow = isNarrow(size);
  const x = narrow ? axis.left : axis.right + 10;
  const y = narrow ? 12 : 14;
  const room = size.width - x;
  const words = fitText(label, room, LABEL_SIZE + 0.5);
  const used = textWidth(words, LABEL_SIZE) + 7;
  const second =
    name === null || room - used < 24
      ? null
      : fitText(name, room - used, (narrow ? SMALL_SIZE : LABEL_SIZE) + 1);
  return [
    text('label', isolate(words), x, y, { class: 'label' }),
    ...(second === null ? [] : [text('name', isolate(second), x + used, y, { class: 'value' })]),
  ];
}

/** The last two entries of every such legend: too few, and not tested. */
export function emptyLegend(few: string): readonly LegendItem[] {
  return [
    { key: 'few', label: few, ...FEW },
    { key: 'none', label: translate('strip.not_tested'), class: 'not-tested' },
  ];
}

/** Shades by share, then what is said between them and the last two. */
export function shareLegend(more: readonly LegendItem[] = []): readonly LegendItem[] {
  return [
    ...LEVELS.map((level) => ({
      key: `level ${level}`,
      label: translate(`chart.networks.level.${level}`),
      class: `heat-${level}`,
    })),
    ...more,
    ...emptyLegend(translate('chart.networks.too_few')),
  ];
}
