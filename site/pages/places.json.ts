/** `/places.json`: names of all places, as pages print them. Browsers have others for some, and redraw what pages hold. */
import type { APIRoute } from 'astro';
import countries from 'i18n-iso-countries';
import { buildData } from '../engine/build-data.ts';
import { listPlaces } from '../build/places.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';

export const GET: APIRoute = async () => {
  const held = (await listPlaces(await buildData())).map(({ probeCc }) => probeCc);
  const codes = [...new Set([...Object.keys(countries.getAlpha2Codes()), ...held])].sort();
  const names = Object.fromEntries(codes.map((code) => [code, formatPlaceName(code)]));
  return new Response(JSON.stringify(names), { headers: { 'content-type': 'application/json' } });
};
