/** Rows of bars, each with its name and its number in words, in groups or not: the frame of all charts off the axis of time. */
import { translate } from '../i18n/translate.ts';
import { formatCount } from '../view/format.ts';
import type { Rate } from '../view/rate.ts';
import { columnAxis, type AxisMaker, type ValueAxis } from './marks/axis.ts';
import { fitText, textWidth } from './marks/label.ts';
import { layoutLegendRows, type LegendItem } from './marks/legend.ts';
import { FEW } from './marks/look.ts';
import { d, group, path, rect, text, type Look } from './marks/shapes.ts';
import type { Scene, SceneData, SceneNode } from './scene.ts';
import { isNarrow, LABEL_SIZE, LEAST_ROWS, type ChartSize } from './size.ts';
import type { DrawnView } from './time-chart.ts';
import { isolate } from '../../data-build/words/isolate.ts';

export interface BarRow {
  readonly key: string;
  readonly data: SceneData;
  readonly label: string;
  /** The number in words, or why there is none. */
  readonly text: string;
  /** Hatched from end to end: too few tests. Nothing: not tested. Else its parts, from their value to their value. */
  readonly bar: 'few' | 'none' | readonly BarPart[];
  /** A share has a ground up to 100 %, and what the counts allow. */
  readonly rate: Rate | null;
}

export interface BarPart {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly look: Look;
}

export interface BarChart {
  readonly view: DrawnView;
  /** Groups in the order of the page; without a name where there is but one. */
  readonly groups: readonly {
    readonly key: string;
    readonly label: string | null;
    readonly rows: readonly BarRow[];
  }[];
  readonly value: AxisMaker;
  readonly legend: readonly LegendItem[];
  /** What the bars count, in words above them; null: the legend says it. */
  readonly unit: string | null;
  /** The least pixels for names beside the bars, and for numbers behind them; left out: as many as they ask for. */
  readonly room?: { readonly names: number; readonly numbers: number };
  /** Rows in all, where not all are drawn. */
  readonly total?: number;
  /** Words where there is not one row. */
  readonly empty?: string;
}

const BAR_HEIGHT = 12;
const ROW_HEIGHT = { wide: 24, narrow: 40, low: 33 } as const;
const GROUP_HEIGHT = { wide: 30, narrow: 26 } as const;
/** What the line under the bars adds that says how many there are. */
const MORE_HEIGHT = 20;
/** Pixels between the edge of a chart and its names, and between them and the bars. */
const BESIDE_NAMES = 24;

/** Bars drawn at most; the table has them all. */
export function mostBars(size: ChartSize): number {
  return isNarrow(size) ? 25 : 40;
}

interface Room {
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly narrow: boolean;
  readonly value: ValueAxis;
}

export function layoutBarChart(chart: BarChart, size: ChartSize): Scene {
  const { view, unit, empty } = chart;
  const { width } = size;
  const narrow = isNarrow(size);
  const groups = keepRows(chart.groups, size);
  const rows = groups.flatMap((each) => each.rows);
  const total = chart.total ?? chart.groups.reduce((sum, each) => sum + each.rows.length, 0);
  const room = toRoom(chart, rows, size);
  const legend = layoutLegendRows(chart.legend, { x: 0, top: 2, width });
  const top = legend.height + (unit === null ? 24 : 40);
  let y = top;
  const body: SceneNode[] = [];
  for (const { key, label, rows: own } of groups) {
    if (label !== null) {
      const height = narrow ? GROUP_HEIGHT.narrow : GROUP_HEIGHT.wide;
      const words = fitText(label, width, LABEL_SIZE + 1);
      body.push(text(`group ${key}`, words, 0, y + height - 10, { class: 'group' }));
      y += height;
    }
    for (const row of own) {
      body.push(layoutRow(row, y, room));
      y += rowHeight(size);
    }
  }
  const missing = rows.length === 0 ? (empty ?? null) : null;
  if (missing !== null) y += 20;
  // A card has no room for what is not on it.
  const left = size.low === true ? 0 : total - rows.length;
  const more = translate('explore.note.bars', {
    shown: formatCount(rows.length),
    total: formatCount(total),
  });
  return {
    width,
    height: y + (left > 0 ? 26 : 6),
    title: view.title,
    desc: view.desc,
    rows: rows.length,
    children: [
      ...(chart.legend.length === 0 ? [] : [legend.node]),
      ...(unit === null ? [] : [text('unit', unit, 0, top - 28, { class: 'unit' })]),
      columnAxis(room.value, { top, bottom: y, labels: top - 6 }, width),
      group('rows', body, { class: 'marks' }),
      ...(missing === null
        ? []
        : [text('empty', fitText(missing, width, LABEL_SIZE), 0, top + 16, { class: 'value' })]),
      ...(left > 0 ? [text('more', more, 0, y + 18, { class: 'unit' })] : []),
    ],
  };
}

/** Where there is no room for all, those that say most: the longest bars, and of them the groups that they are in. */
function keepRows(groups: BarChart['groups'], size: ChartSize): BarChart['groups'] {
  const { less = 0, low } = size;
  if (less === 0) return groups;
  if (low === true && groups.length > 1)
    return keepRows([{ key: 'all', label: null, rows: groups.flatMap(({ rows }) => rows) }], size);
  const side = isNarrow(size) ? 'narrow' : 'wide';
  const ranked = groups.flatMap(({ rows }) => rows).toSorted((a, b) => reachOf(b) - reachOf(a));
  const keep = (count: number): BarChart['groups'] => {
    const kept = new Set(ranked.slice(0, count));
    return groups
      .map((each) => ({ ...each, rows: each.rows.filter((row) => kept.has(row)) }))
      .filter(({ rows }) => rows.length > 0);
  };
  const heightOf = (some: BarChart['groups']): number =>
    some.reduce(
      (sum, { label, rows }) =>
        sum + (label === null ? 0 : GROUP_HEIGHT[side]) + rows.length * rowHeight(size),
      0,
    );
  // The line that says how many there are takes room as well.
  const room = heightOf(groups) - less - (low === true ? 0 : MORE_HEIGHT);
  let count = ranked.length;
  while (count > LEAST_ROWS && heightOf(keep(count)) > room) count--;
  return keep(count);
}

function rowHeight(size: ChartSize): number {
  if (!isNarrow(size)) return ROW_HEIGHT.wide;
  return size.low === true ? ROW_HEIGHT.low : ROW_HEIGHT.narrow;
}

function reachOf({ bar }: BarRow): number {
  if (bar === 'none') return -2;
  return bar === 'few' ? -1 : Math.max(0, ...bar.map(({ to }) => to));
}

/** Names before the bars and numbers behind them; on a phone both above. */
function toRoom({ room, value }: BarChart, rows: readonly BarRow[], { width }: ChartSize): Room {
  const widest = (texts: readonly string[]): number =>
    Math.max(0, ...texts.map((words) => textWidth(words, LABEL_SIZE) * 1.04));
  if (isNarrow({ width }))
    return { left: 2, right: width - 12, width, narrow: true, value: value(2, width - 12) };
  // As wide as the names ask for, so that none is cut, but the bars keep most of the room.
  const names = Math.ceil(widest(rows.map(({ label }) => label))) + 26;
  const isCut = (left: number): boolean =>
    rows.some(({ label }) => textWidth(label, LABEL_SIZE) > left - BESIDE_NAMES);
  const left =
    room === undefined || isCut(room.names) ? Math.min(290, Math.max(110, names)) : room.names;
  const numbers = Math.ceil(widest(rows.map((row) => row.text))) + 16;
  const right = width - Math.max(room?.numbers ?? 0, numbers);
  return { left, right, width, narrow: false, value: value(left, right) };
}

function layoutRow(row: BarRow, y: number, room: Room): SceneNode {
  const { narrow, left, right, width } = room;
  const labelY = y + (narrow ? 14 : 16);
  const names = narrow ? width - textWidth(row.text, LABEL_SIZE) * 1.04 - 16 : left - BESIDE_NAMES;
  return group(
    row.key,
    [
      text(
        'label',
        isolate(fitText(row.label, names, LABEL_SIZE)),
        narrow ? 0 : left - 10,
        labelY,
        {
          class: 'label',
          anchor: narrow ? 'start' : 'end',
        },
      ),
      text('value', row.text, narrow ? width : right + 10, labelY, {
        class: typeof row.bar === 'string' ? 'value' : 'label',
        anchor: narrow ? 'end' : 'start',
      }),
      ...layoutBar(row, y + (narrow ? 20 : 6), room),
    ],
    { data: row.data },
  );
}

function layoutBar(
  { bar, rate }: BarRow,
  y: number,
  { left, right, value }: Room,
): readonly SceneNode[] {
  const track = (look: Look): SceneNode => rect('track', [left, y, right - left, BAR_HEIGHT], look);
  if (bar === 'few') return [track(FEW)];
  if (bar === 'none') return [];
  return [
    ...(rate === null ? [] : [track({ class: 'track' })]),
    ...bar.flatMap(({ key, from, to, look }) => {
      const [start, end] = [value.at(from), value.at(to)];
      return end > start ? [rect(key, [start, y, end - start, BAR_HEIGHT], look)] : [];
    }),
    ...(rate?.kind === 'rate' ? interval(value.at(rate.lower), value.at(rate.upper), y) : []),
  ];
}

/** What the counts allow, on a halo so that it is seen on any fill. */
function interval(lower: number, upper: number, y: number): readonly SceneNode[] {
  const middle = y + BAR_HEIGHT / 2;
  const whole = d`M${lower} ${middle}H${upper}`;
  const ends = d`M${lower} ${middle - 3}v6M${upper} ${middle - 3}v6`;
  return [
    path('interval-halo', whole, { class: 'interval-halo' }),
    path('interval', whole + ends, { class: 'interval-ends' }),
  ];
}
