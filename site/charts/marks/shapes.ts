/** Nodes of a Scene in few words. Numbers are rounded here, once, to two decimals and never to minus zero. */
import type { PatternName, SceneData, SceneNode, TextNode } from '../scene.ts';

/** Fill by meaning, as classes or a texture, and what a mark says when it is pointed at. */
export interface Look {
  readonly class?: string;
  /** Where a texture goes with a class, the class sets no fill. */
  readonly pattern?: PatternName;
  readonly data?: SceneData;
}

export type TextLook = Look & Pick<TextNode, 'anchor'>;

export function round(value: number): number {
  return Math.round(value * 100) / 100 + 0;
}

/** Path text whose numbers are rounded: d`M${x} ${y}h8`. */
export function d(texts: TemplateStringsArray, ...numbers: readonly number[]): string {
  return String.raw({ raw: texts }, ...numbers.map(round));
}

export function group(
  key: string,
  children: readonly SceneNode[],
  look: Look & { readonly id?: string; readonly x?: number; readonly y?: number } = {},
): SceneNode {
  return { type: 'g', key, ...look, children };
}

export function path(key: string, text: string, look: Look = {}): SceneNode {
  return { type: 'path', key, ...look, d: text };
}

export function rect(
  key: string,
  [x, y, width, height]: readonly [number, number, number, number],
  look: Look = {},
): SceneNode {
  const [left, top] = [round(x), round(y)];
  return {
    type: 'rect',
    key,
    ...look,
    x: left,
    y: top,
    width: round(width),
    height: round(height),
  };
}

export function line(
  key: string,
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  look: Look = {},
): SceneNode {
  return { type: 'line', key, ...look, x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2) };
}

export function circle(key: string, cx: number, cy: number, r: number, look: Look = {}): SceneNode {
  return { type: 'circle', key, ...look, cx: round(cx), cy: round(cy), r };
}

export function text(
  key: string,
  words: string,
  x: number,
  y: number,
  look: TextLook = {},
): SceneNode {
  return { type: 'text', key, ...look, x: round(x), y: round(y), text: words };
}
