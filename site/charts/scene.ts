/**
 * A drawing as plain data. `render/svg-string` writes it as text, `render/svg-dom` joins it into a live
 * document by key; both must give the same picture. All numbers are CSS pixels, already rounded to 0.01.
 */

/**
 * Fills that are not plain: the shape that stands beside a colour, so that colour is never alone. Each is a
 * `<pattern>` of `render/patterns`, drawn with the stylesheet's colours.
 */
export const PATTERN_NAMES = [
  'anomaly',
  'failure',
  'few',
  'dns',
  'tcp_ip',
  'tls',
  'http_failure',
  'http_diff',
  'app_web',
  'app_registration',
  'tool_bootstrap',
  'middlebox',
  'other',
  'confirmed_few',
  'unusual',
  'strong',
  'shared',
  'slowdown',
  'vanished',
  'surge',
  'drop',
  'problem',
  'alone_none',
  'alone_weak',
  'alone_moderate',
  'alone_confirmed',
  'alone_confirmed_few',
] as const;
export type PatternName = (typeof PATTERN_NAMES)[number];

/** A datum behind a mark, for tooltips and keyboard reading; becomes `data-*` attributes. */
export type SceneData = Readonly<Record<string, string | number>>;

interface NodeBase {
  /** Stable among siblings: the identity of the datum, never its position. */
  readonly key: string;
  /** Name that `<use>` can point at; the drawing's prefix is put before it. */
  readonly id?: string;
  /** Space-separated classes; colours come only from the stylesheet. */
  readonly class?: string;
  /** Fill of this node and of what is inside it; its classes must then set no fill. */
  readonly pattern?: PatternName;
  readonly data?: SceneData;
}

export interface GroupNode extends NodeBase {
  readonly type: 'g';
  readonly x?: number;
  readonly y?: number;
  readonly children: readonly SceneNode[];
}
export interface PathNode extends NodeBase {
  readonly type: 'path';
  readonly d: string;
}
export interface RectNode extends NodeBase {
  readonly type: 'rect';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface LineNode extends NodeBase {
  readonly type: 'line';
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}
export interface CircleNode extends NodeBase {
  readonly type: 'circle';
  readonly cx: number;
  readonly cy: number;
  readonly r: number;
}
export interface TextNode extends NodeBase {
  readonly type: 'text';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor?: 'start' | 'middle' | 'end';
}

export interface LinkNode extends NodeBase {
  readonly type: 'a';
  readonly href: string;
  /** What the link leads to, for assistive technology. */
  readonly label: string;
  readonly children: readonly SceneNode[];
}

export type SceneNode =
  GroupNode | PathNode | RectNode | LineNode | CircleNode | TextNode | LinkNode;

export interface Scene {
  readonly width: number;
  readonly height: number;
  /** The finding in one sentence; becomes `<title>`. */
  readonly title: string;
  /** What is drawn, with its numbers and caveats; becomes `<desc>`. */
  readonly desc: string;
  /** How many data rows are drawn; becomes `data-rows` on the figure. */
  readonly rows: number;
  readonly children: readonly SceneNode[];
}
