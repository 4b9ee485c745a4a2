/** Years below each other; in each a column for every week and a row for every weekday, one cell a day. */
import { addDays, daysBetween, toDay, type Day } from '../../../data-build/contract/brands.ts';
import { translate } from '../../i18n/translate.ts';
import { keepInside, lines, textWidth, wrapText } from '../../charts/marks/label.ts';
import { layoutLegendRows } from '../../charts/marks/legend.ts';
import { FEW, type Fill } from '../../charts/marks/look.ts';
import { d, group, path, rect, text } from '../../charts/marks/shapes.ts';
import type { Scene, SceneNode } from '../../charts/scene.ts';
import { LINE_HEIGHT, SMALL_SIZE, type ChartSize } from '../../charts/size.ts';
import { formatProblem } from '../../../data-build/contract/known-problems.ts';
import { problemItem } from '../../charts/marks/problems.ts';
import { drawnProblems, frameProblems } from '../../view/context.ts';
import { groupBy } from '../../view/day-rows.ts';
import { formatCount, formatDay, formatTick } from '../../view/format.ts';
import { periodStart } from '../../view/time-frame.ts';
import type { CalendarDay, CalendarView, DayClass } from './view.ts';

/** Most weeks that a year touches. */
const WEEKS = 54;
const LARGEST_CELL = 12;
const LEAST_CELL = 5;
const LEFT = 34;
/** Words of months over the first year. */
const HEAD = 18;
const GAP = 10;
/** An outline, since cells have textures of their own. */
const PROBLEM_DAYS: Fill = { class: 'problem-days' };

export function layoutCalendar(view: CalendarView, size: ChartSize): Scene {
  const { classes, days, context } = view;
  const legend = layoutLegendRows(
    [
      ...classes.map((one) => ({
        key: String(one.level),
        label: formatClass(one),
        ...lookOf(one.level),
      })),
      ...problemItem(context).map(({ key, label }) => ({ key, label, ...PROBLEM_DAYS })),
    ],
    { x: 0, top: 2, width: size.width },
  );
  const { less = 0 } = size;
  const usual = Math.min(LARGEST_CELL, Math.floor((size.width - LEFT) / WEEKS));
  const years = groupBy(days, ({ day }) => day.slice(0, 4));
  const all = [...years].filter(([, own]) => own.some(({ tests }) => tests > 0));
  const silent = [...years.keys()].filter((year) => !all.some(([known]) => known === year));
  // Where it must be lower the newest years are left, and then smaller cells.
  const fewer = Math.min(all.length - 1, Math.ceil(less / (7 * usual + GAP)));
  const rest = less - fewer * (7 * usual + GAP);
  const step = Math.max(LEAST_CELL, usual - Math.max(0, Math.ceil(rest / 7)));
  const tested = all.slice(Math.max(0, fewer));
  const height = 7 * step + GAP;
  const top = legend.height + 4 + HEAD;
  const drawn = tested.map(([year, own], index) =>
    group(
      year,
      [
        ...(index === 0 ? monthNames(tested.length === 1 ? own : allDays(year), step, size) : []),
        ...layoutYear(year, own, view, step, size),
      ],
      { data: { row: year }, y: top + index * height },
    ),
  );
  const bottom = top + tested.length * height;
  const problems = frameProblems(context).map(formatProblem);
  const left = silent.length === 0 ? [] : [translate('calendar.silent', { n: silent.length })];
  const words = (less > 0 ? [] : [...left, ...problems]).flatMap((note) =>
    wrapText(note, size.width, SMALL_SIZE),
  );
  return {
    width: size.width,
    height: bottom + words.length * LINE_HEIGHT,
    title: view.title,
    desc: view.desc,
    rows: days.length,
    children: [
      legend.node,
      group('rows', drawn, { class: 'marks' }),
      ...lines('note', words, 0, bottom + 8, { class: 'unit' }),
    ],
  };
}

function layoutYear(
  year: string,
  days: readonly CalendarDay[],
  { context }: CalendarView,
  step: number,
  size: ChartSize,
): readonly SceneNode[] {
  const first = toDay(`${year}-01-01`);
  if (first === null) return [];
  const at = (day: Day): readonly [x: number, y: number] => placeOf(day, step);
  const box = boxOf(step);
  const texts = new Map<DayClass['level'], string>();
  const add = (level: DayClass['level'], shape: string): void => {
    texts.set(level, (texts.get(level) ?? '') + shape);
  };
  const { silent, others } = findSilentWeeks(days);
  for (const { week, weeks } of silent) {
    const [x, y] = at(week);
    const width = (weeks - 1) * step + box;
    add('none', d`M${x} ${y}h${width}v${6 * step + box}h${-width}z`);
  }
  for (const { first: day, level, days: length } of toRuns(others)) {
    const [x, y] = at(day);
    if (typeof level === 'number') add(level, d`M${x + box / 2} ${y}v${(length - 1) * step + box}`);
    else add(level, d`M${x} ${y}h${box}v${box}h${-box}z`);
  }
  const faulty = days.filter(({ day }) =>
    drawnProblems(context).some(({ since, until }) => since <= day && day < until),
  );
  const marks = [...groupBy(faulty, ({ day }) => periodStart(day, 'week')).values()].map((own) => {
    const [x, y] = at(own[0]?.day ?? first);
    const height = (own.length - 1) * step + box;
    return d`M${x - 1} ${y - 1}h${box + 2}v${height + 2}h${-box - 2}z`;
  });
  return [
    text('year', formatTick(first, 'year'), 0, 4 * step, { class: 'label' }),
    ...[...texts].map(([level, shapes]) =>
      path(
        `level ${level}`,
        shapes,
        typeof level === 'number' ? { class: `stroke-heat-${level} dash-${step}` } : lookOf(level),
      ),
    ),
    ...(marks.length === 0 ? [] : [path('problems', marks.join(''), PROBLEM_DAYS)]),
    ...(size.reads === true ? [layoutTargets(days, at, step)] : []),
  ];
}

/** Side of a cell; the stylesheet has the same in the dashes of `dash-12`. */
function boxOf(step: number): number {
  return step > 8 ? step - 2 : step - 1;
}

interface Run {
  readonly first: Day;
  readonly days: number;
  readonly level: DayClass['level'];
}

/** Days of one shade that follow each other in a week are one dashed line: fewer bytes than a box for each. */
function toRuns(days: readonly CalendarDay[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { day, level } of days) {
    const last = runs.at(-1);
    const isNext =
      typeof level === 'number' &&
      last?.level === level &&
      addDays(last.first, last.days) === day &&
      periodStart(last.first, 'week') === periodStart(day, 'week');
    if (isNext) runs[runs.length - 1] = { ...last, days: last.days + 1 };
    else runs.push({ first: day, days: 1, level });
  }
  return runs;
}

/** A column for the week in its year, a row for the weekday. */
function placeOf(day: Day, step: number): readonly [x: number, y: number] {
  const first = toDay(`${day.slice(0, 4)}-01-01`) ?? day;
  const passed = daysBetween(periodStart(first, 'week'), day);
  return [LEFT + Math.floor(passed / 7) * step, (passed % 7) * step];
}

interface SilentWeeks {
  /** Its Monday. */
  readonly week: Day;
  readonly weeks: number;
}

/** Whole weeks without a test, those that follow each other as one: silence is one empty box however long it is. */
function findSilentWeeks(days: readonly CalendarDay[]): {
  readonly silent: readonly SilentWeeks[];
  readonly others: readonly CalendarDay[];
} {
  const silent: SilentWeeks[] = [];
  const others: CalendarDay[] = [];
  for (const [week, own] of groupBy(days, ({ day }) => periodStart(day, 'week'))) {
    const last = silent.at(-1);
    if (own.length < 7 || own.some(({ tests }) => tests > 0)) others.push(...own);
    else if (last !== undefined && addDays(last.week, 7 * last.weeks) === week)
      silent[silent.length - 1] = { ...last, weeks: last.weeks + 1 };
    else silent.push({ week, weeks: 1 });
  }
  return { silent, others };
}

function allDays(year: string): readonly Pick<CalendarDay, 'day'>[] {
  const first = toDay(`${year}-01-01`);
  const next = toDay(`${Number(year) + 1}-01-01`);
  if (first === null || next === null) return [];
  return Array.from({ length: daysBetween(first, next) }, (_, index) => ({
    day: addDays(first, index),
  }));
}

/** Over the week in which a month begins; those without room are left out. */
function monthNames(
  days: readonly Pick<CalendarDay, 'day'>[],
  step: number,
  { width }: ChartSize,
): readonly SceneNode[] {
  let free = 0;
  return days.flatMap(({ day }, index) => {
    if (index > 0 && !day.endsWith('-01')) return [];
    const words = formatTick(day, 'month');
    const room = textWidth(words, SMALL_SIZE) + 6;
    const [x] = placeOf(day, step);
    const left = keepInside(x + room / 2, room, 0, width) - room / 2;
    // Where the first month has few days left, the name of the next one counts.
    const isCut = index === 0 && daysBetween(day, addMonth(day)) < 14 && days.length > 28;
    if (left < free || isCut) return [];
    free = left + room;
    return [text(`month ${day}`, words, left, -6, { class: 'unit' })];
  });
}

function addMonth(day: Day): Day {
  return periodStart(addDays(periodStart(day, 'month'), 31), 'month');
}

function layoutTargets(
  days: readonly CalendarDay[],
  at: (day: Day) => readonly [x: number, y: number],
  step: number,
): SceneNode {
  const targets = days.map(({ day, tests, level }) => {
    const [x, y] = at(day);
    const said = translate('calendar.said', {
      n: tests,
      tests: formatCount(tests),
      few: level === 'few' ? 'yes' : 'no',
    });
    const data = { period: day, label: formatDay(day), said };
    return rect(day, [x, y, step, step], { data });
  });
  return group('targets', targets, { class: 'targets' });
}

function lookOf(level: DayClass['level']): Fill {
  if (level === 'none') return { class: 'day-none' };
  return level === 'few' ? FEW : { class: `heat-${level}` };
}

function formatClass({ level, from, to }: DayClass): string {
  if (level === 'none') return translate('calendar.class.none');
  const ends = { from: formatCount(from), to: to === null ? '' : formatCount(to) };
  if (level === 'few') return translate('calendar.class.few', ends);
  return translate(to === null ? 'calendar.class.most' : 'calendar.class.some', ends);
}
