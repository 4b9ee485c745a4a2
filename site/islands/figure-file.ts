/** The files of figures as they were published, with the names of places that the pages use. */
import { parsePageFigures, type PageFigures } from '../figures/page-figures.ts';
import { loadPlaceNames } from './place-names.ts';

/** Rejects when it does not arrive. */
export async function loadFigureFile(address: string): Promise<PageFigures> {
  const [figures] = await Promise.all([loadJson(address), loadPlaceNames()]);
  const file = parsePageFigures(figures);
  if (file === null) throw new Error(`${address} does not hold figures.`);
  return file;
}

async function loadJson(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response.json();
}
