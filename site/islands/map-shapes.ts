/** Fetches the shapes that maps are drawn on. */
import { givenShapes, giveShapes, isWorldGeometry } from '../charts/map/shapes.ts';
import { fileAddress } from './address.ts';

let loading: Promise<boolean> | undefined;

/** Gives them to all maps of the page; false where they cannot be fetched, and then they may be tried again. */
export async function loadShapes(): Promise<boolean> {
  if (givenShapes() !== null) return true;
  loading ??= fetchShapes();
  const found = await loading;
  loading = undefined;
  return found;
}

async function fetchShapes(): Promise<boolean> {
  try {
    const response = await fetch(fileAddress('world/shapes.json'));
    const json: unknown = response.ok ? await response.json() : null;
    if (!isWorldGeometry(json)) return false;
    giveShapes(json);
    return true;
  } catch {
    return false;
  }
}
