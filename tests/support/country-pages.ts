/** The pages of countries and territories in a built site. */
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Codes of the countries and territories that have a page, the heaviest page first. */
export function countryCodes(dist: string): readonly string[] {
  const folder = path.join(dist, 'country');
  const weight = (code: string) => statSync(path.join(folder, code, 'index.html')).size;
  return readdirSync(folder)
    .filter((code) => /^[A-Z]{2}$/.test(code))
    .sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1));
}

/** The country page with the most on it. */
export function heaviestCountry(dist: string): string {
  const [first] = countryCodes(dist);
  if (first === undefined) {
    throw new Error('The sample site has no country page. See that `npm run sample` covers some.');
  }
  return first;
}
