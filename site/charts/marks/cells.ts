/** A row of cells over time: cells of one look in one path, which is fewer bytes than a node for each. */
import type { SceneData, SceneNode } from '../scene.ts';
import { toBar } from './bars.ts';
import type { Fill } from './look.ts';
import { d, group, line, path, rect } from './shapes.ts';
import type { Slot, TimeAxis } from './time-axis.ts';

export interface Cell extends Slot {
  readonly look: Fill;
  /** A small mark in the cell: a triangle for a change, a dot for what is confirmed. */
  readonly mark?: 'change' | 'confirmed' | null;
  /** Numbers to read out; cells without any are not pointed at one by one. */
  readonly data?: SceneData;
}

/** Looks without an outline: cells of them that touch are one shape. */
const TOUCHING = 'heat-';

interface Run {
  readonly x: number;
  width: number;
}

const MARKS = ['change', 'confirmed'] as const;

/** Where the cells of a row stand, from its top, and the height of the row. */
export interface CellRow {
  readonly top: number;
  readonly height: number;
  readonly row: number;
}

export function cells(
  given: readonly Cell[],
  axis: TimeAxis,
  { top, height }: CellRow,
): readonly SceneNode[] {
  const looks = new Map<string, { readonly look: Fill; readonly runs: Run[] }>();
  const marks = { change: '', confirmed: '' };
  const targets: SceneNode[] = [];
  for (const { start, end, look, mark, data } of given) {
    const { x, width, middle } = toBar(axis, { start, end });
    const known = looks.get(look.class) ?? { look, runs: [] };
    looks.set(look.class, known);
    const last = known.runs.at(-1);
    if (
      last !== undefined &&
      look.class.startsWith(TOUCHING) &&
      Math.abs(last.x + last.width - x) < 0.01
    )
      last.width += width;
    else known.runs.push({ x, width });
    if (mark === 'change') marks.change += d`M${middle - 4} ${top}h8l-4 6z`;
    if (mark === 'confirmed')
      marks.confirmed += d`M${middle - 2.5} ${top + Math.floor(height / 2)}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z`;
    if (data !== undefined) targets.push(rect(start, [x, top, width, height], { data }));
  }
  const rule = top + height + 1;
  return [
    line('rule', [axis.left, rule], [axis.right, rule], { class: 'row-rule' }),
    ...[...looks.values()]
      .sort((a, b) => (a.look.class < b.look.class ? -1 : 1))
      .map(({ look, runs }) =>
        path(
          look.class,
          runs.map(({ x, width }) => d`M${x} ${top}h${width}v${height}h${-width}z`).join(''),
          look,
        ),
      ),
    ...MARKS.filter((mark) => marks[mark] !== '').map((mark) =>
      path(`mark ${mark}`, marks[mark], { class: `mark-${mark}` }),
    ),
    // Unseen boxes over the cells that carry numbers.
    ...(targets.length === 0 ? [] : [group('targets', targets, { class: 'targets' })]),
  ];
}
