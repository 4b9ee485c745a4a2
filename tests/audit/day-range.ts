/** Dates as English pages print them: `17 March – 16 April 2021`, `1–14 May 2024`, `1 January 2024`. */

/** Both inclusive, as `YYYY-MM-DD`. */
export interface ReadRange {
  readonly first: string;
  readonly last: string;
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];
const MONTH = MONTHS.join('|');
const RANGE = new RegExp(
  `(\\d{1,2})(?: (${MONTH}))?(?: (\\d{4}))?\\s*–\\s*(\\d{1,2}) (${MONTH}) (\\d{4})|(\\d{1,2}) (${MONTH}) (\\d{4})`,
  'g',
);

function toText(day = '', month = '', year = ''): string {
  const number = MONTHS.indexOf(month) + 1;
  return `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Every range and single day of a text, in order. */
export function readRanges(text: string): readonly ReadRange[] {
  return [...text.matchAll(RANGE)].map((match) => {
    const [, day, month, year, lastDay, lastMonth, lastYear, oneDay, oneMonth, oneYear] = match;
    if (oneDay !== undefined) {
      const only = toText(oneDay, oneMonth, oneYear);
      return { first: only, last: only };
    }
    return {
      first: toText(day, month ?? lastMonth, year ?? lastYear),
      last: toText(lastDay, lastMonth, lastYear),
    };
  });
}

export function overlaps(one: ReadRange, other: ReadRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** Days from one to the other. */
export function daysApart(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000);
}
