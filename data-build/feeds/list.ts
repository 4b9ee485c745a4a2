/**
 * All feeds of a release: of everything, and per country or territory, network, website, test and theme. A feed holds rows of one
 * licence: those of the leading licence lie in `feeds/`, the others in `feeds/<licence>/`. All that is measured has its
 * feed from the first build on, so that who follows it learns of the first event.
 */
import { addDays, type Day } from '../contract/brands.ts';
import type { Correction } from '../contract/corrections.ts';
import type { FeedNotes } from '../contract/feed-notes.ts';
import { toKnownProblems } from '../contract/known-problems.ts';
import {
  FEED_FILES,
  feedFolder,
  leadingLicence,
  pagedEvents,
  type FeedScope,
} from '../contract/feed-paths.ts';
import type { Manifest } from '../contract/manifest.ts';
import {
  LICENCES,
  tablePublishers,
  type LicenceSlug,
  type PublisherId,
} from '../contract/publishers.ts';
import { attributionOf, syntheticNotice } from '../contract/publisher-words.ts';
import { THEMES } from '../contract/themes.ts';
import { CATEGORY_CODES, testSpec } from '../contract/vocabulary.ts';
import { FIRST_LANGUAGE, pageLanguage } from '../words/language.ts';
import { formatPlace } from '../words/place.ts';
import { joinSentences } from '../words/sentences.ts';
import { translate } from '../words/translate.ts';
import {
  sortEntries,
  toCorrectionEntries,
  toFeedEntries,
  toGoneEntries,
  type FeedEntry,
  type FeedEvent,
} from './entry.ts';
import { formatAtom, formatCalendar, formatJsonFeed, type FeedHead } from './formats.ts';

/** Entries of the feed of everything, and of each smaller one; older ones are left out. */
const MOST_ENTRIES = { all: 300, scope: 100 } as const;
/** Of these, events that are no longer found: a change of the rules may take many at once, and the others stay in the feed. */
const MOST_GONE = { all: 60, scope: 20 } as const;

export interface FeedRelease extends Pick<
  Manifest,
  'data_version' | 'synthetic' | 'edition' | 'since' | 'until'
> {
  /** Where the site will be mounted, ending in a slash; null: links are relative. */
  readonly site: string | null;
}

/** What feeds are made of. */
export interface FeedFacts {
  readonly release: FeedRelease;
  readonly events: readonly FeedEvent[];
  readonly corrections: readonly Correction[];
  /** What is known of earlier releases. */
  readonly notes: FeedNotes;
  /** What has a feed before it has an event, by the licence of its rows. */
  readonly measured: ReadonlyMap<LicenceSlug, readonly FeedScope[]>;
}

/** Where feeds lie, and the pages that they lead to: folders below the site’s base, `` or ending in a slash. */
export interface FeedHome {
  readonly files: string;
  readonly pages: string;
  /** Of which kinds a feed without an entry is Atom alone: there are many. */
  readonly lean: readonly (FeedScope['kind'] | 'all')[];
}

export const DATA_FEEDS: FeedHome = { files: 'data/', pages: '', lean: ['network', 'domain'] };

export interface FeedFile {
  /** Below the folder of {@link FeedHome.files}. */
  readonly path: string;
  readonly format: () => string;
}

/** Every file of every feed, in the language of who calls. */
export function listFeeds(facts: FeedFacts, home: FeedHome): readonly FeedFile[] {
  const { release, events, corrections, notes, measured } = facts;
  const { gone, told } = notes;
  const { since, until } = release;
  if (since === null || until === null) return [];
  const lastDay = addDays(until, -1);
  const paged = pagedEvents(events.map(({ event }) => event));
  const leading = leadingLicence(release.edition);
  const all = [
    ...[...events.map(({ event }) => event), ...gone].map(({ licence }) => licence),
    ...measured.keys(),
    leading,
  ];
  return [...new Set(all)].sort().flatMap((licence) => {
    const own = events.filter(({ event }) => event.licence === licence);
    const entries = sortEntries([
      ...toFeedEntries(own, paged, lastDay, toKnownProblems(corrections), told),
      ...toCorrectionEntries(corrections, own),
    ]);
    const lost = gone.filter((event) => event.licence === licence);
    const lostEntries = toGoneEntries(lost);
    const sources = new Set(
      [...own.map(({ event }) => event), ...lost].map(({ source }) => source),
    );
    const always = [...(measured.get(licence) ?? []), ...(licence === leading ? THEME_SCOPES : [])];
    return [
      { scope: null, found: join(entries, lostEntries, 'all') },
      ...toScopes(entries, lostEntries, always),
    ].flatMap(({ scope, found }) =>
      toFiles(found, toHead(release, home, licence, sources, since, scope), {
        folder: feedFolder(licence, release.edition, scope),
        isLean: found.length === 0 && home.lean.includes(scope?.kind ?? 'all'),
      }),
    );
  });
}

const THEME_SCOPES: readonly FeedScope[] = THEMES.map(({ slug }) => ({ kind: 'theme', key: slug }));

interface Scoped {
  readonly scope: FeedScope;
  readonly found: readonly FeedEntry[];
}

function toScopes(
  entries: readonly FeedEntry[],
  lost: readonly FeedEntry[],
  measured: readonly FeedScope[],
): readonly Scoped[] {
  const toKey = ({ kind, key }: FeedScope): string => `${kind} ${key}`;
  const byScope = (all: readonly FeedEntry[]): ReadonlyMap<string, readonly FeedEntry[]> => {
    const found = new Map<string, FeedEntry[]>();
    for (const entry of all)
      for (const key of entry.scopes.map(toKey)) {
        const known = found.get(key) ?? [];
        known.push(entry);
        found.set(key, known);
      }
    return found;
  };
  const scopes = new Map(
    [...measured, ...[...entries, ...lost].flatMap((entry) => entry.scopes)].map(
      (scope) => [toKey(scope), scope] as const,
    ),
  );
  const [found, gone] = [byScope(entries), byScope(lost)];
  return [...scopes].map(([key, scope]) => ({
    scope,
    found: join(found.get(key) ?? [], gone.get(key) ?? [], 'scope'),
  }));
}

/** What a feed holds, newest first. */
function join(
  entries: readonly FeedEntry[],
  lost: readonly FeedEntry[],
  size: keyof typeof MOST_ENTRIES,
): readonly FeedEntry[] {
  return sortEntries([...entries, ...lost.slice(0, MOST_GONE[size])]).slice(0, MOST_ENTRIES[size]);
}

function formatScope({ kind, key }: FeedScope): string {
  if (kind === 'country') return formatPlace(key);
  if (kind === 'test') return testSpec(key).label;
  const theme = kind === 'theme' ? THEMES.find(({ slug }) => slug === key) : undefined;
  return theme === undefined ? key : CATEGORY_CODES[theme.code];
}

function toHead(
  release: FeedRelease,
  { files, pages }: FeedHome,
  licence: LicenceSlug,
  sources: ReadonlySet<PublisherId>,
  firstDay: Day,
  scope: FeedScope | null,
): FeedHead {
  const folder = feedFolder(licence, release.edition, scope);
  const site = release.site ?? '../'.repeat(`${files}${folder}`.split('/').length);
  const named = sources.size > 0 ? [...sources].sort() : tablePublishers('events', licence);
  const language = pageLanguage() === FIRST_LANGUAGE ? '' : `${pageLanguage()}/`;
  return {
    title:
      scope === null ? translate('feed.all') : translate('feed.of', { about: formatScope(scope) }),
    id: `tag:interference-atlas.invalid,2024:${language}${folder}`,
    firstDay,
    dataVersion: scope === null ? release.data_version : null,
    licence: LICENCES[licence].spdx,
    licenceUrl: LICENCES[licence].url,
    attribution: joinSentences(named.map(attributionOf)),
    synthetic: release.synthetic ? syntheticNotice() : null,
    base: `${site}${pages}`,
    self: release.site === null ? '' : `${site}${files}${folder}/`,
  };
}

function toFiles(
  entries: readonly FeedEntry[],
  head: FeedHead,
  { folder, isLean }: { readonly folder: string; readonly isLean: boolean },
): readonly FeedFile[] {
  const { atom, json, calendar } = FEED_FILES;
  const at = (name: string): FeedHead => ({ ...head, self: `${head.self}${name}` });
  const files: readonly FeedFile[] = [
    { path: `${folder}/${atom.name}`, format: () => formatAtom(entries, at(atom.name)) },
    { path: `${folder}/${json.name}`, format: () => formatJsonFeed(entries, at(json.name)) },
    { path: `${folder}/${calendar.name}`, format: () => formatCalendar(entries, head) },
  ];
  return isLean ? files.slice(0, 1) : files;
}
