/** The code of a country or territory, whichever publisher gave it. */
import { toCountryCode, type CountryCode } from '../contract/brands.ts';
import { NO_SINGLE_PLACE } from '../contract/places.ts';
import { problem, type Problem } from '../contract/problem.ts';

/** Two letters in any case; `ZZ`, the publishers’ unknown, is refused like other shapes. */
export function normalizePlaceCode(text: string): CountryCode | Problem {
  const trimmed = text.trim();
  if (NO_SINGLE_PLACE.has(trimmed.toUpperCase()))
    return problem('no_single_country', trimmed.toUpperCase());
  const code = toCountryCode(trimmed);
  return code === null || code === 'ZZ'
    ? problem('unknown_country', trimmed === '' ? 'missing' : trimmed)
    : code;
}
