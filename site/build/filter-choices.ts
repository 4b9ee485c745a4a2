/** What a list can be narrowed to, as the bar above it offers it. */
import { CATEGORY_CODES } from '../../data-build/contract/vocabulary.ts';
import type { CountryCode } from '../../data-build/contract/brands.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';
import { translate } from '../i18n/translate.ts';

export interface FilterChoice {
  /** Of the parameter. */
  readonly name: string;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** `places` in the order in which they are offered. */
export function placeChoice(places: readonly CountryCode[]): FilterChoice {
  return {
    name: 'probe_cc',
    label: translate('parameter.probe_cc'),
    options: places.map((value) => ({ value: String(value), label: formatPlaceName(value) })),
  };
}

/** The groups of websites that are in the list, in the order of the vocabulary. */
export function themeChoice(themes: ReadonlySet<string | null>): FilterChoice {
  return {
    name: 'category_code',
    label: translate('events.filter.theme'),
    options: Object.entries(CATEGORY_CODES)
      .filter(([code]) => themes.has(code))
      .map(([value, label]) => ({ value, label })),
  };
}
