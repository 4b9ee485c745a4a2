/** Numbers, days and names as a reader of the page’s language expects them. Digits and order come from Intl. */
import { addDays, millisOfDay, type Asn, type Day } from '../../data-build/contract/brands.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { writeCompact } from '../../data-build/words/compact.ts';
import { dayFormat, type DayPart } from '../../data-build/words/days.ts';
import {
  pageDayLocale,
  pageLanguage,
  pageLocale,
  pageMonthLocale,
} from '../../data-build/words/language.ts';
import { writeList } from '../../data-build/words/lists.ts';
import { translate } from '../i18n/translate.ts';

/** What is made once for each language, by name: a format costs far more to make than to use. */
function keepByLanguage<Name extends string, Made>(
  make: (name: Name) => Made,
): (name: Name) => Made {
  const kept = new Map<string, Map<Name, Made>>();
  return (name) => {
    const own = kept.get(pageLanguage()) ?? new Map<Name, Made>();
    kept.set(pageLanguage(), own);
    const made = own.get(name) ?? make(name);
    own.set(name, made);
    return made;
  };
}

const DAYS = {
  day_month_year: { day: 'numeric', month: 'long', year: 'numeric' },
  day_month_year_short: { day: 'numeric', month: 'short', year: 'numeric' },
  day_month_short: { day: 'numeric', month: 'short' },
  year_of_day: { year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Whole months and years are Gregorian, whatever the calendar of days. */
const MONTHS = {
  month_year: { month: 'long', year: 'numeric' },
  month_short: { month: 'short' },
  year: { year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const dateFormat = keepByLanguage((name: keyof typeof DAYS) =>
  dayFormat(pageDayLocale(), DAYS[name]),
);

const monthFormat = keepByLanguage((name: keyof typeof MONTHS) =>
  dayFormat(pageMonthLocale(), MONTHS[name]),
);

const NUMBERS = {
  count: {},
  tick: { maximumSignificantDigits: 4 },
  percent: { style: 'percent', maximumFractionDigits: 0 },
  percent_tenth: { style: 'percent', maximumFractionDigits: 1 },
} as const satisfies Record<string, Intl.NumberFormatOptions>;

const numberFormat = keepByLanguage(
  (name: keyof typeof NUMBERS) => new Intl.NumberFormat(pageLocale(), NUMBERS[name]),
);

/** Ranges that were written before: pages say the same ones often, and `formatRange` is slow. */
const rangesWritten = keepByLanguage<'long' | 'short', Map<string, string>>(() => new Map());

/** `12,345`. */
export function formatCount(count: number): string {
  return numberFormat('count').format(count);
}

/** `9,500`, `12.5K`, `0.25`: for ticks of an axis, where room is short and neighbors must differ. */
export function formatTickNumber(value: number): string {
  return Math.abs(value) < 10_000 ? numberFormat('tick').format(value) : writeCompact(value);
}

/**
 * A ratio 0–1 as `58%`; one decimal below 10 %. A share that is not 0 or 1 is never rounded to them: `<0.1%`,
 * `>99%`.
 */
export function formatPercent(ratio: number): string {
  const whole = numberFormat('percent');
  const tenth = numberFormat('percent_tenth');
  if (ratio > 0 && ratio < 0.0005) return `<${tenth.format(0.001)}`;
  if (ratio < 1 && ratio >= 0.995) return `>${whole.format(0.99)}`;
  return (ratio < 0.0995 ? tenth : whole).format(ratio);
}

/** `AS36924`. */
export function formatAsn(asn: Asn): string {
  return `AS${asn}`;
}

/** `7 November 2024`; `short`: `7 Nov`. */
export function formatDay(day: Day, length: 'long' | 'short' = 'long'): string {
  const format = dateFormat(length === 'long' ? 'day_month_year' : 'day_month_short');
  return format.format(millisOfDay(day));
}

/** `since` inclusive, `until` exclusive → `1–14 November 2024`, `short`: `1–14 Nov 2024`; one day stands alone. */
export function formatDayRange(since: Day, until: Day, month: 'long' | 'short' = 'long'): string {
  const written = rangesWritten(month);
  const key = `${since} ${until}`;
  const text = written.get(key) ?? writeDayRange(since, until, month);
  written.set(key, text);
  return text;
}

function writeDayRange(since: Day, until: Day, month: 'long' | 'short'): string {
  const last = addDays(until, -1);
  const format = dateFormat(month === 'long' ? 'day_month_year' : 'day_month_year_short');
  if (last <= since) return format.format(millisOfDay(since));
  const parts = format.formatRangeToParts(millisOfDay(since), millisOfDay(last));
  if (!isFaithful(parts, since.slice(0, 7) === last.slice(0, 7)))
    return joinDays(
      format.formatToParts(millisOfDay(since)),
      format.formatToParts(millisOfDay(last)),
    );
  const range = parts.map(({ value }) => value).join('');
  // Inside of one month some browsers put spaces around the dash and others none.
  return since.slice(0, 7) === last.slice(0, 7) ? range.replace(/\s*–\s*/, '–') : range;
}

/**
 * Whether a stretch of days is written as single days are. In Swahili the data of `Intl` leave out the first of two months; in
 * Chinese they know no stretch in words, only 2024/11/7.
 */
function isFaithful(parts: readonly DayPart[], isOneMonth: boolean): boolean {
  const months = parts.filter(({ type }) => type === 'month').length;
  return (isOneMonth || months > 1) && !parts.some(({ value }) => value.trim() === '/');
}

/** Both days in full; where years stand first, the last one without what it has in common with the first. */
function joinDays(first: readonly DayPart[], last: readonly DayPart[]): string {
  const write = (parts: readonly DayPart[]): string => parts.map(({ value }) => value).join('');
  const from =
    first[0]?.type === 'year'
      ? last.findIndex(
          ({ type, value }, index) => type !== 'literal' && value !== first[index]?.value,
        )
      : 0;
  return `${write(first)} – ${write(last.slice(Math.max(0, from)))}`;
}

/** `2024`. */
export function formatYear(day: Day): string {
  return monthFormat('year').format(millisOfDay(day));
}

/** `November 2024`. */
export function formatMonth(day: Day): string {
  return monthFormat('month_year').format(millisOfDay(day));
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
  return monthFormat(unit === 'month' ? 'month_short' : 'year').format(millisOfDay(day));
}

/** The year under a tick: that of its day or of its month, which differ where days have another calendar. */
export function formatTickYear(day: Day, unit: 'day' | 'month'): string {
  return unit === 'day' ? dateFormat('year_of_day').format(millisOfDay(day)) : formatYear(day);
}

/** `Kenya, Uganda and Togo`. */
export function formatList(items: readonly string[]): string {
  return writeList(items, 'long');
}

/** `Kenya, Uganda, Togo`: items side by side, without an “and”. */
export function formatItems(items: readonly string[]): string {
  return writeList(items, 'narrow');
}

/** Items that may hold commas. */
export function formatClauses(items: readonly string[]): string {
  return items.reduce((clauses, next) => translate('phrase.clauses', { clauses, next }));
}
