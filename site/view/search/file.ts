/** The search index as it travels: short names, no labels that the page can make itself. */
import { formatDomain } from '../../../data-build/words/domain.ts';
import type { SearchEntry } from './score.ts';

export interface SearchFile {
  /** Places that have a page: code, then what people type; their names come from the reader's own browser. */
  readonly places: readonly (readonly string[])[];
  /** The same of all others. */
  readonly untested: readonly (readonly string[])[];
  /** Name and label. */
  readonly tests: readonly (readonly [string, string])[];
  /** Name in addresses and label. */
  readonly themes: readonly (readonly [string, string])[];
  /** Name in addresses and title. */
  readonly findings: readonly (readonly [string, string])[];
  /** Number, name (`` when unknown) and the code of the place where it was tested most. */
  readonly networks: readonly (readonly [number, string, string])[];
  readonly domains: readonly string[];
  /** Path below the root and what happened. */
  readonly events: readonly (readonly [string, string])[];
  /** Parts that hold what is left out here. */
  readonly shards: readonly string[];
  /** First day of the release and the day after its last. */
  readonly days: readonly string[];
}

export const EMPTY: SearchFile = {
  places: [],
  untested: [],
  tests: [],
  themes: [],
  findings: [],
  networks: [],
  domains: [],
  events: [],
  shards: [],
  days: [],
};

/** Believes nothing of what a server gave; what has another shape is left out. */
export function readSearchFile(json: unknown): SearchFile {
  if (typeof json !== 'object' || json === null) return EMPTY;
  const fields = new Map<string, unknown>(Object.entries(json));
  const list = (name: string): readonly unknown[] => {
    const found = fields.get(name);
    return Array.isArray(found) ? found : [];
  };
  // Half a character can stand in no address.
  const isText = (value: unknown): value is string =>
    typeof value === 'string' && !/\p{Surrogate}/u.test(value);
  const isPlace = (value: unknown): value is readonly string[] =>
    Array.isArray(value) && value.length > 0 && value.every(isText);
  const isTexts = (value: unknown): value is readonly [string, string] =>
    Array.isArray(value) && value.length === 2 && value.every(isText);
  const isNetwork = (value: unknown): value is readonly [number, string, string] =>
    Array.isArray(value) &&
    value.length === 3 &&
    typeof value[0] === 'number' &&
    value.slice(1).every(isText);
  return {
    places: list('places').filter(isPlace),
    untested: list('untested').filter(isPlace),
    tests: list('tests').filter(isTexts),
    themes: list('themes').filter(isTexts),
    findings: list('findings').filter(isTexts),
    networks: list('networks').filter(isNetwork),
    domains: list('domains').filter(isText),
    events: list('events').filter(isTexts),
    shards: list('shards').filter(isText),
    days: list('days').filter(isText),
  };
}

/** Names under which a reader may know a place, the one to show first. */
type PlaceNames = (code: string) => readonly string[];

/** Places by code, name and what people type; `path` is null for those without a page. */
export function toPlaces(
  places: SearchFile['places'],
  names: PlaceNames,
  hasPage: boolean,
): readonly SearchEntry[] {
  return places.flatMap(([code, ...typed]): readonly SearchEntry[] => {
    if (code === undefined) return [];
    const known = names(code);
    const path = hasPage ? `country/${code}/` : null;
    const [label = code] = known;
    return [{ kind: 'place', key: code, label, texts: [code, ...known, ...typed], path }];
  });
}

export function toEntries(file: SearchFile, names: PlaceNames): readonly SearchEntry[] {
  return [
    ...toPlaces(file.places, names, true),
    ...file.tests.map(([name, label]): SearchEntry => ({
      kind: 'test',
      key: name,
      label,
      texts: [label, name],
      path: `test/${encodeURIComponent(name)}/`,
    })),
    ...file.themes.map(([slug, label]): SearchEntry => ({
      kind: 'theme',
      key: slug,
      label,
      texts: [label, slug],
      path: `theme/${slug}/`,
    })),
    ...file.findings.map(([slug, title]): SearchEntry => ({
      kind: 'finding',
      key: slug,
      label: title,
      texts: [title],
      path: `finding/${slug}/`,
    })),
    ...file.networks.map(([asn, name, place]): SearchEntry => ({
      kind: 'network',
      key: String(asn),
      label: name === '' ? `AS${asn}` : `AS${asn} ${name}`,
      texts: [`AS${asn}`, String(asn), ...(name === '' ? [] : [name])],
      path: `network/AS${asn}/`,
      at: place,
    })),
    ...file.domains.map((domain): SearchEntry => ({
      kind: 'domain',
      key: domain,
      label: formatDomain(domain),
      texts: [domain],
      path: `domain/${encodeURIComponent(domain)}/`,
    })),
    ...file.events.map(([path, label]): SearchEntry => ({
      kind: 'event',
      key: path,
      label,
      texts: [label],
      path,
    })),
  ];
}
