/** Fingerprints for scoring, and test lists for categories. */
import isoCountries from 'i18n-iso-countries';
import type { RemoteFile } from '../../fetch/mirror.ts';
import type { Mirror, MirrorWish } from '../mirror.ts';

const ENDPOINT = 'https://raw.githubusercontent.com/';

/** Lists that are not about a single country. */
const WIDE_LISTS = ['00-LEGEND-category_codes', 'global', 'cis'];

export const LISTS_MIRROR: Mirror = { folder: 'ooni-lists', byDay: false, list };

/** A country without a list is no failure. */
function list({ endpoint = ENDPOINT, countries }: MirrorWish): readonly RemoteFile[] {
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
