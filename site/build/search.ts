/** The search index of a build: a small one for the first key, and parts for the rest. */
import countries from 'i18n-iso-countries';
import { buildData, type BuildData } from '../engine/build-data.ts';
import { eventPath } from '../../data-build/contract/feed-paths.ts';
import { CATEGORY_CODES } from '../../data-build/contract/vocabulary.ts';
import { EMPTY, type SearchFile } from '../view/search/file.ts';
import { TYPED_NAMES } from '../view/search/place-names.ts';
import { pageLanguage } from '../../data-build/words/language.ts';
import { formatDay } from '../view/format.ts';
import { shardsOf } from '../view/search/search.ts';
import { loadDomainList } from './domain.ts';
import { loadEventList, toViews } from './events.ts';
import { loadFindings } from './findings.ts';
import { loadNetworkList } from './network.ts';
import { listThemes } from './theme.ts';
import { loadTestList } from './test.ts';
import { listPlaces } from './places.ts';

/** So many of each stand in the first file, the most tested and the newest. Whole words of others ask for their part. */
const FIRST = { networks: 300, domains: 300, events: 10 } as const;

export interface SearchIndex {
  readonly first: SearchFile;
  /** What the first file leaves out, by the letter that words begin with. */
  readonly shards: ReadonlyMap<string, SearchFile>;
}

/** Every code of today and of the data, with its three letters and what people type. */
function listAllPlaces(tested: ReadonlySet<string>): readonly (readonly string[])[] {
  const threeLetters = new Map(Object.entries(countries.getAlpha2Codes()));
  return [...new Set([...tested, ...threeLetters.keys()])]
    .sort()
    .map((code) => [code, threeLetters.get(code) ?? [], TYPED_NAMES[code] ?? []].flat());
}

/** By language: events are found by their words. */
const indexes = new Map<string, Promise<SearchIndex>>();

export async function loadSearchIndex(): Promise<SearchIndex> {
  const data = await buildData();
  const index = indexes.get(pageLanguage()) ?? makeIndex(data);
  indexes.set(pageLanguage(), index);
  return index;
}

async function makeIndex(data: BuildData): Promise<SearchIndex> {
  const tested = new Set<string>((await listPlaces(data)).map(({ probeCc }) => probeCc));
  const places = listAllPlaces(tested);
  const tests = (await loadTestList(data)).map(({ name, spec }) => [name, spec.label] as const);
  const themes = (await listThemes(data)).map(
    ({ slug, code }) => [slug, CATEGORY_CODES[code]] as const,
  );
  const { findings } = await loadFindings(data);
  const networks = [...(await loadNetworkList(data)).networks]
    .sort((a, b) => b.tests - a.tests || a.asn - b.asn)
    .map(
      ({ asn, name, places: [most] }) => [Number(asn), name ?? '', most?.probe_cc ?? ''] as const,
    );
  const domains = [...(await loadDomainList(data)).domains]
    .sort((a, b) => b.measurement_count - a.measurement_count || (a.domain < b.domain ? -1 : 1))
    .map(({ domain }) => domain);
  const list = await loadEventList(data);
  // What a country or territory saw as a whole comes before what one network saw.
  const views = [...(await toViews(data, list.rows))].sort(
    (a, b) => Number(a.event.probe_asn !== null) - Number(b.event.probe_asn !== null),
  );
  const events = views.map(
    ({ event, words }) =>
      [eventPath(event, list.paged), `${words.title} · ${formatDay(event.first_sign)}`] as const,
  );

  const shards = new Map<
    string,
    {
      networks: (readonly [number, string, string])[];
      domains: string[];
      events: (readonly [string, string])[];
    }
  >();
  const shard = (name: string) => {
    const known = shards.get(name) ?? { networks: [], domains: [], events: [] };
    shards.set(name, known);
    return known;
  };
  for (const network of networks.slice(FIRST.networks)) {
    const [asn, name] = network;
    // The number begins with a digit, and with the letters before it every network would be in one part.
    for (const key of shardsOf({ texts: [String(asn), name] })) shard(key).networks.push(network);
  }
  for (const domain of domains.slice(FIRST.domains)) {
    for (const key of shardsOf({ texts: [domain] })) shard(key).domains.push(domain);
  }
  for (const event of events.slice(FIRST.events)) {
    for (const key of shardsOf({ texts: [event[1]] })) shard(key).events.push(event);
  }
  return {
    first: {
      places: places.filter(([code = '']) => tested.has(code)),
      untested: places.filter(([code = '']) => !tested.has(code)),
      tests,
      themes,
      findings: findings.map(({ slug, title }) => [slug, title] as const),
      networks: networks.slice(0, FIRST.networks),
      domains: domains.slice(0, FIRST.domains),
      events: events.slice(0, FIRST.events),
      shards: [...shards.keys()].sort(),
      days: [data.manifest.since, data.manifest.until].flatMap((day) => day ?? []),
    },
    shards: new Map([...shards].map(([key, part]) => [key, { ...EMPTY, ...part }] as const)),
  };
}
