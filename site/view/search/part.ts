/**
 * `safaricom whatsapp november`: the page of a place, at one of its networks, at a test, at some days. `instagram iran`: a
 * website there, in the chart builder.
 */
import { bandOf, BEGINNING, scoreEntry, type SearchEntry } from './score.ts';
import { readDays, type Calendar, type SpokenDays } from './spoken-days.ts';

interface Part {
  readonly entry: SearchEntry;
  /** Each thing is meant by its name, code or the beginning of one; else nearly so. */
  readonly sure: boolean;
}

const KINDS = ['place', 'network', 'test'] as const;
type Kind = (typeof KINDS)[number] | 'domain';
type Meant = ReadonlyMap<Kind, Match>;

interface Match {
  readonly entry: SearchEntry;
  readonly score: number;
}

/** More words are a sentence. */
const MOST_WORDS = 8;

/** Null: the words name no place or network, or nothing beside it, or something else, too. */
export function findPart(
  entries: readonly SearchEntry[],
  words: readonly string[],
  calendar: Calendar | null,
): Part | null {
  if (words.length < 2 || words.length > MOST_WORDS) return null;
  const days = calendar === null ? null : readDays(words, calendar);
  const find = (kinds: readonly Kind[]): Part | null =>
    (days === null ? null : findOne(entries, kinds, days.rest, days)) ??
    findOne(entries, kinds, words, null);
  // Many names of networks and tests are also the beginning of a website's.
  return find(KINDS) ?? find([...KINDS, 'domain']);
}

function findOne(
  entries: readonly SearchEntry[],
  kinds: readonly Kind[],
  words: readonly string[],
  days: SpokenDays | null,
): Part | null {
  const memo = new Map<string, Match | null>();
  const best = (kind: Kind, phrase: string): Match | null => {
    const key = `${kind} ${phrase}`;
    const found = memo.get(key) ?? bestOf(entries, kind, phrase);
    memo.set(key, found);
    return found;
  };
  const [first] = readings(words, kinds, best)
    // A website is in no place of its own.
    .filter((meant) => meant.has('place') || !meant.has('domain'))
    .map((meant) => ({ meant, score: Math.min(...[...meant.values()].map(({ score }) => score)) }))
    .filter(({ meant }) => meant.size + (days === null ? 0 : 1) > 1)
    .sort((a, b) => b.score - a.score);
  if (first === undefined) return null;
  const entry = toPart(entries, first.meant, days);
  return entry === null ? null : { entry, sure: first.score >= BEGINNING - 4 };
}

/** Every way in which runs of the words name things, each kind at most once. */
function readings(
  words: readonly string[],
  kinds: readonly Kind[],
  best: (kind: Kind, phrase: string) => Match | null,
): readonly Meant[] {
  if (words.length === 0) return [new Map()];
  return words.flatMap((_, at) => {
    const phrase = words.slice(0, at + 1).join(' ');
    return kinds.flatMap((kind) => {
      const found = best(kind, phrase);
      if (found === null) return [];
      const others = kinds.filter((other) => other !== kind);
      return readings(words.slice(at + 1), others, best).map(
        (rest): Meant => new Map([[kind, found], ...rest]),
      );
    });
  });
}

function bestOf(entries: readonly SearchEntry[], kind: Kind, phrase: string): Match | null {
  const wish = { phrases: [phrase], words: [] };
  let most: Match | null = null;
  for (const entry of entries) {
    if (entry.kind !== kind || entry.path === null) continue;
    const score = scoreEntry(entry, wish);
    // What is nearly a host name is mostly another word.
    if (kind === 'domain' && bandOf(score) === 0) continue;
    if (score > (most?.score ?? 0)) most = { entry, score };
  }
  return most;
}

/** The place is the one that is named, else the one where the network was tested most. */
function toPart(
  entries: readonly SearchEntry[],
  meant: Meant,
  days: SpokenDays | null,
): SearchEntry | null {
  const network = meant.get('network')?.entry;
  const test = meant.get('test')?.entry;
  const domain = meant.get('domain')?.entry;
  const place =
    meant.get('place')?.entry ??
    entries.find(({ kind, key }) => kind === 'place' && key === network?.at);
  if (place === undefined || place.path === null) return null;
  const asked = [
    ...(domain === undefined ? [] : [`probe_cc=${place.key}`]),
    ...(network === undefined ? [] : [`probe_asn=${network.key}`]),
    ...(test === undefined ? [] : [`test_name=${encodeURIComponent(test.key)}`]),
    ...(domain === undefined ? [] : [`domain=${encodeURIComponent(domain.key)}`]),
    ...(days === null ? [] : [`since=${days.since}`, `until=${days.until}`]),
  ].join('&');
  return {
    kind: 'part',
    key: asked,
    label: [test?.label, domain?.label, network?.label, place.label, days?.label]
      .filter((text) => text !== undefined)
      .join(' · '),
    texts: [],
    path: `${domain === undefined ? place.path : 'explore/'}?${asked}`,
  };
}
