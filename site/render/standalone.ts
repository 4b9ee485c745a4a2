/**
 * Scene → an SVG file that needs nothing else: words around the drawing, and the stylesheet inside with every
 * custom property replaced by its value, since drawing programs do not know them.
 */
import type { Scene, SceneNode } from '../charts/scene.ts';
import { LABEL_SIZE } from '../charts/size.ts';
import { wrapText } from '../charts/marks/label.ts';
import { writeSvg } from './svg-string.ts';

export type Theme = 'light' | 'dark';

export interface StandaloneOptions {
  readonly theme: Theme;
  /** Text of `styles/tokens.css`, and of `styles/charts.css` and `styles/map.css`. */
  readonly tokensCss: string;
  readonly chartsCss: string;
  /** Measure, unit and denominator, under the title. */
  readonly subtitle: string;
  /** Under the drawing, one paragraph each: caveats, source and licence, date, address. */
  readonly footer: readonly string[];
}

const MARGIN = 20;
const TITLE_SIZE = 18;
/** A file is read with the reader's fonts, which may be wider than the table of widths. */
const FONT_SPARE = 0.86;

/** The custom properties that `tokens.css` sets for a theme; dark values stand over light ones. */
export function readTokens(tokensCss: string, theme: Theme): ReadonlyMap<string, string> {
  const css = tokensCss.replace(/\/\*[^]*?\*\//g, '');
  const tokens = new Map<string, string>();
  for (const [, selector = '', body = ''] of css.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (selector.includes('not(')) continue;
    if (selector.includes("'dark'") && theme !== 'dark') continue;
    for (const [, name = '', value = ''] of body.matchAll(/--([\w-]+):\s*([^;]+);/g)) {
      tokens.set(name, value.replace(/\s+/g, ' ').trim());
    }
  }
  return tokens;
}

/** `css` with each `var(--name)` replaced. Throws when a token is missing: the stylesheets are ours. */
export function resolveTokens(css: string, tokens: ReadonlyMap<string, string>): string {
  return (
    css
      .replace(/\/\*[^]*?\*\//g, '')
      .replace(/var\(--([\w-]+)\)/g, (_, name: string) => {
        const value = tokens.get(name);
        if (value === undefined)
          throw new Error(`tokens.css has no --${name}, which charts.css uses.`);
        return value;
      })
      // Only links over a map set these.
      .replace(/var\(--place-(?:line|width), ([^;)]+)\)/g, '$1')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

/** A whole SVG document as text. */
export function writeStandaloneSvg(scene: Scene, options: StandaloneOptions): string {
  const tokens = readTokens(options.tokensCss, options.theme);
  const own =
    '.chart .paper{fill:var(--paper)}' +
    `.chart .title{font:600 ${TITLE_SIZE}px var(--font-serif)}` +
    '.chart .subtitle,.chart .footer{fill:var(--muted)}';
  const framed = frameScene(scene, options);
  const bare = { role: 'img', idPrefix: 'chart' } as const;
  const css = pruneRules(`${options.chartsCss}${own}`, readClasses(writeSvg(framed, bare)));
  return writeSvg(framed, { ...bare, style: resolveTokens(css, tokens) });
}

export function readClasses(svg: string): ReadonlySet<string> {
  const lists = [...svg.matchAll(/\bclass="([^"]*)"/g)].map(([, list = '']) => list.split(' '));
  return new Set(lists.flat());
}

/** Only the rules whose classes all occur, so that a file carries what it draws and nothing else. */
export function pruneRules(css: string, classes: ReadonlySet<string>): string {
  const rules: string[] = [];
  for (const [, selectors = '', body = ''] of css
    .replace(/\/\*[^]*?\*\//g, '')
    .matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    const used = selectors
      .split(',')
      .map((selector) => selector.trim())
      .filter((selector) =>
        [...selector.matchAll(/\.([\w-]+)/g)].every(([, name = '']) => classes.has(name)),
      );
    if (used.length > 0) rules.push(`${used.join(',')}{${body.trim()}}`);
  }
  return rules.join('');
}

function frameScene(scene: Scene, { subtitle, footer }: StandaloneOptions): Scene {
  const width = scene.width + 2 * MARGIN;
  const title = layoutLines('title', [scene.title], MARGIN + 16, scene.width, TITLE_SIZE, 24);
  const under = layoutLines('subtitle', [subtitle], title.bottom, scene.width, LABEL_SIZE, 17);
  const top = under.bottom + 2;
  const below = layoutLines('footer', footer, top + scene.height + 24, scene.width, LABEL_SIZE, 17);
  const height = below.bottom;
  return {
    ...scene,
    width,
    height,
    children: [
      { type: 'rect', key: 'paper', class: 'paper', x: 0, y: 0, width, height },
      title.node,
      under.node,
      { type: 'g', key: 'drawing', x: MARGIN, y: top, children: scene.children },
      below.node,
    ],
  };
}

/** Paragraphs with their first baseline at `y`; `bottom` is where the next baseline may stand. */
function layoutLines(
  name: string,
  paragraphs: readonly string[],
  y: number,
  width: number,
  size: number,
  lineHeight: number,
): { readonly node: SceneNode; readonly bottom: number } {
  const lines = paragraphs.flatMap((paragraph) => wrapText(paragraph, width * FONT_SPARE, size));
  return {
    bottom: y + lines.length * lineHeight,
    node: {
      type: 'g',
      key: name,
      children: lines.map((text, index) => ({
        type: 'text',
        key: `line ${index}`,
        class: name,
        x: MARGIN,
        y: y + index * lineHeight,
        text,
      })),
    },
  };
}
