/** The drawings of one figure at build: wide, narrow, over the whole page; the stylesheet shows one of them. */
import type { FigureView } from '../figures/figure.ts';
import { layoutChart } from '../figures/registry.ts';
import type { Scene } from '../charts/scene.ts';
import { BUILD_WIDTHS, FULL_WIDTH } from '../charts/size.ts';
import { compactScene } from './compact.ts';
import { writeSvg } from './svg-string.ts';

export interface FigureSvgs {
  /** All `<svg>` elements as text; exactly one has role `img`. */
  readonly html: string;
  /** For `data-rows` on the figure. */
  readonly rows: number;
}

/**
 * Where a figure stands: in the page; over all of its width; or where there is seldom more room than on a phone, in a fold
 * or beside another. There the wide drawing has its words alone, and a script draws it when it is seen (`data-drawn`).
 */
export type FigurePlace = 'page' | 'full' | 'small';

/**
 * Lays a view model out for each width. `idPrefix` must be unique in the page. Put `html` straight into
 * `<figure data-chart>`, beside the table and the caption.
 */
export function writeFigureSvgs(
  view: FigureView,
  idPrefix: string,
  synthetic = false,
  place: FigurePlace = 'page',
): FigureSvgs {
  const layout = (width: number): Scene =>
    compactScene(layoutChart(view, { width }, synthetic), place === 'small');
  const wide = layout(BUILD_WIDTHS.wide);
  const html =
    writeSvg(place === 'small' ? { ...wide, children: [] } : wide, {
      role: 'img',
      idPrefix,
      class: 'wide',
    }) +
    writeSvg(layout(BUILD_WIDTHS.narrow), {
      role: 'hidden',
      idPrefix: `${idPrefix}-n`,
      class: 'narrow',
    });
  if (place !== 'full') return { html, rows: wide.rows };
  const full = writeSvg(layout(FULL_WIDTH), {
    role: 'hidden',
    idPrefix: `${idPrefix}-f`,
    class: 'full',
  });
  return { html: html + full, rows: wide.rows };
}
