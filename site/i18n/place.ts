/** Names of countries and territories, from the runtime's own tables: no list of ours that could take sides. */
import { translate } from './translate.ts';

const names = new Map<string, Intl.DisplayNames>();
/** By language and code. */
const given = new Map<string, string>();

/** From now on these names hold, whatever the runtime’s own are: those that a page was made with. */
export function givePlaceNames(
  pairs: Iterable<readonly [probeCc: string, name: string]>,
  language = 'en',
): void {
  for (const [probeCc, name] of pairs) given.set(`${language} ${probeCc}`, name);
}

/** `KE` → `Kenya`, `XK` → `Kosovo`; a code without a name stays as it is. */
export function formatPlaceName(probeCc: string, language = 'en'): string {
  const fixed = given.get(`${language} ${probeCc}`);
  if (fixed !== undefined) return fixed;
  let known = names.get(language);
  if (known === undefined) {
    known = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
    names.set(language, known);
  }
  return probeCc === 'ZZ'
    ? translate('place.unknown', {}, language)
    : (known.of(probeCc) ?? probeCc);
}

/** The name as it stands inside a sentence: `the United States`. */
export function formatPlace(probeCc: string, language = 'en'): string {
  const name = formatPlaceName(probeCc, language);
  const articles = translate('place.article_codes', {}, language).split(' ');
  return articles.includes(probeCc) ? translate('place.with_article', { name }, language) : name;
}

/** Orders codes by their names, as the language sorts them. */
export function comparePlaces(language = 'en'): (a: string, b: string) => number {
  const collator = new Intl.Collator(language);
  return (a, b) => collator.compare(formatPlaceName(a, language), formatPlaceName(b, language));
}
