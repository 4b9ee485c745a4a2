/** A network over a year and a half with a long silence, and one of a few days. */
import { addDays, daysBetween } from '../../../data-build/contract/brands.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import { context, counts, day, frame, type FigureCase } from '../case-rows.ts';
import { toCalendar, type CalendarView } from './view.ts';

const LONG = frame('2023-09-13', '2025-02-11', 'day');
const ROWS: readonly OutcomePeriodRow[] = Array.from(
  { length: daysBetween(LONG.since, LONG.until) },
  (_, index) => ({
    period: addDays(LONG.since, index),
    ...counts([0, 3, 12, 60, 4, 240, 1300][index % 7] ?? 0, index % 3 === 0 ? 1 : 0),
    unscored_count: 0,
    network_count: 1,
    day_count: 1,
  }),
).filter(
  ({ period, measurement_count }) =>
    measurement_count > 0 && (period < day('2024-04-02') || period >= day('2024-06-20')),
);

const NETWORK = { place: null, network: 'AS64500 Example Mobile', networkCount: 1 };

export const CASES: readonly FigureCase<CalendarView>[] = [
  {
    name: 'calendar-years',
    view: toCalendar(
      ROWS,
      context(LONG, {
        ...NETWORK,
        problems: [
          {
            since: day('2024-01-08'),
            until: day('2024-01-17'),
            text: 'Probes sent every test twice.',
            sources: ['ooni'],
          },
        ],
      }),
    ),
  },
  {
    name: 'calendar-days',
    view: toCalendar(ROWS.slice(0, 4), context(frame('2023-09-13', '2023-09-20', 'day'), NETWORK)),
  },
];
