/** Numbers, days and names as a reader of the page’s language expects them. Digits and order come from Intl. */
import { addDays, millisOfDay, type Asn, type Day } from '../../data-build/contract/brands.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { pageDayLocale, pageLanguage, pageLocale } from '../../data-build/words/language.ts';
import { translate } from '../i18n/translate.ts';

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${pageLanguage()} ${JSON.stringify(options)}`;
  const known = dateFormats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(pageDayLocale(), {
    ...options,
    timeZone: 'UTC',
  });
  dateFormats.set(key, format);
  return format;
}

const numberFormats = new Map<string, Intl.NumberFormat>();

/** Making a format costs far more than using it, and a page writes thousands of numbers. */
function numberFormat(options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = `${pageLanguage()} ${JSON.stringify(options)}`;
  const known = numberFormats.get(key);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(pageLocale(), options);
  numberFormats.set(key, format);
  return format;
}

/** `12,345`. */
export function formatCount(count: number): string {
  return numberFormat().format(count);
}

/** `9,500`, `12.5K`, `0.25`: for ticks of an axis, where room is short and neighbors must differ. */
export function formatTickNumber(value: number): string {
  return numberFormat({
    notation: Math.abs(value) < 10_000 ? 'standard' : 'compact',
    maximumSignificantDigits: 4,
  }).format(value);
}

/**
 * A ratio 0–1 as `58%`; one decimal below 10 %. A share that is not 0 or 1 is never rounded to them: `<0.1%`,
 * `>99%`.
 */
export function formatPercent(ratio: number): string {
  const percent = (value: number, digits: number): string =>
    numberFormat({ style: 'percent', maximumFractionDigits: digits }).format(value);
  if (ratio > 0 && ratio < 0.0005) return `<${percent(0.001, 1)}`;
  if (ratio < 1 && ratio >= 0.995) return `>${percent(0.99, 0)}`;
  return percent(ratio, ratio < 0.0995 ? 1 : 0);
}

/** `AS36924`. */
export function formatAsn(asn: Asn): string {
  return `AS${asn}`;
}

/** `7 November 2024`; `short`: `7 Nov`. */
export function formatDay(day: Day, length: 'long' | 'short' = 'long'): string {
  const options: Intl.DateTimeFormatOptions =
    length === 'long'
      ? { day: 'numeric', month: 'long', year: 'numeric' }
      : { day: 'numeric', month: 'short' };
  return dateFormat(options).format(millisOfDay(day));
}

/** `since` inclusive, `until` exclusive → `1–14 November 2024`, `short`: `1–14 Nov 2024`; one day stands alone. */
export function formatDayRange(since: Day, until: Day, month: 'long' | 'short' = 'long'): string {
  const last = addDays(until, -1);
  const format = dateFormat({ day: 'numeric', month, year: 'numeric' });
  if (last <= since) return format.format(millisOfDay(since));
  const range = format.formatRange(millisOfDay(since), millisOfDay(last));
  // Inside of one month some browsers put spaces around the dash and others none.
  return since.slice(0, 7) === last.slice(0, 7) ? range.replace(/\s*–\s*/, '–') : range;
}

/** `November 2024`. */
export function formatYear(day: Day): string {
  return dateFormat({ year: 'numeric' }).format(millisOfDay(day));
}

export function formatMonth(day: Day): string {
  return dateFormat({ month: 'long', year: 'numeric' }).format(millisOfDay(day));
}

/** A period by its first day: `7 November 2024`, `week of 4 November 2024`, `November 2024`. */
export function formatPeriod(start: Day, grain: TimeGrain): string {
  switch (grain) {
    case 'day':
      return formatDay(start);
    case 'week':
      return translate('period.week_of', { day: formatDay(start) });
    case 'month':
      return formatMonth(start);
    default:
      return assertNever(grain);
  }
}

/** Words of an axis tick: a day `4 Nov`, a month `Nov`, a year `2024`. */
export function formatTick(day: Day, unit: 'day' | 'month' | 'year'): string {
  if (unit === 'day') return formatDay(day, 'short');
  const options: Intl.DateTimeFormatOptions =
    unit === 'month' ? { month: 'short' } : { year: 'numeric' };
  return dateFormat(options).format(millisOfDay(day));
}

/** `Kenya, Uganda and Togo`. */
export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(pageLocale(), { type: 'conjunction' }).format(items);
}

/** `Kenya, Uganda, Togo`: items side by side, without an “and”. */
export function formatItems(items: readonly string[]): string {
  return new Intl.ListFormat(pageLocale(), { style: 'narrow' }).format(items);
}

/** Items that may hold commas. */
export function formatClauses(items: readonly string[]): string {
  return items.reduce((clauses, next) => translate('phrase.clauses', { clauses, next }));
}
