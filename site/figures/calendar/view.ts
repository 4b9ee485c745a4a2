/** How many tests were made on each day: whether what is said of a place or a network rests on many days or on few. */
import { median } from 'd3';
import { addDays, daysBetween, type Day } from '../../../data-build/contract/brands.ts';
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { translate } from '../../i18n/translate.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import {
  daysNotes,
  formatExtent,
  formatFrame,
  formatScope,
  periodFloor,
  problemNotes,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { groupBy } from '../../view/day-rows.ts';
import { formatCount, formatDay, formatDayRange, formatMonth } from '../../view/format.ts';
import type { TableModel } from '../../view/table.ts';
import { completeRows, periodStart } from '../../view/time-frame.ts';

/** Where further shades begin; the palest begins at the floor. */
const SHADES = [50, 200, 1000] as const;

export interface DayClass {
  /** `none`, `few`, or the place in the order of shades, from 1. */
  readonly level: 'none' | 'few' | number;
  /** Fewest tests of a day in it. */
  readonly from: number;
  /** Most tests; null: it has no upper end. */
  readonly to: number | null;
}

export interface CalendarDay {
  readonly day: Day;
  readonly tests: number;
  readonly level: DayClass['level'];
}

export interface CalendarView extends ChartWords {
  readonly chart: 'calendar';
  readonly context: ViewContext;
  /** Every day of the frame, in time order. */
  readonly days: readonly CalendarDay[];
  /** From no test at all up; they meet without a gap. */
  readonly classes: readonly DayClass[];
}

/** Classes of days for a floor: below it a day has too few tests for a rate. */
export function toDayClasses(floor: number): readonly DayClass[] {
  const starts = [floor, ...SHADES.filter((from) => from > floor)];
  return [
    { level: 'none', from: 0, to: 0 },
    { level: 'few', from: 1, to: floor - 1 },
    ...starts.map((from, index) => {
      const next = starts[index + 1];
      return { level: index + 1, from, to: next === undefined ? null : next - 1 };
    }),
  ];
}

export function toCalendar(rows: readonly OutcomePeriodRow[], context: ViewContext): CalendarView {
  const { frame } = context;
  const classes = toDayClasses(periodFloor(context).tests);
  const days = completeRows(frame, rows).map(([{ start }, row]): CalendarDay => {
    const tests = row?.measurement_count ?? 0;
    return { day: start, tests, level: levelOf(tests, classes) };
  });
  const tested = days.filter(({ tests }) => tests > 0);
  const total = days.reduce((sum, { tests }) => sum + tests, 0);
  const words = { scope: formatScope(context), range: formatFrame(context) };
  const title = translate('calendar.title', {
    ...words,
    tested: formatCount(tested.length),
    n: days.length,
    days: formatCount(days.length),
  });
  const notes = [
    ...silenceNotes(days),
    ...busiestNotes(tested),
    translate(context.network === null ? 'calendar.note.few.place' : 'calendar.note.few', {
      floor: formatCount(periodFloor(context).tests),
    }),
  ];
  return {
    chart: 'calendar',
    context,
    days,
    classes,
    title,
    subtitle: translate('calendar.subtitle'),
    desc: joinSentences([formatExtent(total, context), ...notes, ...daysNotes(context)]),
    notes,
    table: toTable(title, days, [...notes, ...problemNotes(context)]),
  };
}

function levelOf(tests: number, classes: readonly DayClass[]): DayClass['level'] {
  const found = classes.findLast(({ from }) => from <= tests);
  return found?.level ?? 'none';
}

/** The longest stretch between two days with tests. */
function silenceNotes(days: readonly CalendarDay[]): readonly string[] {
  let longest: { readonly since: Day; readonly until: Day } | null = null;
  let last: Day | null = null;
  for (const { day, tests } of days) {
    if (tests === 0) continue;
    const since: Day = last === null ? day : addDays(last, 1);
    const length = daysBetween(since, day);
    if (length > (longest === null ? 0 : daysBetween(longest.since, longest.until)))
      longest = { since, until: day };
    last = day;
  }
  if (longest === null) return [translate('calendar.note.no_silence')];
  const n = daysBetween(longest.since, longest.until);
  const range = formatDayRange(longest.since, longest.until);
  return [translate('calendar.note.silence', { n, days: formatCount(n), range })];
}

function busiestNotes(tested: readonly CalendarDay[]): readonly string[] {
  const [busiest] = tested.toSorted((a, b) => b.tests - a.tests);
  const middle = median(tested.map(({ tests }) => tests));
  if (busiest === undefined || middle === undefined) return [];
  return [
    translate('calendar.note.busiest', {
      median: formatCount(Math.round(middle)),
      most: formatCount(busiest.tests),
      day: formatDay(busiest.day),
    }),
  ];
}

/** A row for each month: of days there can be thousands. */
function toTable(
  caption: string,
  days: readonly CalendarDay[],
  caveats: readonly string[],
): TableModel {
  const months = groupBy(days, ({ day }) => periodStart(day, 'month'));
  const cell = (value: number) => ({ text: formatCount(value), sort: value });
  return {
    caption,
    caveats,
    columns: [
      { key: 'period', label: translate('calendar.column.month'), numeric: false },
      { key: 'measurement_count', label: translate('table.tests'), numeric: true },
      { key: 'day_count', label: translate('calendar.column.tested'), numeric: true },
      { key: 'few_day_count', label: translate('calendar.column.few'), numeric: true },
      { key: 'untested_day_count', label: translate('calendar.column.untested'), numeric: true },
      { key: 'most', label: translate('calendar.column.most'), numeric: true },
    ],
    rows: [...months].map(([start, own]) => {
      const of = (wanted: DayClass['level']) => own.filter(({ level }) => level === wanted).length;
      return {
        key: start,
        cells: [
          { text: formatMonth(start), sort: start },
          cell(own.reduce((sum, { tests }) => sum + tests, 0)),
          cell(own.length - of('none')),
          cell(of('few')),
          cell(of('none')),
          cell(Math.max(...own.map(({ tests }) => tests))),
        ],
      };
    }),
  };
}
