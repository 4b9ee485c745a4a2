/**
 * Surges in the use of Psiphon that were documented in public, as facts with their sources. Psiphon publishes no
 * open series; these are single figures, and their units differ, so they are never compared with each other.
 */
import { toCountryCode, type CountryCode } from './brands.ts';

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
  code: string,
  dates: readonly [since: string, until: string],
  measure: string,
  figures: string,
  cause: string,
  source: string,
  warning: string | null = null,
): DocumentedSurge {
  const probe_cc = toCountryCode(code);
  if (probe_cc === null) throw new Error(`${code} is no country code.`);
  const [since, until] = dates;
  return { probe_cc, since, until, measure, figures, cause, source, warning };
}

const WEBSITE = 'github.com/Psiphon-Inc/psiphon-website, src/documents/en/blog/';

export const DOCUMENTED_SURGES: readonly DocumentedSurge[] = [
  surge(
    'IR',
    ['2013-06-14', '2013-06-14'],
    'different clients in a day',
    '125,000 on election day; a usual week had up to 1.5 million, which is another unit',
    'Severe throttling around an election',
    `${WEBSITE}psiphon-iranian-election-2013.html.md`,
  ),
  surge(
    'BR',
    ['2015-12-16', '2015-12-17'],
    'different clients in a day',
    '54,000 the day before, 946,000 the day after: 17.5 times',
    'WhatsApp blocked',
    `${WEBSITE}brazil-whatsapp-2015.html.md.eco`,
  ),
  surge(
    'MA',
    ['2016-01-05', '2016-02-12'],
    'use against the level before',
    '15 times at the peak; 3 times in the first week',
    'Internet calls blocked',
    `${WEBSITE}morocco-voip.html.md.eco`,
  ),
  surge(
    'UG',
    ['2016-02-18', '2016-02-22'],
    'connections in an hour',
    '25 times the usual',
    'Social media and mobile money blocked around an election',
    `${WEBSITE}uganda-election-2016.html.md.eco`,
  ),
  surge(
    'BR',
    ['2016-05-02', '2016-05-03'],
    'size of the user base',
    '3 times within a day',
    'WhatsApp blocked',
    `${WEBSITE}brazil-whatsapp-201605.html.md.eco`,
  ),
  surge(
    'TR',
    ['2016-11-04', '2016-11-05'],
    'use',
    'no figure published',
    'Social media blocked',
    'https://blog-en.psiphon.ca/2016/11/social-media-and-internet-ban-in-turkey.html',
  ),
  surge(
    'IR',
    ['2017-12-30', '2018-01-03'],
    'installations in a day',
    '40,000 usually, about 700,000 as a mean of five days: near 20 times',
    'Telegram and Instagram blocked',
    'https://www.pressreader.com/canada/toronto-star/20180110/282273845761446',
  ),
  surge(
    'IR',
    ['2019-11', '2019-11'],
    'clients in a day',
    '10.5 million at the peak, hundreds of thousands usually',
    'Shutdown of the whole country’s internet',
    'https://iranwire.com/en/features/7164',
  ),
  surge(
    'BY',
    ['2020-08-09', '2020-08-11'],
    'active clients in a day',
    '1.76 million',
    'Shutdown around an election',
    'https://blog.psiphon.ca/page/3',
  ),
  surge(
    'MM',
    ['2021-02-03', '2021-05-02'],
    'clients',
    'about 2 million within days of the coup, about 5 million in the months after',
    'Social media blocked',
    'https://blog-en.psiphon.ca/2021/07/shutdown-in-myanmar-fresh-story-with.html',
  ),
  surge(
    'CU',
    ['2021-07-11', '2021-07-17'],
    'clients in a day',
    '1.4 million',
    'Social media blocked',
    'https://blog.psiphon.ca/page/3',
  ),
  surge(
    'CU',
    ['2021-10-04', '2021-10-04'],
    'different clients in a day',
    '70,000 before, 300,000 on the day: more than 4 times',
    'Facebook’s services were down in the whole world',
    'https://blog.psiphon.ca/page/3',
    'No interference: an outage elsewhere made the surge, and the rest of the world rose with it.',
  ),
  surge(
    'IR',
    ['2025-06', '2025-06'],
    'clients',
    'about 1.5 million kept access, a third of the usual: a drop',
    'A blackout that left some services running',
    'https://corpus.lantern.io/findings/2025-miaan-stealth-blackout__psiphon-1-5m-users-iran-multiprotocol/',
  ),
];
