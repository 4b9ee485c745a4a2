/** What figures show now that is not what was published, as a filter, the chart builder, the console or the map has drawn it. */
import type { FramedChart } from '../export/embed-links.ts';
import type { FigureSource, FigureView } from '../figures/figure.ts';

export interface ShownFigure {
  readonly view: FigureView;
  readonly sources: readonly FigureSource[];
  /** The release of the data. */
  readonly release: string;
  readonly synthetic: boolean;
  /** The published chart whose frame shows it, where it is another than that of the page. */
  readonly frame?: FramedChart & { readonly title: string };
}

const redrawn = new WeakMap<Element, ShownFigure>();

/** From now on the figure shows this. */
export function setShown(place: Element, now: ShownFigure): void {
  redrawn.set(place, now);
}

/** From now on the figure shows again what was published. */
export function forgetShown(place: Element): void {
  redrawn.delete(place);
}

/** What a filter made of the figure; null: it shows what was published. */
export function redrawnIn(place: Element): ShownFigure | null {
  return redrawn.get(place) ?? null;
}
