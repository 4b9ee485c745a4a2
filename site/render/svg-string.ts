/** Scene → SVG text, for pages drawn at build, embeds, downloads and snapshots. */
import { escapeXml } from '../../data-build/contract/xml.ts';
import type { Scene } from '../charts/scene.ts';
import { rootAttributes, rootChildren, type SvgElement, type SvgOptions } from './elements.ts';

/** A drawing as text, with its natural size in CSS pixels. */
export interface Drawing {
  /** One whole `<svg>` element. */
  readonly svg: string;
  readonly width: number;
  readonly height: number;
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
