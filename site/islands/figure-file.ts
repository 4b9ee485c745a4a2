/** The files of figures as they were published, with the names of places that the pages use. */
import { isFields } from '../../data-build/contract/fields.ts';
import { givePlaceNames } from '../../data-build/words/place.ts';
import { parsePageFigures, type PageFigures } from '../figures/page-figures.ts';
import { pageAddress } from './address.ts';

/** Rejects when it does not arrive. */
export async function loadFigureFile(address: string): Promise<PageFigures> {
  const [figures, names] = await Promise.all([
    loadJson(address),
    loadJson(pageAddress('places.json')),
  ]);
  const file = parsePageFigures(figures);
  if (file === null || !isFields(names)) throw new Error(`${address} does not hold figures.`);
  givePlaceNames(Object.entries(names).map(([code, place]) => [code, String(place)]));
  return file;
}

async function loadJson(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response.json();
}
