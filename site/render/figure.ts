/** The drawings of one figure at build: wide, narrow, over the whole page; the stylesheet shows one of them. */
import type { FigureView } from '../figures/figure.ts';
import { layoutChart } from '../figures/registry.ts';
import { BUILD_WIDTHS, FULL_WIDTH } from '../charts/size.ts';
import { writeSvg } from './svg-string.ts';

export interface FigureSvgs {
  /** All `<svg>` elements as text; exactly one has role `img`. */
  readonly html: string;
  /** For `data-rows` on the figure. */
  readonly rows: number;
}

/**
 * Lays a view model out for each width. `idPrefix` must be unique in the page. Put `html` straight into
 * `<figure data-chart>`, beside the table and the caption.
 */
export function writeFigureSvgs(
  view: FigureView,
  idPrefix: string,
  synthetic = false,
  isFull = false,
): FigureSvgs {
  const wide = layoutChart(view, { width: BUILD_WIDTHS.wide }, synthetic);
  const narrow = layoutChart(view, { width: BUILD_WIDTHS.narrow }, synthetic);
  const html =
    writeSvg(wide, { role: 'img', idPrefix, class: 'wide' }) +
    writeSvg(narrow, { role: 'hidden', idPrefix: `${idPrefix}-n`, class: 'narrow' });
  if (!isFull) return { html, rows: wide.rows };
  const full = layoutChart(view, { width: FULL_WIDTH }, synthetic);
  return {
    html: html + writeSvg(full, { role: 'hidden', idPrefix: `${idPrefix}-f`, class: 'full' }),
    rows: wide.rows,
  };
}
