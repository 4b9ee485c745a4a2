/** Labels in words beside the marks they name: in a column at the end of a wide chart, in rows above a narrow one. */
import { round } from './round.ts';
import type { PatternName, SceneData, SceneNode } from './scene.ts';
import { LABEL_SIZE, LINE_HEIGHT } from './size.ts';
import { textWidth, wrapText } from './text-width.ts';

export interface LegendItem {
  readonly key: string;
  readonly label: string;
  /** A second line in muted ink: a count or a share. */
  readonly value?: string;
  readonly class: string;
  readonly pattern?: PatternName;
  readonly shape?: 'square' | 'line' | 'ring' | 'triangle';
  /** Whether it names a series that a reader can take out: marks that carry the key as `data-series`. */
  readonly series?: boolean;
}

const SWATCH = 12;
const GAP = 6;

function itemText({ label, value }: LegendItem): string {
  return value === undefined ? label : `${label} ${value}`;
}

/** What a page needs to offer the series as a button. */
function seriesData({ key, label, series }: LegendItem): { readonly data?: SceneData } {
  return series === true ? { data: { series: key, name: label } } : {};
}

function swatch(item: LegendItem, x: number, y: number): SceneNode {
  const look = {
    key: 'swatch',
    class: item.class,
    ...(item.pattern === undefined ? {} : { pattern: item.pattern }),
  };
  if (item.shape === 'line') {
    return { ...look, type: 'path', d: `M${round(x)} ${round(y + 6)}h${SWATCH}` };
  }
  if (item.shape === 'triangle') {
    return { ...look, type: 'path', d: `M${round(x + 2)} ${round(y + 3)}h8l-4 6z` };
  }
  if (item.shape === 'ring') {
    return { ...look, type: 'circle', cx: round(x + 6), cy: round(y + 6), r: 4 };
  }
  return { ...look, type: 'rect', x: round(x), y: round(y), width: SWATCH, height: SWATCH };
}

/** More items than this stand on one line each, value and all. */
const SPACIOUS = 6;

/** A column from `top` down; long labels wrap. */
export function layoutLegendColumn(
  items: readonly LegendItem[],
  at: { readonly x: number; readonly top: number; readonly width: number },
): SceneNode {
  let y = at.top;
  const compact = items.length > SPACIOUS;
  const children = items.map((item): SceneNode => {
    const lines = compact
      ? [{ text: itemText(item), class: 'label' }]
      : [
          ...wrapText(item.label, at.width - SWATCH - GAP, LABEL_SIZE).map((text) => ({
            text,
            class: 'label',
          })),
          ...(item.value === undefined ? [] : [{ text: item.value, class: 'value' }]),
        ];
    const node: SceneNode = {
      type: 'g',
      key: item.key,
      ...seriesData(item),
      children: [
        swatch(item, at.x, y),
        ...lines.map((line, index): SceneNode => ({
          type: 'text',
          key: `line ${index}`,
          class: line.class,
          x: at.x + SWATCH + GAP,
          y: y + 10 + index * LINE_HEIGHT,
          text: line.text,
        })),
      ],
    };
    y += lines.length * LINE_HEIGHT + (compact ? 2 : 6);
    return node;
  });
  return { type: 'g', key: 'legend', class: 'legend', children };
}

/** Rows from `top` down, as many items to a row as fit; `height` is what they take. */
export function layoutLegendRows(
  items: readonly LegendItem[],
  at: { readonly x: number; readonly top: number; readonly width: number },
): { readonly node: SceneNode; readonly height: number } {
  let x = at.x;
  let y = at.top;
  const children = items.map((item): SceneNode => {
    const text = itemText(item);
    const width = SWATCH + GAP + textWidth(text, LABEL_SIZE) * 1.04;
    if (x > at.x && x + width > at.x + at.width) {
      x = at.x;
      y += LINE_HEIGHT + 2;
    }
    const node: SceneNode = {
      type: 'g',
      key: item.key,
      ...seriesData(item),
      children: [
        swatch(item, x, y),
        { type: 'text', key: 'label', class: 'label', x: round(x + SWATCH + GAP), y: y + 10, text },
      ],
    };
    x += width + 14;
    return node;
  });
  const height = items.length === 0 ? 0 : y + LINE_HEIGHT + 2 - at.top;
  return { node: { type: 'g', key: 'legend', class: 'legend', children }, height };
}
