/** Contradictions between pages, and between pages and feeds: one event is told in one way wherever it stands. */
import type { ReadPage } from './read-page.ts';

export interface FeedItem {
  readonly feed: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface ReadSite {
  readonly pages: readonly ReadPage[];
  readonly items: readonly FeedItem[];
}

export interface SiteRule {
  readonly id: string;
  /** What is wrong with it, in one sentence. */
  readonly about: string;
  /** Quotes of what contradicts, with where they stand. */
  readonly find: (site: ReadSite) => readonly string[];
}

const PLAIN = /[\u2066-\u2069\u00ad]/g;
const plain = (text: string): string => text.replace(PLAIN, '').replace(/\s+/g, ' ').trim();

function eventPages({ pages }: ReadSite): ReadonlyMap<string, ReadPage> {
  return new Map(
    pages.flatMap((page) => {
      const id = /^event\/(\w+)\/$/.exec(page.path)?.[1];
      return id === undefined ? [] : [[id, page] as const];
    }),
  );
}

export const SITE_RULES: readonly SiteRule[] = [
  {
    id: 'two_titles',
    about: 'A page lists an event under another title than its own page has.',
    find: (site) => {
      const known = eventPages(site);
      return site.pages.flatMap(({ path, events }) =>
        events.flatMap(({ id, title }) => {
          const own = known.get(id);
          return own === undefined || plain(own.heading) === plain(title)
            ? []
            : [`/${path}: ${title} ↔ ${own.heading}`];
        }),
      );
    },
  },
  {
    id: 'feed_differs',
    about: 'A feed tells an event otherwise than its page does.',
    find: (site) => {
      const known = eventPages(site);
      return site.items.flatMap(({ feed, id, title, text }) => {
        const page = known.get(id);
        if (page === undefined) return [];
        // What ended is told again, under its title and that it is as before again. Feeds say themselves what is no real data.
        const told = plain(title).replace(/^\[Synthetic sample\] |; as before again$/g, '');
        const isSame = told === plain(page.heading);
        if (!isSame) return [`${feed}: ${title} ↔ ${page.heading}`];
        return plain(text).includes(plain(page.totals))
          ? []
          : [`${feed}: ${text} ↔ ${page.totals}`];
      });
    },
  },
];
