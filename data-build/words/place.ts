/** Names of countries and territories, from the runtime's own tables: no list of ours that could take sides. */
import { pageLanguage, pageLocale } from './language.ts';
import { translate } from './translate.ts';

const names = new Map<string, Intl.DisplayNames>();
/** By language and code. */
const given = new Map<string, string>();

/** From now on these names hold, whatever the runtime’s own are: those that a page was made with. */
export function givePlaceNames(pairs: Iterable<readonly [probeCc: string, name: string]>): void {
  for (const [probeCc, name] of pairs) given.set(`${pageLanguage()} ${probeCc}`, name);
}

/** `014` → `Eastern Africa`. */
export function formatRegion(region: string): string {
  return runtimeNames().of(region) ?? region;
}

/** `KE` → `Kenya`, `XK` → `Kosovo`; a code without a name stays as it is. */
export function formatPlaceName(probeCc: string): string {
  const fixed = given.get(`${pageLanguage()} ${probeCc}`);
  if (fixed !== undefined) return fixed;
  return probeCc === 'ZZ' ? translate('place.unknown') : (runtimeNames().of(probeCc) ?? probeCc);
}

function runtimeNames(): Intl.DisplayNames {
  const known =
    names.get(pageLanguage()) ??
    new Intl.DisplayNames(pageLocale(), { type: 'region', fallback: 'code' });
  names.set(pageLanguage(), known);
  return known;
}

/** The name as it stands inside a sentence: `the United States`. */
export function formatPlace(probeCc: string): string {
  const name = formatPlaceName(probeCc);
  const articles = translate('place.article_codes').split(' ');
  return articles.includes(probeCc) ? translate('place.with_article', { name }) : name;
}

/** Orders codes by their names, as the language sorts them. */
export function comparePlaces(): (a: string, b: string) => number {
  const collator = new Intl.Collator(pageLocale());
  return (a, b) => collator.compare(formatPlaceName(a), formatPlaceName(b));
}
