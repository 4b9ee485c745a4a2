/** The drawings of one figure at build: wide and narrow, of which the stylesheet shows one. */
import type { Scene } from '../charts/scene.ts';
import { BUILD_WIDTHS, type ChartSize } from '../charts/size.ts';
import { writeSvg } from './svg-string.ts';

export interface FigureSvgs {
  /** Both `<svg>` elements as text; exactly one has role `img`. */
  readonly html: string;
  /** For `data-rows` on the figure. */
  readonly rows: number;
  readonly title: string;
  readonly desc: string;
}

/**
 * Lays a view model out twice. `idPrefix` must be unique in the page. Put `html` straight into
 * `<figure data-chart>`, beside the table and the caption.
 */
export function writeFigureSvgs<View>(
  layout: (view: View, size: ChartSize) => Scene,
  view: View,
  idPrefix: string,
): FigureSvgs {
  const wide = layout(view, { width: BUILD_WIDTHS.wide });
  const narrow = layout(view, { width: BUILD_WIDTHS.narrow });
  const html =
    writeSvg(wide, { role: 'img', idPrefix, class: 'wide' }) +
    writeSvg(narrow, { role: 'hidden', idPrefix: `${idPrefix}-n`, class: 'narrow' });
  return { html, rows: wide.rows, title: wide.title, desc: wide.desc };
}
