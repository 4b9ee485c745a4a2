/**
 * Surges in the use of Psiphon that were documented in public, as facts with their sources. Psiphon publishes no
 * open series; these are single figures, and their units differ, so they are never compared with each other.
 */
import { translate } from '../words/translate.ts';
import type { WordKey } from '../words/words.ts';
import { toCountryCode, type CountryCode } from './brands.ts';

/** Country or territory and month of its beginning: `BR-2015-12`. */
type SurgeId = WordKey extends infer Key
  ? Key extends `surge.${infer Id}.cause`
    ? Id
    : never
  : never;

export interface DocumentedSurge {
  readonly probe_cc: CountryCode;
  /** Day or month: `2016-02-18`, `2019-11`. */
  readonly since: string;
  readonly until: string;
  /** What was counted, in words; units differ between entries. */
  readonly measure: string;
  /** The figures as published, in our words. */
  readonly figures: string;
  /** What happened, according to the source. */
  readonly cause: string;
  /** Where it is documented: an address, or repository and path. */
  readonly source: string;
  /** Why it is no sign of interference; null where it may be one. */
  readonly warning: string | null;
}

function surge(
  id: SurgeId,
  dates: readonly [since: string, until: string],
  source: string,
  elsewhere = false,
): DocumentedSurge {
  const probe_cc = toCountryCode(id.slice(0, 2));
  if (probe_cc === null) throw new Error(`${id} begins with no country code.`);
  const [since, until] = dates;
  return {
    probe_cc,
    since,
    until,
    get measure() {
      return translate(`surge.${id}.measure`);
    },
    get figures() {
      return translate(`surge.${id}.figures`);
    },
    get cause() {
      return translate(`surge.${id}.cause`);
    },
    source,
    get warning() {
      return elsewhere ? translate('surge.elsewhere') : null;
    },
  };
}

const WEBSITE = 'github.com/Psiphon-Inc/psiphon-website, src/documents/en/blog/';

export const DOCUMENTED_SURGES: readonly DocumentedSurge[] = [
  surge(
    'IR-2013-06',
    ['2013-06-14', '2013-06-14'],
    `${WEBSITE}psiphon-iranian-election-2013.html.md`,
  ),
  surge('BR-2015-12', ['2015-12-16', '2015-12-17'], `${WEBSITE}brazil-whatsapp-2015.html.md.eco`),
  surge('MA-2016-01', ['2016-01-05', '2016-02-12'], `${WEBSITE}morocco-voip.html.md.eco`),
  surge('UG-2016-02', ['2016-02-18', '2016-02-22'], `${WEBSITE}uganda-election-2016.html.md.eco`),
  surge('BR-2016-05', ['2016-05-02', '2016-05-03'], `${WEBSITE}brazil-whatsapp-201605.html.md.eco`),
  surge(
    'TR-2016-11',
    ['2016-11-04', '2016-11-05'],
    'https://blog-en.psiphon.ca/2016/11/social-media-and-internet-ban-in-turkey.html',
  ),
  surge(
    'IR-2017-12',
    ['2017-12-30', '2018-01-03'],
    'https://www.pressreader.com/canada/toronto-star/20180110/282273845761446',
  ),
  surge('IR-2019-11', ['2019-11', '2019-11'], 'https://iranwire.com/en/features/7164'),
  surge('BY-2020-08', ['2020-08-09', '2020-08-11'], 'https://blog.psiphon.ca/page/3'),
  surge(
    'MM-2021-02',
    ['2021-02-03', '2021-05-02'],
    'https://blog-en.psiphon.ca/2021/07/shutdown-in-myanmar-fresh-story-with.html',
  ),
  surge('CU-2021-07', ['2021-07-11', '2021-07-17'], 'https://blog.psiphon.ca/page/3'),
  surge('CU-2021-10', ['2021-10-04', '2021-10-04'], 'https://blog.psiphon.ca/page/3', true),
  surge(
    'IR-2025-06',
    ['2025-06', '2025-06'],
    'https://corpus.lantern.io/findings/2025-miaan-stealth-blackout__psiphon-1-5m-users-iran-multiprotocol/',
  ),
];
