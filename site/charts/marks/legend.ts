/** Labels in words beside the marks they name: in a column at the end of a wide chart, in rows above a narrow one. */
import { translate } from '../../i18n/translate.ts';
import type { SceneNode } from '../scene.ts';
import { LABEL_SIZE, LINE_HEIGHT } from '../size.ts';
import { textWidth, wrapText } from './label.ts';
import { FEW, type Fill } from './look.ts';
import { circle, d, group, path, rect, text } from './shapes.ts';

export interface LegendItem extends Omit<Fill, 'data'> {
  readonly key: string;
  readonly label: string;
  /** A second line in muted ink: a count or a share. */
  readonly value?: string;
  readonly shape?: 'square' | 'line' | 'ring' | 'triangle';
  /** Whether it names a series that a reader can take out: marks that carry the key as `data-series`. */
  readonly series?: boolean;
}

/** The entry for hatched marks, where there are any. */
export function fewItem(some: boolean): readonly LegendItem[] {
  return some ? [{ key: 'few', label: translate('chart.rate.too_few'), ...FEW }] : [];
}

const SWATCH = 12;
const GAP = 6;
/** More items than this stand on one line each, value and all. */
const SPACIOUS = 6;

function itemText({ label, value }: LegendItem): string {
  return value === undefined ? label : `${label} ${value}`;
}

/** What it names, and what a page needs to offer the series as a button. */
function entry(item: LegendItem, x: number, y: number, words: readonly SceneNode[]): SceneNode {
  const { key, label, series } = item;
  const data = series === true ? { data: { series: key, name: label } } : {};
  return group(key, [swatch(item, x, y), ...words], data);
}

function swatch(
  { shape = 'square', class: name, pattern }: LegendItem,
  x: number,
  y: number,
): SceneNode {
  const look = { class: name, ...(pattern === undefined ? {} : { pattern }) };
  switch (shape) {
    case 'line':
      return path('swatch', d`M${x} ${y + 6}h${SWATCH}`, look);
    case 'triangle':
      return path('swatch', d`M${x + 2} ${y + 3}h8l-4 6z`, look);
    case 'ring':
      return circle('swatch', x + 6, y + 6, 4, look);
    case 'square':
      return rect('swatch', [x, y, SWATCH, SWATCH], look);
  }
}

/** A column from `top` down; long labels wrap. */
export function layoutLegendColumn(
  items: readonly LegendItem[],
  at: { readonly x: number; readonly top: number; readonly width: number },
): SceneNode {
  let y = at.top;
  const x = at.x + SWATCH + GAP;
  const compact = items.length > SPACIOUS;
  const entries = items.map((item): SceneNode => {
    const label = wrapText(item.label, at.width - SWATCH - GAP, LABEL_SIZE);
    const texts = compact
      ? [itemText(item)]
      : item.value === undefined
        ? label
        : [...label, item.value];
    const words = texts.map((line, index) =>
      text(`line ${index}`, line, x, y + 10 + index * LINE_HEIGHT, {
        class: compact || index < label.length ? 'label' : 'value',
      }),
    );
    const node = entry(item, at.x, y, words);
    y += texts.length * LINE_HEIGHT + (compact ? 2 : 6);
    return node;
  });
  return group('legend', entries, { class: 'legend' });
}

/** Rows from `top` down, as many items to a row as fit; `height` is what they take. */
export function layoutLegendRows(
  items: readonly LegendItem[],
  at: { readonly x: number; readonly top: number; readonly width: number },
): { readonly node: SceneNode; readonly height: number } {
  let { x, top: y } = at;
  const entries = items.map((item): SceneNode => {
    const words = itemText(item);
    const width = SWATCH + GAP + textWidth(words, LABEL_SIZE) * 1.04;
    if (x > at.x && x + width > at.x + at.width) {
      x = at.x;
      y += LINE_HEIGHT + 2;
    }
    const label = text('label', words, x + SWATCH + GAP, y + 10, { class: 'label' });
    const node = entry(item, x, y, [label]);
    x += width + 14;
    return node;
  });
  const height = items.length === 0 ? 0 : y + LINE_HEIGHT + 2 - at.top;
  return { node: group('legend', entries, { class: 'legend' }), height };
}
