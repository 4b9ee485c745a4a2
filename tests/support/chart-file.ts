/** Scene → an SVG file for snapshots: words around the drawing, and the stylesheet inside. */
import type { Scene, SceneNode } from '../../site/charts/scene.ts';
import { LABEL_SIZE } from '../../site/charts/size.ts';
import { wrapText } from '../../site/charts/marks/label.ts';
import {
  pruneRules,
  readClasses,
  readTokens,
  resolveTokens,
  type Theme,
} from '../../site/render/chart-css.ts';
import { writeSvg } from '../../site/render/svg-string.ts';

export interface ChartFileOptions {
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

/** A whole SVG document as text. */
export function writeChartFile(scene: Scene, options: ChartFileOptions): string {
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

function frameScene(scene: Scene, { subtitle, footer }: ChartFileOptions): Scene {
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
