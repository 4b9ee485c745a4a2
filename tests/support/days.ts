/** Days and networks of hand-written rows; what does not parse is a mistake in the test. */
import {
  toCountryCode,
  type CountryCode,
  toAsn,
  toDay,
  type Asn,
  type Day,
} from '../../data-build/contract/brands.ts';

export function day(text: string): Day {
  const known = toDay(text);
  if (known === null) throw new Error(`${text} is no day; write YYYY-MM-DD.`);
  return known;
}

export function asn(number: number): Asn {
  const known = toAsn(number);
  if (known === null) throw new Error(`${number} is no network number; write 1 … 4294967295.`);
  return known;
}

export function country(code: string): CountryCode {
  const known = toCountryCode(code);
  if (known === null) throw new Error(`${code} is no country or territory`);
  return known;
}
