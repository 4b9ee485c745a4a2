/** Words and numbers follow the language of the page that is being made. */
import { afterEach, expect, it } from 'vitest';
import { pageDirection, readLanguageFrom } from '../../data-build/words/language.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';
import { translate } from '../../site/i18n/translate.ts';
import { formatCount, formatDay } from '../../site/view/format.ts';
import { day } from '../support/days.ts';

afterEach(() => {
  readLanguageFrom(() => 'en');
});

it('writes numbers, days and places as the page’s language does', () => {
  expect([formatCount(1234), formatDay(day('2024-11-07')), formatPlaceName('DE')]).toEqual([
    '1,234',
    '7 November 2024',
    'Germany',
  ]);
  readLanguageFrom(() => 'de');
  expect([formatCount(1234), formatDay(day('2024-11-07')), formatPlaceName('DE')]).toEqual([
    '1.234',
    '7. November 2024',
    'Deutschland',
  ]);
});

it('turns the page for a language that is written from the right', () => {
  expect(pageDirection()).toBe('ltr');
  readLanguageFrom(() => 'qps-rtl');
  expect(pageDirection()).toBe('rtl');
});

it('says in English what a language lacks, as words that run from the left', () => {
  const english = translate('site.name');
  readLanguageFrom(() => 'fa');
  expect(translate('site.name')).toBe(`\u2066${english}\u2069`);
  readLanguageFrom(() => 'es');
  expect(translate('site.name')).toBe(english);
});
