/** The drawings of a figure, for each width, drawn again. */
import type { Scene } from '../charts/scene.ts';
import { BUILD_WIDTHS, FULL_WIDTH, type ChartSize } from '../charts/size.ts';
import { makeReachable } from '../interact/reachable.ts';
import { drawScene } from '../render/svg-dom.ts';

const TRANSITION_MS = 200;

/** Lays all out again; words and table stay. */
export function drawDrawings(figure: HTMLElement, layout: (size: ChartSize) => Scene): void {
  const chart = figure.dataset['chart'] ?? 'chart';
  const prefix = figure.id === '' ? chart : figure.id;
  for (const [shape, width] of Object.entries({ ...BUILD_WIDTHS, full: FULL_WIDTH })) {
    const svg = figure.querySelector(`svg.${shape}`);
    if (!(svg instanceof SVGSVGElement)) continue;
    const wide = shape === 'wide';
    const scene = layout({ width, reads: true });
    drawScene(svg, scene, {
      // As at build: several charts of a page may have one name.
      idPrefix: wide ? prefix : `${prefix}-${shape.charAt(0)}`,
      role: wide ? 'img' : 'hidden',
      class: shape,
      transitionMs: isSeen(svg) ? TRANSITION_MS : 0,
    });
    if (wide) figure.dataset['rows'] = String(scene.rows);
  }
  delete figure.dataset['drawn'];
  const drawing = figure.querySelector<HTMLElement>('.drawing');
  if (drawing !== null) makeReachable(drawing);
}

/** Only what a reader can see needs to glide. */
function isSeen(svg: SVGSVGElement): boolean {
  const { width, top, bottom } = svg.getBoundingClientRect();
  return width > 1 && bottom > 0 && top < innerHeight;
}
