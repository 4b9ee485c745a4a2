/** Scene → a live `<svg>`: a join by key, so that a datum keeps its element when the data change. */
import { select, transition, type BaseType, type Selection, type Transition } from 'd3';
import type { Scene } from '../charts/scene.ts';
import { rootAttributes, rootChildren, type SvgElement, type SvgOptions } from './elements.ts';

export interface DrawOptions extends SvgOptions {
  /** Milliseconds a change takes; at most 200 by the look's rule. 0, and reduced motion: at once. */
  readonly transitionMs: number;
}

const SVG = 'http://www.w3.org/2000/svg';
/** Attributes that may glide from one value to the next; everything else changes at once. */
const GLIDING: ReadonlySet<string> = new Set([
  'x',
  'y',
  'width',
  'height',
  'x1',
  'x2',
  'y1',
  'y2',
  'cx',
  'cy',
  'r',
]);

/** Elements that were drawn here, and so carry their datum. */
const drawn = new WeakSet<Element>();

/** How changed attributes move; null: at once. */
type Glide = Transition<BaseType, unknown, null, undefined> | null;

/** Draws into `svg`, which keeps its place in the page. What was in it before and was not drawn here is removed. */
export function drawScene(svg: SVGSVGElement, scene: Scene, options: DrawOptions): void {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const duration = still ? 0 : Math.min(options.transitionMs, 200);
  setAttributes(svg, rootAttributes(scene, options), null, true);
  // One for all: each of its own would stand at the root of the document, and begin by looking at all others there.
  const glide = duration > 0 ? transition().duration(duration) : null;
  join(svg, rootChildren(scene, options), glide);
}

function join(parent: Element, elements: readonly SvgElement[], glide: Glide): void {
  const identity = ({ name, key }: SvgElement): string => `${name} ${key}`;
  for (const child of [...parent.childNodes]) {
    if (!(child instanceof Element) || !drawn.has(child)) child.remove();
  }
  const children: Selection<Element, SvgElement, Element, unknown> = select(parent)
    .selectAll<Element, SvgElement>(function () {
      return [...this.children];
    })
    .data(elements, identity)
    .join((enter) => enter.append(({ name }) => parent.ownerDocument.createElementNS(SVG, name)));
  children.order().each(function (element) {
    const fresh = !drawn.has(this);
    drawn.add(this);
    setAttributes(this, element.attributes, glide, fresh);
    if (element.text !== null) {
      if (this.textContent !== element.text) this.textContent = element.text;
    } else {
      join(this, element.children, glide);
    }
  });
}

function setAttributes(
  node: Element,
  attributes: SvgElement['attributes'],
  glide: Glide,
  fresh: boolean,
): void {
  const wanted = new Set(attributes.map(([name]) => name));
  for (const name of node.getAttributeNames()) {
    if (!wanted.has(name) && name !== 'xmlns') node.removeAttribute(name);
  }
  const glides = glide !== null && !fresh;
  const selection = select(node);
  // A change in the middle of an earlier one begins where that one stands.
  selection.interrupt();
  const gliding = attributes.filter(([name]) => glides && GLIDING.has(name));
  for (const [name, value] of attributes) {
    if (glides && GLIDING.has(name)) continue;
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  const changed = gliding.filter(([name, value]) => node.getAttribute(name) !== value);
  if (changed.length === 0 || glide === null) return;
  const move = selection.transition(glide);
  for (const [name, value] of changed) move.attr(name, value);
}
