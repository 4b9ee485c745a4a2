/**
 * The same picture of fewer elements, for pages: neighbors of one look become one path, what can be pointed at becomes
 * text until a reader comes, and groups that hold nothing go. Charts that scripts draw keep a node for each datum, which
 * glides when the data change.
 */
import { foldTargets } from '../charts/folded-targets.ts';
import { d, group } from '../charts/marks/shapes.ts';
import { boxOf, shift, touch, union, type Box } from '../charts/marks/extent.ts';
import type { GroupNode, PathNode, Scene, SceneNode } from '../charts/scene.ts';
import { PATTERN_TILES } from './patterns.ts';

interface Placed {
  node: SceneNode;
  /** Of all that was joined. */
  readonly boxes: Box[];
  around: Box;
}

/** Looks without an outline and not see-through: whether such marks overlap is not seen. */
const FLAT: ReadonlySet<string> = new Set(['mark']);

/** `later`: what can be pointed at is left out as well, until the drawing is made again. */
export function compactScene(scene: Scene, later = false): Scene {
  const children = compact(scene.children);
  return { ...scene, children: later ? children.map(emptyTargets) : children };
}

function emptyTargets(node: SceneNode): SceneNode {
  if (node.type !== 'g') return node;
  if (node.class === 'targets') return { ...node, data: { marks: 'later' }, children: [] };
  return { ...node, children: node.children.map(emptyTargets) };
}

function compact(nodes: readonly SceneNode[]): readonly SceneNode[] {
  const placed: Placed[] = [];
  for (const given of nodes) {
    const node = given.type === 'g' ? compactGroup(given) : given;
    if (node === null || (node.type === 'path' && node.d === '')) continue;
    const box = boxOf(node);
    const path = toPath(node);
    const joined = path === null ? null : findJoined(placed, path, box);
    if (path === null || joined === null) {
      placed.push({ node, boxes: [box], around: box });
    } else {
      joined.node = {
        ...path,
        key: joined.node.key,
        d: `${toPath(joined.node)?.d ?? ''}${path.d}`,
      };
      joined.boxes.push(box);
      joined.around = union(joined.around, box);
    }
  }
  return placed.map(({ node }) => (node.type === 'path' ? { ...node, d: shorten(node.d) } : node));
}

/** A tenth of a pixel is more than a screen shows. */
function toTenth(value: number): number {
  return Math.round(value * 10) / 10 + 0;
}

/**
 * All after the first place as ways, which are shorter: `M10,20L11.5,20.5H12` is `M10 20l1.5.5h.5`. Places are rounded, not
 * ways, so that what met still meets.
 */
function shorten(text: string): string {
  const steps = readPath(text);
  if (steps === null) return text;
  let [x, y, last, written]: [number, number, string, string] = [0, 0, '', ''];
  let start: readonly [number, number] = [0, 0];
  for (const { letter, numbers, to } of steps) {
    const [toX, toY] = [toTenth(to[0]), toTenth(to[1])];
    const way = [toTenth(toX - x), toTenth(toY - y)];
    const [name, given] =
      letter === 'z'
        ? ['z', []]
        : letter === 'm'
          ? written === ''
            ? ['M', [toX, toY]]
            : ['m', way]
          : letter === 'a'
            ? ['a', [...numbers.slice(0, 5).map(toTenth), ...way]]
            : way[1] === 0
              ? ['h', way.slice(0, 1)]
              : way[0] === 0
                ? ['v', way.slice(1)]
                : ['l', way];
    const words = given.map((number) => String(number).replace(/^(-?)0\./, '$1.')).join(' ');
    written += name === last && name !== 'm' && name !== 'z' ? ` ${words}` : `${name}${words}`;
    last = name;
    if (letter === 'm') start = [toX, toY];
    [x, y] = letter === 'z' ? start : [toX, toY];
  }
  // A sign, or the point of the next number, parts two numbers.
  return written.replaceAll(' -', '-').replace(/(\.\d+) (?=\.)/g, '$1');
}

interface PathStep {
  /** `m`, `l`, `a` or `z`. */
  readonly letter: string;
  readonly numbers: readonly number[];
  readonly to: readonly [number, number];
}

const SIZES: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, a: 7, z: 0 };

/** With the place to which each step leads; null: a letter is not known here. */
function readPath(text: string): readonly PathStep[] | null {
  const steps: PathStep[] = [];
  let to: readonly [number, number] = [0, 0];
  let start = to;
  for (const [, letter = '', given = ''] of text.matchAll(/([a-z])([^a-z]*)/gi)) {
    const kind = letter.toLowerCase();
    const size = SIZES[kind];
    if (size === undefined) return null;
    const all = (given.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    if (kind === 'z') {
      to = start;
      steps.push({ letter: kind, numbers: [], to });
    }
    for (let index = 0; size > 0 && index < all.length; index += size) {
      const numbers = all.slice(index, index + size);
      const [a = 0, b = 0] = numbers.slice(-2);
      const isWay = letter === kind;
      const [fromX, fromY] = isWay ? to : ([0, 0] as const);
      to =
        kind === 'h'
          ? [fromX + a, to[1]]
          : kind === 'v'
            ? [to[0], fromY + a]
            : [fromX + a, fromY + b];
      // More places after a move are lines.
      const isMove = kind === 'm' && index === 0;
      if (isMove) start = to;
      steps.push({ letter: isMove || kind === 'a' ? kind : 'l', numbers, to });
    }
  }
  return steps;
}

/** Null: there is nothing in it. */
function compactGroup(given: GroupNode): SceneNode | null {
  const { class: name = '' } = given;
  if (name === 'targets') {
    const folded = foldTargets(given.children);
    return folded === null ? given : { ...given, data: { ...given.data, folded }, children: [] };
  }
  if (name === 'legend') return given;
  if (given.key === 'rows' && name === 'marks') return compactRows(given);
  const children = compact(given.children);
  const [only] = children;
  if (only === undefined) return given.id === undefined ? null : { ...given, children };
  const { x = 0, y = 0 } = given;
  if (children.length > 1 || x !== 0 || y !== 0 || given.id !== undefined)
    return { ...given, children };
  const { key, class: look, pattern, data } = given;
  if (look === undefined && pattern === undefined && data === undefined) return only;
  const bare = only.class === undefined && only.pattern === undefined && only.data === undefined;
  return only.type === 'path' && bare
    ? { ...only, key, ...pick({ class: look, pattern, data }) }
    : { ...given, children };
}

/** Rows stand in one group; what reads them row by row draws them again first, unless they hold targets. */
function compactRows(given: GroupNode): SceneNode {
  const isRow = (node: SceneNode): node is GroupNode =>
    node.type === 'g' && node.class === undefined && node.data !== undefined;
  const rows = given.children.filter(isRow);
  const isRead = rows.every(({ children }) => children.some((node) => node.class === 'targets'));
  const flat = given.children.flatMap((node) => (isRow(node) ? toFlat(node) : [node]));
  return {
    ...given,
    children: compact(flat),
    ...(isRead ? {} : { data: { ...given.data, marks: 'later' } }),
  };
}

/** What stood in a row, without it; but for textures that would begin elsewhere. */
function toFlat({ key, x = 0, y = 0, children }: GroupNode): readonly SceneNode[] {
  const isFixed = ({ pattern }: SceneNode): boolean =>
    pattern !== undefined &&
    (x % PATTERN_TILES[pattern].width !== 0 || y % PATTERN_TILES[pattern].height !== 0);
  const fixed = children.filter(isFixed);
  return children.flatMap((child) => {
    if (child === fixed[0]) return [group(`${key} texture`, fixed, { x, y })];
    return fixed.includes(child) ? [] : [{ ...shift(child, x, y), key: `${key} ${child.key}` }];
  });
}

function pick(look: {
  readonly class: string | undefined;
  readonly pattern: PathNode['pattern'] | undefined;
  readonly data: PathNode['data'] | undefined;
}): Pick<PathNode, 'class' | 'pattern' | 'data'> {
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined));
}

/** What the path may be joined to without anything being drawn over what was drawn over it before; null: nothing. */
function findJoined(placed: readonly Placed[], path: PathNode, box: Box): Placed | null {
  const isFlat = FLAT.has(path.class ?? '');
  for (const other of placed.toReversed()) {
    const isSame =
      toPath(other.node) !== null &&
      other.node.class === path.class &&
      other.node.pattern === path.pattern;
    const overlaps = touch(other.around, box) && other.boxes.some((each) => touch(each, box));
    if (isSame && (isFlat || !overlaps)) return other;
    if (overlaps) return null;
  }
  return null;
}

/** Null: it is no shape, or says something of itself. */
function toPath(node: SceneNode): PathNode | null {
  if (node.data !== undefined || node.id !== undefined) return null;
  const { key, class: look, pattern, data } = node;
  const text = shapeOf(node);
  return text === null
    ? null
    : { type: 'path', key, ...pick({ class: look, pattern, data }), d: text };
}

function shapeOf(node: SceneNode): string | null {
  switch (node.type) {
    case 'path':
      return node.d;
    case 'rect':
      return d`M${node.x} ${node.y}h${node.width}v${node.height}h${-node.width}z`;
    case 'line':
      return node.y1 === node.y2
        ? d`M${node.x1} ${node.y1}H${node.x2}`
        : node.x1 === node.x2
          ? d`M${node.x1} ${node.y1}V${node.y2}`
          : d`M${node.x1} ${node.y1}L${node.x2} ${node.y2}`;
    case 'circle': {
      const { cx, cy, r } = node;
      return d`M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    }
    default:
      return null;
  }
}
