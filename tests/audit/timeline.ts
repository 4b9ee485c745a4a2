/** Which days the rows of a timeline's table tell of. */
import { translate } from '../../site/i18n/translate.ts';
import { daysApart, readRanges } from './day-range.ts';

/** Whether a cell of a timeline's table says that there is nothing. */
export function isEmptyCell(text = ''): boolean {
  return ['', translate('witness.no_data'), translate('rate.not_tested')].includes(text);
}

/** Within so many days a change of another source counts. */
const NEAR_DAYS = 3;

/** Days after the first that a row, or a figure of a month, tells of. */
const LENGTHS = { day: 0, week: 6, month: 30 } as const;

/** Whether a cell has a figure of days near another; `8.2 Mbit/s (October 2024)` is of a whole month. */
export function tellsOf(period: string, text: string, day: string): boolean {
  if (isEmptyCell(text)) return false;
  const month = /\((\w+ \d{4})\)/.exec(text)?.[1] ?? /^(\p{L}+ \d{4})$/u.exec(period)?.[1];
  const [first] = readRanges(month === undefined ? period : `1 ${month}`);
  if (first === undefined) return false;
  const length =
    LENGTHS[month !== undefined ? 'month' : period.startsWith('week') ? 'week' : 'day'];
  const after = daysApart(first.first, day);
  return after >= -NEAR_DAYS && after <= length + NEAR_DAYS;
}
