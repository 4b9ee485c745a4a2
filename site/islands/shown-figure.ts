/**
 * What each figure of the page shows now: what was published, from the file beside the page, until another view is
 * drawn. All that is redrawn, downloaded, cited or embedded comes from here.
 */
import { drawnFigure } from '../figures/registry.ts';
import type { PageFigures } from '../figures/page-figures.ts';
import { translate } from '../i18n/translate.ts';
import { loadFigureFile } from './figure-file.ts';
import { loadShapes } from './map-shapes.ts';
import { redrawnIn, type ShownFigure } from './shown.ts';

/** Viewed once. */
const viewed = new WeakMap<Element, ShownFigure & { readonly file: PageFigures }>();
let published: Promise<PageFigures> | undefined;

/** What was published, whatever is shown now. Rejects when the file beside the page does not arrive. */
export async function publishedIn(
  place: Element,
): Promise<ShownFigure & { readonly file: PageFigures }> {
  const known = viewed.get(place);
  if (known !== undefined) return known;
  published ??= loadFigures();
  const file = await published;
  const found = file.figures[place.id];
  if (found === undefined) throw new Error(`The file of figures has no ${place.id}.`);
  const { request, answer, sources } = found;
  const figure = drawnFigure(request);
  if (figure.onShapes === true) await loadShapes();
  const view = figure.view(answer, request);
  if (view === null) throw new Error(`The file of figures has nothing to show for ${place.id}.`);
  const { version: release, synthetic } = request.release;
  const now = { view, sources, release, synthetic, file };
  viewed.set(place, now);
  return now;
}

/** What the figure shows now; null: that did not arrive, which is said. */
export async function shownOrSay(
  place: Element,
  say: (text: string) => void,
): Promise<ShownFigure | null> {
  try {
    const now = redrawnIn(place) ?? (await publishedIn(place));
    // It may have been drawn again meanwhile.
    return redrawnIn(place) ?? now;
  } catch {
    say(translate('figure.failed'));
    return null;
  }
}

async function loadFigures(): Promise<PageFigures> {
  const name = document.documentElement.dataset['figures'] ?? '';
  try {
    return await loadFigureFile(new URL(name, location.href).href);
  } catch (error) {
    // The next try asks again.
    published = undefined;
    throw error;
  }
}
