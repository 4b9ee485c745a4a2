/** The search index as it travels: short names, no labels that the page can make itself. */
import type { SearchEntry } from './search.ts';

export interface SearchFile {
  /** Codes of places that have a page; their names come from the reader's own browser. */
  readonly places: readonly string[];
  /** Name and label. */
  readonly tests: readonly (readonly [string, string])[];
  /** Number and name (`` when unknown). */
  readonly networks: readonly (readonly [number, string])[];
  readonly domains: readonly string[];
  /** Path below the root and what happened. */
  readonly events: readonly (readonly [string, string])[];
  /** Parts that hold what is left out here. */
  readonly shards: readonly string[];
}

const EMPTY: SearchFile = {
  places: [],
  tests: [],
  networks: [],
  domains: [],
  events: [],
  shards: [],
};

/** Believes nothing of what a server gave; what has another shape is left out. */
export function readSearchFile(json: unknown): SearchFile {
  if (typeof json !== 'object' || json === null) return EMPTY;
  const fields = new Map<string, unknown>(Object.entries(json));
  const list = (name: string): readonly unknown[] => {
    const found = fields.get(name);
    return Array.isArray(found) ? found : [];
  };
  const isText = (value: unknown): value is string => typeof value === 'string';
  const isTexts = (value: unknown): value is readonly [string, string] =>
    Array.isArray(value) && value.length === 2 && value.every(isText);
  const isNetwork = (value: unknown): value is readonly [number, string] =>
    Array.isArray(value) && typeof value[0] === 'number' && isText(value[1]);
  return {
    places: list('places').filter(isText),
    tests: list('tests').filter(isTexts),
    networks: list('networks').filter(isNetwork),
    domains: list('domains').filter(isText),
    events: list('events').filter(isTexts),
    shards: list('shards').filter(isText),
  };
}

/** `names` gives the names under which a reader may know a place, the one to show first. */
export function toEntries(
  file: SearchFile,
  names: (code: string) => readonly string[],
): readonly SearchEntry[] {
  return [
    ...file.places.map((code): SearchEntry => {
      const known = names(code);
      return {
        kind: 'place',
        key: code,
        label: known[0] ?? code,
        texts: [code, ...known],
        path: `country/${code}/`,
      };
    }),
    ...file.tests.map(([name, label]): SearchEntry => ({
      kind: 'test',
      key: name,
      label,
      texts: [label, name],
      path: `test/${encodeURIComponent(name)}/`,
    })),
    ...file.networks.map(([asn, name]): SearchEntry => ({
      kind: 'network',
      key: String(asn),
      label: name === '' ? `AS${asn}` : `AS${asn} ${name}`,
      texts: [`AS${asn}`, String(asn), ...(name === '' ? [] : [name])],
      path: `network/AS${asn}/`,
    })),
    ...file.domains.map((domain): SearchEntry => ({
      kind: 'domain',
      key: domain,
      label: domain,
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
