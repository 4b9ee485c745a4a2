/** What to mirror of Tor Metrics: users by country and day, direct and over bridges. */
import { addDays } from '../../contract/brands.ts';
import type { RemoteFile } from '../../fetch/mirror.ts';
import type { DaysWish, Mirror } from '../mirror.ts';

const ENDPOINT = 'https://metrics.torproject.org/';

export const TOR_MIRROR: Mirror = { folder: 'tor', byDay: true, list };

/** One file per kind and country; without countries one per kind, in which the publisher gives every country. */
function list({ endpoint = ENDPOINT, ...wish }: DaysWish): readonly RemoteFile[] {
  const last = addDays(wish.until, -1);
  const countries =
    wish.countries.length > 0 ? wish.countries.map((cc) => cc.toLowerCase()) : [null];
  return ['relay', 'bridge'].flatMap((kind) =>
    countries.map((country) => {
      const url = new URL(`userstats-${kind}-country.csv`, endpoint);
      url.searchParams.set('start', wish.since);
      url.searchParams.set('end', last);
      // `country=all` gives only the total of the world.
      if (country !== null) url.searchParams.set('country', country);
      url.searchParams.set('events', 'off');
      return {
        url: url.href,
        path: `userstats-${kind}-country_${wish.since}_${last}_${country ?? 'every'}.csv`,
        size: null,
        etag: null,
        sha256: null,
      };
    }),
  );
}
