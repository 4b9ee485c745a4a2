import { afterEach, describe, expect, it } from 'vitest';
import { pageDayLocale, readLanguageFrom } from '../../data-build/words/language.ts';
import { LANGUAGES } from '../../data-build/words/languages.ts';
import { translate } from '../../site/i18n/translate.ts';
import {
  formatCount,
  formatDay,
  formatDayRange,
  formatPercent,
  formatPeriod,
  formatTick,
  formatTickNumber,
  formatTickYear,
} from '../../site/view/format.ts';
import { day } from '../support/days.ts';

/** Intl puts thin and narrow spaces around dashes, and which ones changes with its data. */
const plain = (text: string): string => text.replace(/\s/g, ' ').replace(/ ?– ?/g, '–');

describe('numbers', () => {
  it.each([
    [0, '0%'],
    [0.0001, '<0.1%'],
    [0.018, '1.8%'],
    [0.0996, '10%'],
    [0.5845, '58%'],
    [0.996, '>99%'],
    [1, '100%'],
  ])('%f', (ratio, text) => {
    expect(formatPercent(ratio)).toBe(text);
  });

  it('groups digits, and shortens large ones on axes', () => {
    expect(formatCount(6_739_283)).toBe('6,739,283');
    expect(formatTickNumber(9_999)).toBe('9,999');
    expect([12_000, 12_500, -20_000].map(formatTickNumber)).toEqual(['12K', '12.5K', '-20K']);
    expect(formatTickNumber(0.0002)).toBe('0.0002');
  });
});

describe('days of a calendar that the reader chose', () => {
  afterEach(() => {
    readLanguageFrom(() => 'en');
  });

  it('are named by it; whole months and years are Gregorian, as the data are', () => {
    readLanguageFrom(() => 'fa-u-ca-persian');
    expect(formatDay(day('2024-11-07'))).toBe('۱۷ آبان ۱۴۰۳');
    expect(formatDayRange(day('2024-11-07'), day('2024-11-30'))).toBe('۱۷ آبان تا ۹ آذر ۱۴۰۳');
    expect(formatPeriod(day('2024-11-01'), 'month')).toBe('نوامبر ۲۰۲۴');
    expect(formatPeriod(day('2024-11-04'), 'week')).toContain('۱۴ آبان ۱۴۰۳');
    expect(formatTick(day('2024-11-01'), 'month')).toBe('نوامبر');
    // Nowruz, on which the year of days begins.
    expect(['2024-03-19', '2024-03-20'].map((each) => formatTickYear(day(each), 'day'))).toEqual([
      '۱۴۰۲',
      '۱۴۰۳',
    ]);
    expect(formatTickYear(day('2024-03-01'), 'month')).toBe('۲۰۲۴');
  });

  it('changes no word', () => {
    const said = ['fa', 'fa-u-ca-persian'].map((tag) => {
      readLanguageFrom(() => tag);
      return translate('site.languages');
    });
    expect(said[0]).toBe(said[1]);
  });
});

describe('days', () => {
  it('takes until as exclusive', () => {
    expect(formatDayRange(day('2024-11-07'), day('2024-11-08'))).toBe('7 November 2024');
    expect(plain(formatDayRange(day('2024-05-01'), day('2024-05-15')))).toBe('1–14 May 2024');
    expect(plain(formatDayRange(day('2023-12-31'), day('2024-01-02')))).toBe(
      '31 December 2023–1 January 2024',
    );
  });

  it.each(LANGUAGES.map(({ tag }) => tag))('names both months of a stretch: %s', (tag) => {
    readLanguageFrom(() => tag);
    const said = formatDayRange(day('2021-03-17'), day('2021-05-17'));
    const format = new Intl.DateTimeFormat(pageDayLocale(), {
      ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
    });
    for (const each of ['2021-03-17', '2021-05-16']) {
      const parts = format.formatToParts(new Date(each));
      expect(said).toContain(parts.find(({ type }) => type === 'month')?.value);
      expect(said).toContain(parts.find(({ type }) => type === 'day')?.value);
    }
    expect(said).not.toContain('/');
    readLanguageFrom(() => 'en');
  });

  it('writes in Chinese and Swahili what their data of ranges lack', () => {
    const said = (tag: string, until: string): string => {
      readLanguageFrom(() => tag);
      return plain(formatDayRange(day('2021-03-17'), day(until)));
    };
    expect(said('zh', '2021-03-20')).toBe('2021年3月17日–19日');
    expect(said('zh', '2021-04-17')).toBe('2021年3月17日–4月16日');
    expect(said('zh', '2022-04-17')).toBe('2021年3月17日–2022年4月16日');
    expect(said('sw', '2021-03-20')).toBe('17–19 Machi 2021');
    expect(said('sw', '2021-04-17')).toBe('17 Machi 2021–16 Aprili 2021');
    readLanguageFrom(() => 'en');
  });

  it('names periods', () => {
    expect(formatPeriod(day('2024-11-04'), 'week')).toBe('week of 4 November 2024');
    expect(formatPeriod(day('2024-11-01'), 'month')).toBe('November 2024');
  });
});
