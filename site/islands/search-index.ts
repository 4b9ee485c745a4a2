/** The index in the page: the first file once, parts as words ask for them. */
import { readSearchFile, toEntries, toPlaces, type SearchFile } from '../view/search/file.ts';
import { needsOwnForms, pageLocale } from '../../data-build/words/language.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';
import { toDay } from '../../data-build/contract/brands.ts';
import type { Calendar } from '../view/search/spoken-days.ts';
import { pageAddress } from './address.ts';
import { borrowPlaceNames } from './place-names.ts';
import type { SearchEntry } from '../view/search/score.ts';
import { shardOf, toWish } from '../view/search/search.ts';

export interface SearchIndex {
  readonly entries: readonly SearchEntry[];
  /** Places that have a code and nothing in this release. */
  readonly untested: readonly SearchEntry[];
  /** Null: the release has no days. */
  readonly calendar: Calendar | null;
}

const files = new Map<string, Promise<SearchFile>>();

/** Everything that could match. Rejects when a file cannot be fetched; the next call tries again. */
export async function loadIndex(text: string): Promise<SearchIndex> {
  const [first] = await Promise.all([loadFile('search.json'), borrowPlaceNames()]);
  const words = toWish(text).phrases.flatMap((phrase) =>
    phrase.replace(/^as ?(?=\d)/, '').split(/[ .]/),
  );
  // One letter would fetch a part for every word it could begin.
  const wanted = text.trim().length < 2 ? [] : words.filter(Boolean).map(shardOf);
  const parts = await Promise.all(
    [...new Set(wanted)]
      .filter((shard) => first.shards.includes(shard))
      .map(async (shard) => loadFile(`search/${shard}.json`)),
  );
  const entries = [first, ...parts].flatMap((file) => toEntries(file, placeNames));
  const seen = new Set<string>();
  return {
    entries: entries.filter(({ path }) => {
      if (path === null || seen.has(path)) return false;
      seen.add(path);
      return true;
    }),
    untested: toPlaces(first.untested, placeNames, false),
    calendar: toCalendar(first.days),
  };
}

async function loadFile(path: string): Promise<SearchFile> {
  const known = files.get(path);
  if (known !== undefined) return known;
  const file = fetch(pageAddress(path)).then(async (response) => {
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return readSearchFile(await response.json());
  });
  file.catch(() => files.delete(path));
  files.set(path, file);
  return file;
}

function toCalendar([first = '', end = '']: readonly string[]): Calendar | null {
  const since = toDay(first);
  const until = toDay(end);
  const languages = [...new Set([pageLocale(), 'en'])];
  return since === null || until === null ? null : { since, until, languages };
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.DisplayNames.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

let namers: readonly Intl.DisplayNames[] | undefined;

/** In the reader's languages and the page's; the first is shown: the page's, where it is another than the first of the site. */
function placeNames(code: string): readonly string[] {
  const own = document.documentElement.dataset['home'] === undefined ? [] : [pageLocale()];
  // Some browsers name the system's own locale, `C`, which is no language.
  const spoken = navigator.languages.filter(isLanguage).slice(0, 3);
  namers ??= [...new Set([...own, ...spoken, pageLocale(), 'en'])].flatMap((language) =>
    (['long', 'short'] as const).map(
      (style) => new Intl.DisplayNames(language, { type: 'region', fallback: 'none', style }),
    ),
  );
  const printed = needsOwnForms() ? [formatPlaceName(code)] : [];
  return [...new Set([...printed, ...namers.flatMap((names) => names.of(code) ?? [])])];
}
