/** Names of places as the pages of this language print them; browsers have others for some, or none in the language. */
import { isFields } from '../../data-build/contract/fields.ts';
import { needsOwnForms } from '../../data-build/words/language.ts';
import { givePlaceNames } from '../../data-build/words/place.ts';
import { pageAddress } from './address.ts';

let given: Promise<void> | undefined;

/** Rejects when they do not arrive; the next call tries again. */
export async function loadPlaceNames(): Promise<void> {
  given ??= fetch(pageAddress('places.json')).then(async (response) => {
    const names: unknown = response.ok ? await response.json() : null;
    if (!isFields(names)) throw new Error('The names of places did not arrive.');
    givePlaceNames(Object.entries(names).map(([code, place]) => [code, String(place)]));
  });
  given.catch(() => {
    given = undefined;
  });
  return given;
}

/** Where the browser has no names in the language of the page, those of the page; else nothing is asked for. */
export async function borrowPlaceNames(): Promise<void> {
  // Without them a chart is better than none.
  if (needsOwnForms()) await loadPlaceNames().catch(() => undefined);
}
