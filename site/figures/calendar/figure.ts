/** Days on which a place or a network was tested, as a calendar. */
import type { OutcomePeriodRow } from '../../query/rows.ts';
import { rowSubject } from '../../view/selection.ts';
import { periodStart } from '../../view/time-frame.ts';
import { toCheckedWords } from '../checked.ts';
import { askCounts, followAll, ofTests, PERIODS, viewCounts, type Counts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';
import type { FigureRequest } from '../request.ts';
import { layoutCalendar } from './layout.ts';
import { toCalendar, type CalendarView } from './view.ts';

/** Whatever the grain of the page is. */
function byDay(request: FigureRequest): FigureRequest {
  const { frame } = request;
  return { ...request, frame: frame === null ? null : { ...frame, grain: 'day' } };
}

export const calendar: DrawnFigure<Counts<OutcomePeriodRow>, CalendarView> = {
  name: 'calendar',
  heading: 'calendar.name',
  tables: ['interference_country_daily'],
  sources: ofTests,
  ask: (ask, request) => askCounts(ask, byDay(request), PERIODS),
  view: ({ networks, rows }, request) =>
    viewCounts(byDay(request), networks, (context) => toCalendar(rows, context)),
  layout: layoutCalendar,
  select: (view, { rows }) => {
    const months = new Set([...(rows ?? [])].map(rowSubject));
    const kept = view.days.filter(({ day }) => months.has(periodStart(day, 'month')));
    return kept.length === 0 ? view : { ...view, days: kept };
  },
  checked: toCheckedWords,
  follow: followAll,
};
