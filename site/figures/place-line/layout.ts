/** One row of cells, apps, tools and websites apart from each other, with the name of each group above. */
import { formatRate } from '../../view/rate.ts';
import { formatItems } from '../../view/format.ts';
import { fitText } from '../../charts/marks/label.ts';
import { layoutLegendRows } from '../../charts/marks/legend.ts';
import { FEW, outcomeLook, type Fill } from '../../charts/marks/look.ts';
import { d, group, path, rect, text } from '../../charts/marks/shapes.ts';
import type { Scene, SceneNode } from '../../charts/scene.ts';
import { LABEL_SIZE, type ChartSize } from '../../charts/size.ts';
import {
  countLevels,
  formatLineLevel,
  LINE_LEVELS,
  type LineGroup,
  type LineLevel,
} from './levels.ts';
import type { PlaceLineView } from './view.ts';

const HEIGHT = 22;
/** Between groups, and between cells, as parts of a cell. */
const APART = 0.8;

const LOOKS: Readonly<Record<LineLevel, Fill>> = {
  confirmed: outcomeLook('confirmed'),
  signs: outcomeLook('anomaly'),
  some: { class: 'level-weak' },
  none: outcomeLook('ok'),
  few: FEW,
  not_tested: { class: 'not-tested' },
  unnamed: { class: 'not-tested' },
};

export function layoutPlaceLine(view: PlaceLineView, size: ChartSize): Scene {
  const { groups } = view;
  const legend = layoutLegendRows(
    shownLevels(groups).map((level) => ({
      key: level,
      label: formatLineLevel(level),
      ...LOOKS[level],
    })),
    { x: 0, top: 2, width: size.width },
  );
  const top = legend.height + 26;
  const count = groups.reduce((sum, { cells }) => sum + cells.length, 0);
  const step = (size.width - 1) / (count + APART * (groups.length - 1));
  let x = 0.5;
  const drawn = groups.map((each, index) => {
    const room = (each.cells.length + APART) * step - 6;
    const wide = index === groups.length - 1 ? size.width - x : room;
    const node = group(each.key, drawGroup(each, { x, step, top, wide }));
    x += (each.cells.length + APART) * step;
    return node;
  });
  return {
    width: size.width,
    height: top + HEIGHT + 4,
    title: view.title,
    desc: view.desc,
    rows: count,
    children: [legend.node, group('rows', drawn, { class: 'marks' })],
  };
}

/** Of a place whose counts name all websites, no cell is unnamed. */
function shownLevels(groups: readonly LineGroup[]): readonly LineLevel[] {
  const { unnamed } = countLevels(groups);
  return LINE_LEVELS.filter((level) => level !== 'unnamed' || unnamed > 0);
}

interface Room {
  readonly x: number;
  readonly step: number;
  readonly top: number;
  readonly wide: number;
}

/** Cells of one look in one path, which is fewer nodes; unseen boxes over them say what they are. */
function drawGroup(
  { label, cells }: LineGroup,
  { x, step, top, wide }: Room,
): readonly SceneNode[] {
  const width = Math.max(2, step - (step > 12 ? 2 : 1));
  const paths = new Map<LineLevel, string>();
  const targets = cells.map((cell, index) => {
    const left = x + index * step;
    const before = paths.get(cell.level) ?? '';
    paths.set(cell.level, before + d`M${left} ${top}h${width}v${HEIGHT}h${-width}z`);
    const said =
      cell.level === 'unnamed'
        ? formatLineLevel(cell.level)
        : formatItems([formatLineLevel(cell.level), formatRate(cell.rate)]);
    return rect(cell.key, [left, top, width, HEIGHT], {
      data: { key: cell.key, label: cell.label, said },
    });
  });
  return [
    text('label', fitText(label, wide, LABEL_SIZE), x, top - 8, { class: 'label' }),
    ...LINE_LEVELS.flatMap((level) => {
      const shape = paths.get(level);
      return shape === undefined ? [] : [path(level, shape, LOOKS[level])];
    }),
    group('targets', targets, { class: 'targets' }),
  ];
}
