/** Rates by day, week and month, and without tests. */
import { toRateSeries, type RateView } from './view.ts';
import {
  context,
  DAY_ROWS,
  DAYS,
  MONTH_ROWS,
  MONTHS,
  WEEK_ROWS,
  WEEKS,
  type FigureCase,
} from '../case-rows.ts';

export const CASES: readonly FigureCase<RateView>[] = [
  { name: 'rate-days', view: toRateSeries(DAY_ROWS, context(DAYS, { test: 'Telegram' })) },
  { name: 'rate-weeks', view: toRateSeries(WEEK_ROWS, context(WEEKS)) },
  { name: 'rate-months', view: toRateSeries(MONTH_ROWS, context(MONTHS, { networkCount: null })) },
  { name: 'rate-none', view: toRateSeries([], context(DAYS, { networkCount: 0 })) },
];
