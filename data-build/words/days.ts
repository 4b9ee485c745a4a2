/** Days and months as `Intl` writes them, or of our words where the runtime has no data of the language. */
import { needsOwnForms, pageLocale } from './language.ts';
import { translate } from './translate.ts';

export type DayPart = Pick<Intl.DateTimeFormatPart, 'type' | 'value'>;

export interface DayFormat {
  format(millis: number): string;
  formatToParts(millis: number): readonly DayPart[];
  formatRangeToParts(first: number, last: number): readonly DayPart[];
}

export function dayFormat(locale: string, options: Intl.DateTimeFormatOptions): DayFormat {
  return needsOwnForms()
    ? ownFormat(options)
    : new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
}

/** What stands in a message for each part until it is put there. */
const MARKS = { year: '\uE000', month: '\uE001', day: '\uE002' } as const;
const TYPES: ReadonlyMap<string, keyof typeof MARKS> = new Map([
  [MARKS.year, 'year'],
  [MARKS.month, 'month'],
  [MARKS.day, 'day'],
]);

function ownFormat(options: Intl.DateTimeFormatOptions): DayFormat {
  const months = translate(options.month === 'short' ? 'intl.months.short' : 'intl.months');
  const number = new Intl.NumberFormat(pageLocale(), { useGrouping: false });
  const order = translate('intl.day', MARKS).split(/([\uE000-\uE002])/);
  const formatToParts = (millis: number): readonly DayPart[] => {
    const date = new Date(millis);
    const values = {
      year: number.format(date.getUTCFullYear()),
      month: months.split(' ')[date.getUTCMonth()] ?? '',
      day: number.format(date.getUTCDate()),
    };
    const parts = order.flatMap((piece): readonly DayPart[] => {
      const type = TYPES.get(piece);
      if (type === undefined) return piece === '' ? [] : [{ type: 'literal', value: piece }];
      return options[type] === undefined ? [] : [{ type, value: values[type] }];
    });
    // What stood between parts that are left out.
    return parts.filter(
      ({ type }, at) =>
        type !== 'literal' ||
        (at > 0 && at < parts.length - 1 && parts[at + 1]?.type !== 'literal'),
    );
  };
  return {
    format: (millis) =>
      formatToParts(millis)
        .map(({ value }) => value)
        .join(''),
    formatToParts,
    formatRangeToParts(since, until) {
      const [first, last] = [formatToParts(since), formatToParts(until)];
      // What comes first and is the same is said once.
      const at =
        first[0]?.type === 'year'
          ? last.findIndex(({ value }, index) => value !== first[index]?.value)
          : 0;
      return [...first, { type: 'literal', value: ' – ' }, ...last.slice(Math.max(0, at))];
    },
  };
}
