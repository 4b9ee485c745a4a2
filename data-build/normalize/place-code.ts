/** The code of a country or territory, whichever publisher gave it. */
import { toCountryCode, type CountryCode } from '../contract/brands.ts';
import { PLACES } from '../contract/places.ts';
import { problem, type Problem } from '../contract/problem.ts';
import { quoteText } from '../contract/sql.ts';
import type { Refusals } from '../parts.ts';

/** Codes of two, as location tables write them: `EU`, `A1`. */
const CODE = /^[A-Z][A-Z0-9]$/;

/** Two letters in any case; `ZZ`, the publishers’ unknown, is refused like other shapes. */
export function normalizePlaceCode(text: string): CountryCode | Problem {
  const trimmed = text.trim();
  const upper = trimmed.toUpperCase();
  const code = PLACES.has(upper) ? toCountryCode(upper) : null;
  if (code !== null) return code;
  return CODE.test(upper) && upper !== 'ZZ'
    ? problem('no_single_country', upper)
    : problem('unknown_country', trimmed === '' ? 'missing' : trimmed);
}

/** The same for rows that DuckDB reads, whose codes are trimmed and in capital letters. */
export const PLACE_REFUSALS: Refusals = [
  [
    'unknown_country',
    `probe_cc IS NULL OR probe_cc = 'ZZ' OR NOT regexp_full_match(probe_cc, '${CODE.source.slice(1, -1)}')`,
  ],
  ['no_single_country', `probe_cc NOT IN (${[...PLACES].map(quoteText).join(', ')})`],
];
