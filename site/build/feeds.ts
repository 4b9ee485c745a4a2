/** Feeds in further languages, which lie beside their pages; those in English lie in the data folder. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import {
  FEED_FILES,
  feedFolder,
  leadingLicence,
  type FeedScope,
} from '../../data-build/contract/feed-paths.ts';
import { LICENCES_BY_STRICTNESS } from '../../data-build/contract/publishers.ts';
import { listFeeds, type FeedFacts, type FeedFile } from '../../data-build/feeds/list.ts';
import { FIRST_LANGUAGE, pageLanguage } from '../../data-build/words/language.ts';
import { askPlaceEvents } from '../figures/place-events.ts';
import { buildData, type BuildData } from '../engine/build-data.ts';
import { basePath, siteUrl } from '../serve/base.ts';
import { languageFolder } from '../serve/languages.ts';
import { dataHref, href } from './address.ts';
import { loadCorrections } from './corrections.ts';
import { loadFeedNotes } from './former-ids.ts';
import { loadDomainList } from './domain.ts';
import { loadEventList } from './events.ts';

export interface FeedLink {
  readonly href: string;
  readonly type: string;
  readonly licence: string;
  readonly format: keyof typeof FEED_FILES;
  /** Where it is not in the language of the page. */
  readonly hreflang: string | undefined;
}

const known = new Map<string, Promise<ReadonlyMap<string, FeedFile>>>();

/** Of a scope, under every licence: in the language of the page, else in English. */
export async function feedLinks(
  data: BuildData,
  scope: FeedScope | null = null,
): Promise<readonly FeedLink[]> {
  const { manifest, folder } = data;
  const leading = leadingLicence(manifest.edition);
  const own = await loadFeeds();
  const isOther = pageLanguage() !== FIRST_LANGUAGE;
  return LICENCES_BY_STRICTNESS.toSorted((a, b) =>
    a === leading ? -1 : b === leading ? 1 : a < b ? -1 : 1,
  ).flatMap((licence) => {
    const home = feedFolder(licence, manifest.edition, scope);
    const isOwn = own.has(`${home}/${FEED_FILES.atom.name}`);
    return (['atom', 'json', 'calendar'] as const).flatMap((format) => {
      const { name, type } = FEED_FILES[format];
      const file = `${home}/${name}`;
      if (isOwn ? !own.has(file) : !existsSync(path.join(folder, file))) return [];
      const hreflang = isOther && !isOwn ? FIRST_LANGUAGE : undefined;
      return [{ href: isOwn ? href(file) : dataHref(file), type, licence, format, hreflang }];
    });
  });
}

/** Those of the language of the page, by path below its folder. */
export function loadFeeds(): Promise<ReadonlyMap<string, FeedFile>> {
  const tag = pageLanguage();
  const before = known.get(tag);
  if (before !== undefined) return before;
  const feeds = makeFeeds(tag).then((files) => new Map(files.map((file) => [file.path, file])));
  known.set(tag, feeds);
  return feeds;
}

let facts: Promise<FeedFacts> | undefined;

/**
 * Those that lie in the folder of a language, in the words of who calls; none of English. A feed without an entry is Atom
 * alone, and a network or a website without an event has none of its own.
 */
export async function makeFeeds(tag: string): Promise<readonly FeedFile[]> {
  if (tag === FIRST_LANGUAGE) return [];
  facts ??= buildData().then(loadFacts);
  const folder = languageFolder(tag);
  const lean = ['all', 'country', 'network', 'domain', 'test', 'theme'] as const;
  return listFeeds(await facts, { files: folder, pages: folder, lean });
}

async function loadFacts(data: BuildData): Promise<FeedFacts> {
  const { manifest, folder } = data;
  const { rows } = await loadEventList(data);
  const listed = new Map(
    (await loadDomainList(data)).domains.map(({ domain, category_code }) => [
      domain,
      category_code,
    ]),
  );
  const courses = new Map<string, FeedFacts['events'][number]['course']>();
  for (const place of new Set(rows.map(({ probe_cc }) => probe_cc)))
    for (const [id, course] of (await askPlaceEvents(data.ask, place)).courses)
      courses.set(id, course);
  const measured = new Map(
    LICENCES_BY_STRICTNESS.flatMap((licence) => {
      const scopes = (['country', 'test'] as const).flatMap((kind) => {
        const own = path.join(folder, feedFolder(licence, manifest.edition), kind);
        const keys = existsSync(own) ? readdirSync(own).sort() : [];
        return keys.map((key) => ({ kind, key }));
      });
      return scopes.length > 0 ? [[licence, scopes] as const] : [];
    }),
  );
  const origin = siteUrl();
  return {
    release: { ...manifest, site: origin === null ? null : `${origin}${basePath()}` },
    events: rows.map((event) => ({
      event,
      networkName: event.network_name,
      listed: event.domain === null ? null : (listed.get(event.domain) ?? null),
      course: courses.get(event.event_id) ?? null,
    })),
    corrections: await loadCorrections(folder),
    notes: await loadFeedNotes(folder),
    measured,
  };
}
