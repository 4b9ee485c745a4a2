/** Scene → SVG text, for pages drawn at build, embeds, downloads and snapshots. */
import type { Scene } from '../charts/scene.ts';
import { rootAttributes, rootChildren, type SvgElement, type SvgOptions } from './elements.ts';

/** A drawing as text, with its natural size in CSS pixels. */
export interface Drawing {
  /** One whole `<svg>` element. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

// XML 1.0 §2.2: these cannot stand in a document, not even escaped.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text made safe for element content and double-quoted attributes, in HTML and in XML. */
export function escapeXml(text: string): string {
  return text
    .replace(FORBIDDEN, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** The whole `<svg>` element. `style` is CSS text put inside, for files that stand alone. */
export function writeSvg(scene: Scene, options: SvgOptions & { readonly style?: string }): string {
  const attributes = writeAttributes([
    ['xmlns', 'http://www.w3.org/2000/svg'],
    ...rootAttributes(scene, options),
  ]);
  const style = options.style === undefined ? '' : `<style>${escapeXml(options.style)}</style>`;
  const children = rootChildren(scene, options).map(writeElement).join('');
  return `<svg${attributes}>${style}${children}</svg>`;
}

function writeElement(element: SvgElement): string {
  const start = `<${element.name}${writeAttributes(element.attributes)}`;
  if (element.text === null && element.children.length === 0) return `${start}/>`;
  const inside = escapeXml(element.text ?? '') + element.children.map(writeElement).join('');
  return `${start}>${inside}</${element.name}>`;
}

function writeAttributes(attributes: readonly (readonly [string, string])[]): string {
  return attributes.map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('');
}
