/** The drawings of one figure at build: wide and narrow, of which the stylesheet shows one. */
import type { FigureView } from '../figures/figure.ts';
import { layoutChart } from '../figures/registry.ts';
import { BUILD_WIDTHS } from '../charts/size.ts';
import { writeSvg } from './svg-string.ts';

export interface FigureSvgs {
  /** Both `<svg>` elements as text; exactly one has role `img`. */
  readonly html: string;
  /** For `data-rows` on the figure. */
  readonly rows: number;
}

/**
 * Lays a view model out twice. `idPrefix` must be unique in the page. Put `html` straight into
 * `<figure data-chart>`, beside the table and the caption.
 */
export function writeFigureSvgs(view: FigureView, idPrefix: string, synthetic = false): FigureSvgs {
  const wide = layoutChart(view, { width: BUILD_WIDTHS.wide }, synthetic);
  const narrow = layoutChart(view, { width: BUILD_WIDTHS.narrow }, synthetic);
  const html =
    writeSvg(wide, { role: 'img', idPrefix, class: 'wide' }) +
    writeSvg(narrow, { role: 'hidden', idPrefix: `${idPrefix}-n`, class: 'narrow' });
  return { html, rows: wide.rows };
}
