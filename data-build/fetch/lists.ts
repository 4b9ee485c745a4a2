/** Fingerprints for scoring, and test lists for categories. */
import isoCountries from 'i18n-iso-countries';
import type { CountryCode } from '../contract/brands.ts';
import type { RemoteFile } from './mirror.ts';

export const LISTS_ENDPOINT = 'https://raw.githubusercontent.com/';

/** Lists that are not about a single country. */
const WIDE_LISTS = ['00-LEGEND-category_codes', 'global', 'cis'];

/** A country without a list is no failure. */
export function listLists(
  endpoint: string,
  countries: readonly CountryCode[],
): readonly RemoteFile[] {
  const codes = countries.length > 0 ? countries : Object.keys(isoCountries.getAlpha2Codes());
  const names = [...WIDE_LISTS, ...codes.map((code) => code.toLowerCase()).toSorted()];
  return [
    ...['fingerprints_http.csv', 'fingerprints_dns.csv'].map((name) => ({
      url: new URL(`ooni/blocking-fingerprints/main/${name}`, endpoint).href,
      path: `fingerprints/${name}`,
      size: null,
      etag: null,
      sha256: null,
    })),
    ...names.map((name) => ({
      url: new URL(`citizenlab/test-lists/master/lists/${name}.csv`, endpoint).href,
      path: `test-lists/lists/${name}.csv`,
      size: null,
      etag: null,
      sha256: null,
    })),
  ];
}
