/** Outcomes by day, week and month, without tests, and of a single day. */
import { toOutcomes, type OutcomesView } from './view.ts';
import {
  context,
  DAY_ROWS,
  DAYS,
  frame,
  MONTH_ROWS,
  MONTHS,
  WEEK_ROWS,
  WEEKS,
  type FigureCase,
} from '../case-rows.ts';

export const CASES: readonly FigureCase<OutcomesView>[] = [
  { name: 'outcomes-days', view: toOutcomes(DAY_ROWS, context(DAYS, { test: 'Telegram' })) },
  { name: 'outcomes-weeks', view: toOutcomes(WEEK_ROWS, context(WEEKS)) },
  {
    name: 'outcomes-months',
    view: toOutcomes(MONTH_ROWS, context(MONTHS, { networkCount: null })),
  },
  { name: 'outcomes-none', view: toOutcomes([], context(DAYS, { networkCount: 0 })) },
  {
    name: 'outcomes-one-day',
    view: toOutcomes(
      DAY_ROWS.slice(0, 1),
      context(frame('2024-03-01', '2024-03-02', 'day'), { place: 'A & B <i>"Islands"</i>' }),
    ),
  },
];
