/** Names of countries and territories, from the runtime's own tables: no list of ours that could take sides. */
import { translate } from './translate.ts';

const names = new Map<string, Intl.DisplayNames>();

/** `KE` → `Kenya`, `XK` → `Kosovo`; a code without a name stays as it is. */
export function formatPlaceName(probeCc: string, language = 'en'): string {
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
