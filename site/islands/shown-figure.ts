/**
 * What each figure of the page shows now: what was published, from the file beside the page, until a filter, the chart
 * builder or the console draws another view. All that is redrawn, downloaded, cited or embedded comes from here.
 */
import { isFields } from '../../data-build/contract/fields.ts';
import { drawnFigure } from '../figures/registry.ts';
import type { FigureSource, FigureView } from '../figures/figure.ts';
import { parsePageFigures, type PageFigures } from '../figures/page-figures.ts';
import { givePlaceNames } from '../../data-build/words/place.ts';
import { translate } from '../i18n/translate.ts';
import { pageAddress } from './address.ts';

export interface ShownFigure {
  readonly view: FigureView;
  readonly sources: readonly FigureSource[];
  /** The release of the data. */
  readonly release: string;
  readonly synthetic: boolean;
}

const shown = new WeakMap<Element, ShownFigure>();
let published: Promise<PageFigures> | undefined;

/** Figures that show something else than what was published. */
const redrawn = new WeakSet<Element>();

/** From now on the figure shows this. */
export function setShown(place: Element, now: ShownFigure): void {
  shown.set(place, now);
  redrawn.add(place);
}

/** From now on the figure shows again what was published. */
export function forgetShown(place: Element): void {
  shown.delete(place);
  redrawn.delete(place);
}

/** What a filter made of the figure; null: it shows what was published. */
export function redrawnIn(place: Element): ShownFigure | null {
  return redrawn.has(place) ? (shown.get(place) ?? null) : null;
}

async function shownIn(place: Element): Promise<ShownFigure> {
  const now = shown.get(place) ?? (await publishedIn(place));
  // It may have been drawn again meanwhile.
  const last = shown.get(place) ?? now;
  shown.set(place, last);
  return last;
}

/** What was published, whatever is shown now. Rejects when the file beside the page does not arrive. */
export async function publishedIn(
  place: Element,
): Promise<ShownFigure & { readonly file: PageFigures }> {
  published ??= loadFigures();
  const file = await published;
  const found = file.figures[place.id];
  if (found === undefined) throw new Error(`The file of figures has no ${place.id}.`);
  const { request, answer, sources } = found;
  const view = drawnFigure(request).view(answer, request);
  if (view === null) throw new Error(`The file of figures has nothing to show for ${place.id}.`);
  const { version: release, synthetic } = request.release;
  return { view, sources, release, synthetic, file };
}

/** What the figure shows now; null: that did not arrive, which is said. */
export async function shownOrSay(
  place: Element,
  say: (text: string) => void,
): Promise<ShownFigure | null> {
  try {
    return await shownIn(place);
  } catch {
    say(translate('figure.failed'));
    return null;
  }
}

async function loadJson(name: string): Promise<unknown> {
  const response = await fetch(new URL(name, location.href));
  if (!response.ok) throw new Error(`${name} answered ${response.status}.`);
  return response.json();
}

async function loadFigures(): Promise<PageFigures> {
  const name = document.documentElement.dataset['figures'] ?? '';
  try {
    const [figures, names] = await Promise.all([
      loadJson(name),
      loadJson(pageAddress('places.json')),
    ]);
    const file = parsePageFigures(figures);
    if (file === null || !isFields(names)) throw new Error(`${name} does not hold figures.`);
    givePlaceNames(Object.entries(names).map(([code, place]) => [code, String(place)]));
    return file;
  } catch (error) {
    // The next try asks again.
    published = undefined;
    throw error;
  }
}
