/** Contradictions of the world map: between its legend, its table, and what a level means. */
import { numberOf } from './count.ts';
import type { ReadFigure } from './read-page.ts';
import type { Rule } from './rule.ts';

function column({ columns, rows }: ReadFigure, name: string): readonly string[] {
  const at = columns.indexOf(name);
  return rows.map((row) => (at < 0 ? '' : (row[at] ?? '')));
}

/** Places by level, without those that the table leaves out. */
function legendFaults(figure: ReadFigure): readonly string[] {
  const levels = column(figure, 'evidence');
  return figure.legend.flatMap(({ label, count }) => {
    const listed = levels.filter((level) => level === label).length;
    const fits = figure.isPart || label === 'not tested' ? count >= listed : count === listed;
    return fits || levels.every((level) => level === '')
      ? []
      : [`${label}: ${count} in the legend, ${listed} in the table`];
  });
}

function levelFaults(figure: ReadFigure): readonly string[] {
  const [levels, networks, confirmed, signs] = [
    column(figure, 'evidence'),
    column(figure, 'networks'),
    column(figure, 'confirmed'),
    column(figure, 'share with signs'),
  ];
  return levels.flatMap((level, index) => {
    const place = `${figure.rows[index]?.[0] ?? ''}: ${level}`;
    const share = Number(/^([\d.]+)%/.exec(signs[index] ?? '')?.[1] ?? '0');
    if (level === 'strong signs' && !(numberOf(networks[index]) >= 2))
      return [`${place}, networks ${networks[index] ?? ''}`];
    if (level.startsWith('confirmed') && numberOf(confirmed[index]) < 3)
      return [`${place}, ${confirmed[index] ?? ''} confirmed`];
    if (level === 'confirmed' && share < 10) return [`${place}, ${signs[index] ?? ''}`];
    return [];
  });
}

const isWorld = ({ chart }: ReadFigure): boolean => chart === 'world';

export const MAP_RULES: readonly Rule[] = [
  {
    id: 'map_legend',
    about: 'The legend of the map counts other places than its table lists.',
    find: ({ figures }) => figures.filter(isWorld).flatMap(legendFaults),
  },
  {
    id: 'map_level',
    about: 'A place of the map is strong on one network, or confirmed by next to nothing.',
    find: ({ figures }) => figures.filter(isWorld).flatMap(levelFaults),
  },
];
