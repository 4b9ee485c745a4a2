/** A place in one line: every app, tool and kind of website with what tests of it showed. */
import { translate } from '../../i18n/translate.ts';
import { formatFrame, type ChartWords, type ViewContext } from '../../view/context.ts';
import { STANDINGS, type Standing } from '../../view/evidence.ts';
import { formatCount, formatItems } from '../../view/format.ts';
import { rateCells, rateColumns } from '../../view/rate.ts';
import type { TableModel } from '../../view/table.ts';
import {
  countLevels,
  formatLineLevel,
  LINE_LEVELS,
  type LineCell,
  type LineGroup,
} from './levels.ts';

export interface PlaceLineView extends ChartWords {
  readonly chart: 'place-line';
  readonly context: ViewContext;
  readonly groups: readonly LineGroup[];
}

/** Cells of a share that nobody can know. */
const UNKNOWN = Array.from({ length: 4 }, () => ({ text: '', sort: null }));

/** Names that are spelled out; the others are counted. */
const NAMED = 6;

export function toPlaceLine(groups: readonly LineGroup[], context: ViewContext): PlaceLineView {
  const cells = groups.flatMap((group) => group.cells);
  const levels = countLevels(groups);
  const title = translate('place_line.title', {
    place: context.place ?? '',
    total: cells.length,
    ...levels,
    has_unnamed: levels.unnamed > 0 ? 'yes' : 'no',
    range: formatFrame(context),
  });
  const notes = [
    ...STANDINGS.flatMap((level) => nameCells(cells, level)),
    translate('place_line.note'),
    ...(groups.some(({ key }) => key === 'websites') ? [] : [translate('place_line.no_websites')]),
  ];
  return {
    chart: 'place-line',
    context,
    groups,
    title,
    subtitle: translate('place_line.subtitle'),
    desc: [title, ...notes].join(' '),
    notes,
    table: toTable(title, groups, notes),
  };
}

function nameCells(cells: readonly LineCell[], level: Standing): readonly string[] {
  const found = cells.filter((cell) => cell.level === level).map(({ label }) => label);
  if (found.length === 0) return [];
  const more = found.length - NAMED;
  const names =
    more > 1
      ? [...found.slice(0, NAMED), translate('blind.more', { n: formatCount(more) })]
      : found;
  return [
    translate('place_line.named', { level: formatLineLevel(level), list: formatItems(names) }),
  ];
}

function toTable(
  caption: string,
  groups: readonly LineGroup[],
  caveats: readonly string[],
): TableModel {
  return {
    caption,
    caveats,
    columns: [
      { key: 'name', label: translate('affected.column.name'), numeric: false },
      { key: 'group', label: translate('place_line.group'), numeric: false },
      { key: 'level', label: translate('affected.column.status'), numeric: false },
      ...rateColumns(),
      { key: 'confirmed', label: translate('ranked.confirmed'), numeric: true },
    ],
    rows: groups.flatMap((group) =>
      group.cells.map(({ key, label, level, rate, confirmed }) => ({
        key,
        cells: [
          { text: label, sort: label },
          { text: group.label, sort: group.label },
          { text: formatLineLevel(level), sort: LINE_LEVELS.indexOf(level) },
          ...(level === 'unnamed' ? UNKNOWN : rateCells(rate)),
          { text: formatCount(confirmed), sort: confirmed },
        ],
      })),
    ),
  };
}
