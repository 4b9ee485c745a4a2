/** Rates by day, week and month, without tests, and with days that are known to be faulty. */
import { toRateSeries, type RateView } from './view.ts';
import {
  context,
  country,
  day,
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
  {
    name: 'rate-problem',
    view: toRateSeries(
      DAY_ROWS,
      context(DAYS, {
        problems: [
          {
            since: day('2024-03-05'),
            until: day('2024-03-08'),
            text: 'Probes looked names up with a resolver abroad.',
            sources: ['ooni'],
            places: [country('KE')],
          },
        ],
      }),
    ),
  },
  { name: 'rate-none', view: toRateSeries([], context(DAYS, { networkCount: 0 })) },
];
