/** The drawings of a figure, for each width, drawn again. */
import type { Scene } from '../charts/scene.ts';
import { BUILD_WIDTHS, FULL_WIDTH, type ChartSize } from '../charts/size.ts';
import { makeReachable } from '../interact/reachable.ts';
import { drawScene } from '../render/svg-dom.ts';

const TRANSITION_MS = 200;

type Layout = (size: ChartSize) => Scene;

interface Drawing {
  readonly shape: string;
  readonly width: number;
  readonly svg: SVGSVGElement;
  /** The stylesheet shows one of the widths. */
  readonly isShown: boolean;
  /** Only what a reader can see needs to glide. */
  readonly glides: boolean;
}

/** What is still to be drawn of figures whose shown drawing is there. */
const hidden = new Map<HTMLElement, () => void>();

/** Lays all out again; words and table stay. */
export function drawDrawings(figure: HTMLElement, layout: Layout): void {
  hidden.delete(figure);
  draw(figure, layout, drawingsOf(figure));
}

/** Lays out the drawing that is shown; those for other widths follow with `drawHidden`. */
export function drawShown(figure: HTMLElement, layout: Layout): void {
  const all = drawingsOf(figure);
  const shown = all.filter(({ isShown }) => isShown);
  const others = all.filter(({ isShown }) => !isShown);
  hidden.set(figure, () => draw(figure, layout, others));
  draw(figure, layout, shown);
}

/** Draws what no reader sees yet, figure by figure; `next` waits until a reader was answered in between. Whoever aborts draws it later. */
export async function drawHidden(next: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (const [figure, drawOthers] of hidden) {
    await next();
    if (signal.aborted) return;
    // All of it may have been drawn again in between.
    if (hidden.get(figure) !== drawOthers) continue;
    hidden.delete(figure);
    drawOthers();
  }
}

/** For a figure that is put back as it was. */
export function forgetHidden(figure: HTMLElement): void {
  hidden.delete(figure);
}

/** Where they stand is asked before anything is drawn: afterwards the browser would lay out the page for each. */
function drawingsOf(figure: HTMLElement): readonly Drawing[] {
  return Object.entries({ ...BUILD_WIDTHS, full: FULL_WIDTH }).flatMap(([shape, width]) => {
    const svg = figure.querySelector(`svg.${shape}`);
    if (!(svg instanceof SVGSVGElement)) return [];
    const { width: room, top, bottom } = svg.getBoundingClientRect();
    const isShown = room > 1;
    return [{ shape, width, svg, isShown, glides: isShown && bottom > 0 && top < innerHeight }];
  });
}

function draw(figure: HTMLElement, layout: Layout, drawings: readonly Drawing[]): void {
  const chart = figure.dataset['chart'] ?? 'chart';
  const prefix = figure.id === '' ? chart : figure.id;
  for (const { shape, width, svg, glides } of drawings) {
    const wide = shape === 'wide';
    const scene = layout({ width, reads: true });
    drawScene(svg, scene, {
      // As at build: several charts of a page may have one name.
      idPrefix: wide ? prefix : `${prefix}-${shape.charAt(0)}`,
      role: wide ? 'img' : 'hidden',
      class: shape,
      transitionMs: glides ? TRANSITION_MS : 0,
    });
    if (wide) figure.dataset['rows'] = String(scene.rows);
  }
  delete figure.dataset['drawn'];
  const drawing = figure.querySelector<HTMLElement>('.drawing');
  if (drawing !== null) makeReachable(drawing);
}
