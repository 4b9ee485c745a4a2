/** Rows of cells over one time axis, each with its name: what the charts of networks and places have in common. */
import { translate } from '../i18n/translate.ts';
import { incompleteNotes, type ChartWords, type ViewContext } from '../view/context.ts';
import type { Period } from '../view/time-frame.ts';
import { toBar } from './bar.ts';
import { layoutLegendRows, type LegendItem } from './legend.ts';
import { round } from './round.ts';
import type { PatternName, Scene, SceneData, SceneNode } from './scene.ts';
import { isNarrow, LABEL_SIZE, SMALL_SIZE, type ChartSize } from './size.ts';
import { fitText, textWidth } from './text-width.ts';
import { layoutTimeAxis, TIME_AXIS_HEIGHT, toTimeAxis, type TimeAxis } from './time-axis.ts';
import { layoutTimeNotes } from './time-chart.ts';

export interface CellLook {
  /** Class of the cells; where a pattern goes with it, the class sets no fill. */
  readonly class: string;
  readonly pattern?: PatternName;
}

export interface StripCell extends Pick<Period, 'start' | 'end'> {
  readonly look: CellLook;
  /** A small mark in the cell: a triangle for a change, a dot for what is confirmed. */
  readonly mark: 'change' | 'confirmed' | null;
  /** Numbers to read out; cells without any are not pointed at one by one. */
  readonly data?: SceneData;
}

export interface StripRow {
  readonly key: string;
  readonly label: string;
  /** A second name in muted ink; null: none. */
  readonly name: string | null;
  readonly cells: readonly StripCell[];
}

export interface StripChart {
  readonly view: ChartWords & { readonly context: ViewContext };
  readonly rows: readonly StripRow[];
  readonly legend: readonly LegendItem[];
  /** What is shown of how many, and in which order. */
  readonly order: string;
}

/** Rows drawn at most; the table has them all. */
export const STRIP_ROWS = { wide: 25, narrow: 12 } as const;

/** Where the cells of a row stand, from its top, and the height of the row. */
export function stripCell(size: ChartSize): {
  readonly top: number;
  readonly height: number;
  readonly row: number;
} {
  return isNarrow(size) ? { top: 17, height: 14, row: 34 } : { top: 1, height: 17, row: 20 };
}

export function layoutStrip(chart: StripChart, size: ChartSize): Scene {
  const { view, rows } = chart;
  const { context } = view;
  const narrow = isNarrow(size);
  const axis = toTimeAxis(context.frame, size);
  const legend = layoutLegendRows(chart.legend, { x: 0, top: 2, width: size.width });
  const orderY = legend.height + 16;
  const top = orderY + (narrow ? 6 : 10);
  const { row } = stripCell(size);
  const bottom = round(top + rows.length * row + 2);
  const notesTop = bottom + TIME_AXIS_HEIGHT + 2;
  const notes = layoutTimeNotes(context, notesTop, size);
  const grey = incompleteNotes(context).length > 0;
  return {
    width: size.width,
    height: round(notesTop + (grey ? notes.height + 4 : 0)),
    title: view.title,
    desc: view.desc,
    rows: rows.length,
    children: [
      legend.node,
      { type: 'text', key: 'order', class: 'unit', x: 0, y: orderY, text: chart.order },
      {
        type: 'g',
        key: 'rows',
        class: 'marks',
        children: rows.map((entry, index) =>
          layoutRow(entry, round(top + index * row), axis, size),
        ),
      },
      layoutTimeAxis(axis, bottom, size),
      notes.node,
    ],
  };
}

/** Cells of one look in one path: fewer bytes than a node per cell, and rows keep their identity. */
function layoutRow(entry: StripRow, y: number, axis: TimeAxis, size: ChartSize): SceneNode {
  const { top: cellTop, height: cellHeight } = stripCell(size);
  const looks = new Map<string, { readonly look: CellLook; d: string }>();
  const marks: Record<'change' | 'confirmed', string> = { change: '', confirmed: '' };
  for (const { start, end, look, mark } of entry.cells) {
    const { x, width } = toBar(axis, { start, end });
    const known = looks.get(look.class) ?? { look, d: '' };
    known.d += `M${x} ${cellTop}h${width}v${cellHeight}h${round(-width)}z`;
    looks.set(look.class, known);
    const middle = round(x + width / 2);
    if (mark === 'change') marks.change += `M${round(middle - 4)} ${cellTop}h8l-4 6z`;
    if (mark === 'confirmed') {
      const center = cellTop + Math.floor(cellHeight / 2);
      marks.confirmed += `M${round(middle - 2.5)} ${center}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z`;
    }
  }
  return {
    type: 'g',
    key: entry.key,
    data: { row: entry.key },
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
      ...[...looks.values()].map(({ look, d }): SceneNode => ({
        type: 'path',
        key: look.class,
        class: look.class,
        ...(look.pattern === undefined ? {} : { pattern: look.pattern }),
        d,
      })),
      ...(['change', 'confirmed'] as const).flatMap((mark): SceneNode[] =>
        marks[mark] === ''
          ? []
          : [{ type: 'path', key: `mark ${mark}`, class: `mark-${mark}`, d: marks[mark] }],
      ),
      ...layoutLabels(entry, axis, size),
      ...layoutCellTargets(entry, axis, cellTop, cellHeight),
    ],
  };
}

/** Unseen boxes over the cells that carry numbers. */
function layoutCellTargets(
  { cells }: StripRow,
  axis: TimeAxis,
  top: number,
  height: number,
): readonly SceneNode[] {
  const children = cells.flatMap(({ start, end, data }): SceneNode[] => {
    if (data === undefined) return [];
    const { x, width } = toBar(axis, { start, end });
    return [{ type: 'rect', key: start, data, x, y: top, width, height }];
  });
  return children.length === 0 ? [] : [{ type: 'g', key: 'targets', class: 'targets', children }];
}

/** After the row where there is room, above it on a phone. */
function layoutLabels(
  { label, name }: StripRow,
  axis: TimeAxis,
  size: ChartSize,
): readonly SceneNode[] {
  const narrow = isNarrow(size);
  const x = narrow ? axis.left : axis.right + 10;
  const y = narrow ? 12 : 14;
  const font = narrow ? SMALL_SIZE : LABEL_SIZE;
  const room = size.width - x;
  const text = fitText(label, room, LABEL_SIZE + 0.5);
  const used = textWidth(text, LABEL_SIZE) + 7;
  return [
    { type: 'text', key: 'label', class: 'label', x, y, text },
    ...(name === null || room - used < 24
      ? []
      : [
          {
            type: 'text' as const,
            key: 'name',
            class: 'value',
            x: round(x + used),
            y,
            text: fitText(name, room - used, font + 0.5),
          },
        ]),
  ];
}

/** The last two entries of every such legend: too few, and not tested. */
export function emptyLegend(few: string): readonly LegendItem[] {
  return [
    { key: 'few', label: few, class: 'too-few', pattern: 'few' },
    { key: 'none', label: translate('strip.not_tested'), class: 'not-tested' },
  ];
}
