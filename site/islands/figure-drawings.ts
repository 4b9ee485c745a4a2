/** The two drawings of a figure, wide and narrow, drawn anew from a view or a part of one. */
import type { FigureView } from '../figures/figure.ts';
import { layoutChart } from '../figures/registry.ts';
import { BUILD_WIDTHS } from '../charts/size.ts';
import { drawScene } from '../render/svg-dom.ts';
import type { DrawnChart } from '../view/from-table.ts';

const TRANSITION_MS = 200;

/** Both drawings alone. */
export function drawDrawings(
  figure: HTMLElement,
  view: FigureView | DrawnChart,
  synthetic: boolean,
): void {
  const chart = figure.dataset['chart'] ?? 'chart';
  const prefix = figure.id === '' ? chart : figure.id;
  for (const [shape, width] of Object.entries(BUILD_WIDTHS)) {
    const svg = figure.querySelector(`svg.${shape}`);
    if (!(svg instanceof SVGSVGElement)) continue;
    const wide = shape === 'wide';
    const scene = layoutChart(view, { width }, synthetic);
    drawScene(svg, scene, {
      // As at build: several charts of a page may have one name.
      idPrefix: wide ? prefix : `${prefix}-n`,
      role: wide ? 'img' : 'hidden',
      class: shape,
      transitionMs: isSeen(svg) ? TRANSITION_MS : 0,
    });
    if (wide) figure.dataset['rows'] = String(scene.rows);
  }
}

/** Only what a reader can see needs to glide. */
function isSeen(svg: SVGSVGElement): boolean {
  const { width, top, bottom } = svg.getBoundingClientRect();
  return width > 1 && bottom > 0 && top < innerHeight;
}
