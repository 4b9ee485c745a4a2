/** What a reader chose in a drawing: series taken out of it, ticked periods and cells marked in it. */
import { daysBetween, toDay, type Day } from '../../data-build/contract/brands.ts';
import { nextPeriod, type TimeFrame } from '../view/time-frame.ts';
import { group, rect } from './marks/shapes.ts';
import { toTimeAxis } from './marks/time-axis.ts';
import type { Scene, SceneNode } from './scene.ts';
import type { ChartSize } from './size.ts';
import { stripAxis, stripCell } from './strip-chart.ts';

const LOOK = { class: 'chosen' };

/** The legend still names what is left out. */
export function hideSeries(scene: Scene, hidden: ReadonlySet<string>): Scene {
  if (hidden.size === 0) return scene;
  const isHidden = ({ data }: SceneNode): boolean => hidden.has(String(data?.['series'] ?? ''));
  const keep = (nodes: readonly SceneNode[]): readonly SceneNode[] =>
    nodes.flatMap((node): readonly SceneNode[] => {
      if (!('children' in node)) return isHidden(node) ? [] : [node];
      if (node.class === 'legend') {
        const children = node.children.map((entry) =>
          isHidden(entry) ? { ...entry, class: 'off' } : entry,
        );
        return [{ ...node, children }];
      }
      return isHidden(node) ? [] : [{ ...node, children: keep(node.children) }];
    });
  return { ...scene, children: keep(scene.children) };
}

/** Marks ticked rows that are periods in the plot. `keys` are those of all rows. */
export function markPeriods(
  scene: Scene,
  size: ChartSize,
  frame: TimeFrame,
  ticked: ReadonlySet<string>,
  keys: readonly string[],
): Scene {
  const plot = findPlot(scene.children);
  if (plot === null) return scene;
  const [top = 0, bottom = 0] = plot.split(' ').map(Number);
  const axis = toTimeAxis(frame, size);
  const grain = grainOf(daysOf(keys)) ?? frame.grain;
  const marks = daysOf([...ticked]).map((start) => {
    const { x, width } = axis.slot({ start, end: nextPeriod(start, grain) });
    return rect(start, [x, top, width, bottom - top], LOOK);
  });
  return { ...scene, children: [...scene.children, group('chosen', marks, LOOK)] };
}

/** Outlines ticked cells in the rows that hold them. */
export function markCells(
  scene: Scene,
  size: ChartSize,
  frame: TimeFrame,
  ticked: ReadonlySet<string>,
): Scene {
  const axis = stripAxis(frame, size);
  const { top, height } = stripCell(size);
  const markRow = (row: SceneNode): SceneNode => {
    if (row.type !== 'g' || row.data?.['row'] === undefined) return row;
    const own = [...ticked].filter((key) => key.startsWith(`${String(row.data?.['row'])} `));
    const marks = own.flatMap((key) => {
      const start = toDay(key.split(' ')[1] ?? '');
      if (start === null) return [];
      const { x, width } = axis.slot({ start, end: nextPeriod(start, frame.grain) });
      return [rect(`chosen ${start}`, [x, top, width, height], LOOK)];
    });
    return { ...row, children: [...row.children, ...marks] };
  };
  return {
    ...scene,
    // How many are drawn, and in which order, is said under the chart meanwhile.
    children: scene.children.flatMap((node) =>
      node.key === 'order'
        ? []
        : node.key === 'rows' && node.type === 'g'
          ? [{ ...node, children: node.children.map(markRow) }]
          : [node],
    ),
  };
}

function findPlot(nodes: readonly SceneNode[]): string | null {
  for (const node of nodes) {
    const own = node.data?.['plot'];
    if (own !== undefined) return String(own);
    const inside = 'children' in node ? findPlot(node.children) : null;
    if (inside !== null) return inside;
  }
  return null;
}

function daysOf(keys: readonly string[]): readonly Day[] {
  return keys.flatMap((key) => toDay(key) ?? []).sort();
}

/** The step of the rows, which may be finer than that of the axis: speed by the day over months. */
function grainOf(days: readonly Day[]): TimeFrame['grain'] | null {
  const steps = days.slice(1).map((day, index) => daysBetween(days[index] ?? day, day));
  const step = Math.min(...steps.filter((length) => length > 0));
  if (!Number.isFinite(step)) return null;
  return step >= 28 ? 'month' : step >= 7 ? 'week' : 'day';
}
