/**
 * Scene → plain elements: the one place that says which SVG element and attributes a node becomes. Both
 * writers go through here, which is why they draw the same picture.
 */
import { assertNever } from '../../data-build/contract/problem.ts';
import type { Scene, SceneNode } from '../charts/scene.ts';
import { PATTERN_TILES, usedPatterns } from './patterns.ts';

export interface SvgElement {
  readonly name: string;
  /** Identity among siblings. */
  readonly key: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly text: string | null;
  readonly children: readonly SvgElement[];
}

export interface SvgOptions {
  /** Start of every id inside; unique in the page. */
  readonly idPrefix: string;
  /** `img` names the drawing for assistive technology; `hidden` is a second drawing of the same. */
  readonly role: 'img' | 'hidden';
  /** Classes of the root besides `chart`. */
  readonly class?: string;
}

type Attributes = readonly (readonly [string, string | number | undefined])[];

function element(
  name: string,
  key: string,
  attributes: Attributes,
  children: readonly SvgElement[] = [],
  text: string | null = null,
): SvgElement {
  return {
    name,
    key,
    attributes: attributes.flatMap(([attribute, value]) =>
      value === undefined ? [] : [[attribute, String(value)] as const],
    ),
    text,
    children,
  };
}

/** Attributes of the `<svg>` itself. Width and height are its natural size; the stylesheet may shrink it. */
export function rootAttributes(
  scene: Scene,
  options: SvgOptions,
): readonly (readonly [string, string])[] {
  const { idPrefix } = options;
  const naming: Attributes =
    options.role === 'img'
      ? [
          ['role', 'img'],
          ['aria-labelledby', `${idPrefix}-t`],
          ['aria-describedby', `${idPrefix}-d`],
        ]
      : [
          ['aria-hidden', 'true'],
          ['focusable', 'false'],
        ];
  return element('svg', 'svg', [
    ['class', options.class === undefined ? 'chart' : `chart ${options.class}`],
    ['viewBox', `0 0 ${scene.width} ${scene.height}`],
    ['width', scene.width],
    ['height', scene.height],
    ...naming,
  ]).attributes;
}

/** What stands inside the `<svg>`: title, desc, defs where patterns are used, then the drawing. */
export function rootChildren(scene: Scene, options: SvgOptions): readonly SvgElement[] {
  const { idPrefix, role } = options;
  const words =
    role === 'img'
      ? [
          element('title', '#title', [['id', `${idPrefix}-t`]], [], scene.title),
          element('desc', '#desc', [['id', `${idPrefix}-d`]], [], scene.desc),
        ]
      : [];
  const patterns = usedPatterns(scene).map((name) => {
    const { width, height, d } = PATTERN_TILES[name];
    return element(
      'pattern',
      name,
      [
        ['id', `${idPrefix}-${name}`],
        ['width', width],
        ['height', height],
        ['patternUnits', 'userSpaceOnUse'],
      ],
      [
        element('rect', 'ground', [
          ['class', `pb-${name}`],
          ['width', width],
          ['height', height],
        ]),
        element('path', 'mark', [
          ['class', `pm-${name}`],
          ['d', d],
        ]),
      ],
    );
  });
  const defs = patterns.length === 0 ? [] : [element('defs', '#defs', [], patterns)];
  return [...words, ...defs, ...scene.children.map((node) => toElement(node, idPrefix))];
}

function toElement(node: SceneNode, idPrefix: string): SvgElement {
  const common: Attributes = [
    ['id', node.id === undefined ? undefined : `${idPrefix}-${node.id}`],
    ['class', node.class],
    ['fill', node.pattern === undefined ? undefined : `url(#${idPrefix}-${node.pattern})`],
    ...Object.entries(node.data ?? {}).map(([name, value]) => [`data-${name}`, value] as const),
  ];
  switch (node.type) {
    case 'g': {
      const { x = 0, y = 0 } = node;
      const transform = x === 0 && y === 0 ? undefined : `translate(${x} ${y})`;
      return element(
        'g',
        node.key,
        [...common, ['transform', transform]],
        node.children.map((child) => toElement(child, idPrefix)),
      );
    }
    case 'a':
      return element(
        'a',
        node.key,
        [...common, ['href', node.href], ['aria-label', node.label]],
        node.children.map((child) => toElement(child, idPrefix)),
      );
    case 'path':
      return element('path', node.key, [...common, ['d', node.d]]);
    case 'rect':
      return element('rect', node.key, [
        ...common,
        ['x', node.x],
        ['y', node.y],
        ['width', node.width],
        ['height', node.height],
      ]);
    case 'line':
      return element('line', node.key, [
        ...common,
        ['x1', node.x1],
        ['y1', node.y1],
        ['x2', node.x2],
        ['y2', node.y2],
      ]);
    case 'circle':
      return element('circle', node.key, [
        ...common,
        ['cx', node.cx],
        ['cy', node.cy],
        ['r', node.r],
      ]);
    case 'text': {
      const anchor = node.anchor === 'start' ? undefined : node.anchor;
      return element(
        'text',
        node.key,
        [...common, ['x', node.x], ['y', node.y], ['text-anchor', anchor]],
        [],
        node.text,
      );
    }
    default:
      return assertNever(node);
  }
}
