/** Where marks are and how far they reach, and the same marks elsewhere. */
import type { SceneNode } from '../scene.ts';
import { textWidth } from './label.ts';
import { round } from './shapes.ts';

/** Edges in pixels: left, top, right, bottom. */
export type Box = readonly [number, number, number, number];

const NOWHERE: Box = [Infinity, Infinity, -Infinity, -Infinity];
const EVERYWHERE: Box = [-Infinity, -Infinity, Infinity, Infinity];
/** Pixels that an outline adds to a mark. */
const OUTLINE = 1;
const ROUNDING = 0.02;
/** A letter of a path and the numbers after it. */
const STEP = /([a-z])([^a-z]*)/gi;
const NUMBER = /-?\d*\.?\d+/g;
/** How many numbers each letter of a path takes, of those that are drawn with here. */
const NUMBERS_OF: ReadonlyMap<string, number> = new Map([
  ['m', 2],
  ['l', 2],
  ['h', 1],
  ['v', 1],
  ['a', 7],
  ['z', 0],
]);

export function boxOf(node: SceneNode): Box {
  switch (node.type) {
    case 'rect':
      return [node.x, node.y, node.x + node.width, node.y + node.height];
    case 'line':
      return widen([
        Math.min(node.x1, node.x2),
        Math.min(node.y1, node.y2),
        Math.max(node.x1, node.x2),
        Math.max(node.y1, node.y2),
      ]);
    case 'circle':
      return widen([node.cx - node.r, node.cy - node.r, node.cx + node.r, node.cy + node.r]);
    case 'path':
      return widen(pathBox(node.d));
    case 'text': {
      // Of the largest size, with room for other fonts.
      const width = textWidth(node.text, 14) * 1.2;
      const left = { start: 0, middle: width / 2, end: width }[node.anchor ?? 'start'];
      return [node.x - left, node.y - 13, node.x - left + width, node.y + 5];
    }
    case 'a':
      return union(...node.children.map(boxOf));
    case 'g': {
      const { x = 0, y = 0 } = node;
      const [left, top, right, bottom] = union(...node.children.map(boxOf));
      return [left + x, top + y, right + x, bottom + y];
    }
  }
}

/** Around all points that a path names, at its most; of a letter that is not known here, everywhere. */
function pathBox(text: string): Box {
  let [x, y, left, top, right, bottom] = [0, 0, Infinity, Infinity, -Infinity, -Infinity];
  let start: readonly [number, number] = [0, 0];
  for (const [, letter = '', given = ''] of text.matchAll(STEP)) {
    const kind = letter.toLowerCase();
    const size = NUMBERS_OF.get(kind);
    if (size === undefined) return EVERYWHERE;
    if (size === 0) {
      [x, y] = start;
      continue;
    }
    const numbers = given.match(NUMBER) ?? [];
    const [fromX, fromY] = letter === kind ? [1, 1] : [0, 0];
    for (let index = 0; index < numbers.length; index += size) {
      const at = (offset: number): number => Number(numbers[index + offset] ?? 0);
      const isArc = kind === 'a';
      if (kind !== 'v') x = x * fromX + at(isArc ? 5 : 0);
      if (kind !== 'h') y = y * fromY + at(isArc ? 6 : kind === 'v' ? 0 : 1);
      if (kind === 'm' && index === 0) start = [x, y];
      const around = isArc ? Math.max(at(0), at(1)) : 0;
      left = Math.min(left, x - around);
      top = Math.min(top, y - around);
      right = Math.max(right, x + around);
      bottom = Math.max(bottom, y + around);
    }
  }
  return [left, top, right, bottom];
}

function widen([left, top, right, bottom]: Box): Box {
  return [left - OUTLINE, top - OUTLINE, right + OUTLINE, bottom + OUTLINE];
}

export function union(...boxes: readonly Box[]): Box {
  return boxes.reduce(
    (a, b) => [
      Math.min(a[0], b[0]),
      Math.min(a[1], b[1]),
      Math.max(a[2], b[2]),
      Math.max(a[3], b[3]),
    ],
    NOWHERE,
  );
}

/** Whether two boxes are over each other. Neighbors share an edge, up to what rounding adds. */
export function touch(a: Box, b: Box): boolean {
  const isOver = (start: number, end: number): boolean => end - start > ROUNDING;
  return isOver(a[0], b[2]) && isOver(b[0], a[2]) && isOver(a[1], b[3]) && isOver(b[1], a[3]);
}

/** The same node elsewhere. */
export function shift(node: SceneNode, x: number, y: number): SceneNode {
  if (x === 0 && y === 0) return node;
  switch (node.type) {
    case 'rect':
    case 'text':
      return { ...node, x: round(node.x + x), y: round(node.y + y) };
    case 'line':
      return {
        ...node,
        x1: round(node.x1 + x),
        y1: round(node.y1 + y),
        x2: round(node.x2 + x),
        y2: round(node.y2 + y),
      };
    case 'circle':
      return { ...node, cx: round(node.cx + x), cy: round(node.cy + y) };
    case 'path':
      return { ...node, d: shiftPath(node.d, x, y) };
    case 'g':
      return { ...node, x: round((node.x ?? 0) + x), y: round((node.y ?? 0) + y) };
    case 'a':
      return { ...node, children: node.children.map((child) => shift(child, x, y)) };
  }
}

/** Only capitals name places; the others name ways. */
function shiftPath(text: string, x: number, y: number): string {
  return text.replace(/([A-Z])([^A-Za-z]*)/g, (_, letter: string, given: string) => {
    const numbers = (given.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    const moved = numbers.map((number, index) => {
      if (letter === 'H') return number + x;
      if (letter === 'V') return number + y;
      if (letter === 'A') return number + ({ 5: x, 6: y }[index % 7] ?? 0);
      return number + (index % 2 === 0 ? x : y);
    });
    return `${letter}${moved.map(round).join(' ')}`;
  });
}
