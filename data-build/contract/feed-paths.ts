/** Paths of feeds in the data folder, and which events have a page of their own. Licences never share a feed. */
import { eventStrength, type DetectedEvent } from './detected-event.ts';
import type { LicenceSlug } from './publishers.ts';
import { themeOf, themeOfEvent } from './themes.ts';
import type { CategoryCode } from './vocabulary.ts';

export type Edition = 'all' | 'cc0';

/** The licence of the feeds at the top; the rows under every other licence have a folder of their own. */
export function leadingLicence(edition: Edition): LicenceSlug {
  return edition === 'cc0' ? 'cc0' : 'cc-by-nc-sa';
}

export const FEED_FILES = {
  atom: { name: 'atom.xml', type: 'application/atom+xml' },
  json: { name: 'feed.json', type: 'application/feed+json' },
  calendar: { name: 'events.ics', type: 'text/calendar' },
} as const;

/** `feeds`, `feeds/cc0`. */
export function feedRoot(licence: LicenceSlug, edition: Edition): string {
  return licence === leadingLicence(edition) ? 'feeds' : `feeds/${licence}`;
}

/** What a smaller feed can be about. */
export const FEED_KINDS = {
  country: true,
  network: true,
  domain: true,
  test: true,
  theme: true,
} as const;

/** What a feed is about; null: everything. */
export interface FeedScope {
  readonly kind: keyof typeof FEED_KINDS;
  /** `KE`, `AS33771`, `example.org`, `whatsapp`, `social-media`. */
  readonly key: string;
}

/** Whether its key can be the name of a folder. */
export function isFeedKey({ kind, key }: FeedScope): boolean {
  if (kind === 'test') return /^[a-z0-9_]+$/.test(key);
  return kind !== 'domain' || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(key);
}

/**
 * The scopes of an event that have a feed; a name that could leave its folder has none. `listed` is the category of its
 * website.
 */
export function feedScopes(
  event: Pick<
    DetectedEvent,
    'probe_cc' | 'probe_asn' | 'domain' | 'category_code' | 'test_name' | 'tool'
  >,
  listed: CategoryCode | null,
): readonly FeedScope[] {
  const { probe_cc, probe_asn, domain, test_name } = event;
  const theme = themeOfEvent(event, listed);
  const scopes: readonly FeedScope[] = [
    { kind: 'country', key: probe_cc },
    ...(probe_asn === null ? [] : [{ kind: 'network', key: `AS${probe_asn}` } as const]),
    ...(domain === null ? [] : [{ kind: 'domain', key: domain } as const]),
    ...(test_name === null ? [] : [{ kind: 'test', key: test_name } as const]),
    ...(theme === null ? [] : [{ kind: 'theme', key: themeOf(theme).slug } as const]),
  ];
  return scopes.filter(isFeedKey);
}

/** `feeds/country/KE`. */
export function feedFolder(
  licence: LicenceSlug,
  edition: Edition,
  scope: FeedScope | null = null,
): string {
  const root = feedRoot(licence, edition);
  return scope === null ? root : `${root}/${scope.kind}/${scope.key}`;
}

/** Most events that have a page of their own: whole countries and territories first, then the strongest. */
export const MOST_EVENT_PAGES = 2000;

/** Ids of the events that have a page; the others stand on the page of their country or territory. */
export function pagedEvents(events: readonly DetectedEvent[]): ReadonlySet<string> {
  const place = (event: DetectedEvent): number => (event.probe_asn === null ? 0 : 1);
  const sorted = events.toSorted(
    (a, b) =>
      place(a) - place(b) ||
      eventStrength(b) - eventStrength(a) ||
      (a.event_id < b.event_id ? -1 : 1),
  );
  return new Set(sorted.slice(0, MOST_EVENT_PAGES).map(({ event_id }) => event_id));
}

/** Path of an event below the site’s base. */
export function eventPath(event: DetectedEvent, paged: ReadonlySet<string>): string {
  return paged.has(event.event_id)
    ? `event/${event.event_id}/`
    : `country/${event.probe_cc}/#event-${event.event_id}`;
}
