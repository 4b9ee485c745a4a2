/** A quick chart of a free query's answer: one number by day, or by category; series where a second text column names them. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { addDays, dayOfMillis, toDay, type Day } from '../../../data-build/contract/brands.ts';
import type { TimeGrain } from '../../../data-build/contract/vocabulary.ts';
import { pageLocale } from '../../../data-build/words/language.ts';
import { translate } from '../../i18n/translate.ts';
import type { ChartWords, ViewContext } from '../../view/context.ts';
import { formatCount, formatDayRange } from '../../view/format.ts';
import { groupBy } from '../../view/day-rows.ts';
import type { AnswerColumn, AnswerRow, Guard } from './held-answer.ts';
import { nextPeriod, periodStart } from '../../view/time-frame.ts';

export interface ResultPoint {
  readonly key: string;
  /** What the second text column says; '' where there is none. */
  readonly series: string;
  readonly label: string;
  /** Null on bars. */
  readonly day: Day | null;
  /** Null: nothing, or held back. */
  readonly value: number | null;
  readonly text: string;
}

export interface ResultSeries {
  readonly key: string;
  readonly points: readonly ResultPoint[];
}

export interface ResultView extends ChartWords {
  readonly chart: 'result';
  readonly context: ViewContext;
  readonly form: 'lines' | 'bars';
  /** Name of the column that is drawn. */
  readonly unit: string;
  /** Largest first. */
  readonly series: readonly ResultSeries[];
}

/** Columns that can be drawn, by place: numbers that are no identifiers. */
export function listMeasures(columns: readonly AnswerColumn[]): readonly number[] {
  return columns.flatMap(({ name, kind }, index) =>
    kind === 'number' && !isIdentifierName(name) ? [index] : [],
  );
}

/** Numbers that name something: they are not grouped, drawn or added. */
export function isIdentifierName(name: string): boolean {
  return /^(?:probe_asn|asn)$|_(?:id|asn)$|(?:^|[^a-z])years?(?:$|[^a-z])/i.test(name);
}

/** Null when the answer has nothing to stand along. */
export function toResult(
  columns: readonly AnswerColumn[],
  rows: readonly AnswerRow[],
  measure: number,
  guard: Guard | null,
): ResultView | null {
  const unit = columns[measure]?.name;
  const axis = chooseAxis(columns, rows, measure);
  if (unit === undefined || axis === null || rows.length === 0) return null;
  const held = guard?.held.has(measure) === true;
  const points = rows.flatMap((row, index) => {
    const label = formatKey(row[axis.x] ?? null);
    const day = axis.time ? toPeriodDay(label) : null;
    if (axis.time && day === null) return [];
    const reason = held ? guard.reasonOf(row) : null;
    const value = row[measure];
    const shown = reason === null && typeof value === 'number' ? value : null;
    const series = axis.series === null ? '' : formatKey(row[axis.series] ?? null);
    return [
      {
        key: axis.time ? `${series} ${label}` : `${label} ${index}`,
        series,
        label,
        day,
        value: shown,
        text: reason ?? (shown === null ? '' : formatNumber(shown)),
      },
    ];
  });
  // Several values at one place are no course and no comparison.
  const keys = new Set(points.map(({ key }) => key));
  if (keys.size < points.length || points.every(({ value }) => value === null)) return null;
  const series = toSeries(points);
  const frame = toFrame(points.flatMap(({ day }) => day ?? []));
  const title = translate(axis.time ? 'console.chart.title.time' : 'console.chart.title.bars', {
    measure: unit,
    axis: columns[axis.x]?.name ?? '',
    range: axis.time ? formatDayRange(frame.since, frame.until) : '',
  });
  const heldCount = held ? rows.filter((row) => guard.reasonOf(row) !== null).length : 0;
  const notes = [
    translate('console.chart.note'),
    ...(heldCount > 0 ? [translate('console.chart.held', { n: formatCount(heldCount) })] : []),
  ];
  return {
    chart: 'result',
    context: {
      frame,
      place: null,
      test: null,
      network: null,
      networkCount: null,
    },
    form: axis.time ? 'lines' : 'bars',
    unit,
    series,
    title,
    subtitle:
      axis.series === null
        ? translate('console.chart.subtitle', { rows: formatCount(rows.length) })
        : translate('console.chart.subtitle.series', {
            rows: formatCount(rows.length),
            series: columns[axis.series]?.name ?? '',
          }),
    desc: joinSentences(notes),
    notes,
    table: {
      caption: title,
      caveats: notes,
      columns: [
        { key: columns[axis.x]?.name ?? 'x', label: columns[axis.x]?.name ?? '', numeric: false },
        { key: unit, label: unit, numeric: true },
      ],
      rows: points.map((point) => ({
        key: point.key,
        cells: [
          { text: point.label, sort: point.label },
          { text: point.text, sort: point.value },
        ],
      })),
    },
  };
}

interface Axis {
  readonly x: number;
  readonly time: boolean;
  readonly series: number | null;
}

function chooseAxis(
  columns: readonly AnswerColumn[],
  rows: readonly AnswerRow[],
  measure: number,
): Axis | null {
  const isTime = (index: number): boolean =>
    columns[index]?.kind === 'day' ||
    (columns[index]?.kind === 'text' &&
      rows.every(
        (row) => row[index] === null || toPeriodDay(formatKey(row[index] ?? null)) !== null,
      ) &&
      rows.some((row) => row[index] !== null));
  const places = columns.map((_, index) => index).filter((index) => index !== measure);
  const names = places.filter(
    (index) =>
      (columns[index]?.kind === 'text' ||
        /^(?:probe_asn|asn)$/i.test(columns[index]?.name ?? '')) &&
      !isTime(index),
  );
  const time = places.find(isTime);
  if (time !== undefined) {
    const days = new Set(rows.map((row) => row[time]));
    // One row per day is one line, whatever other columns there are.
    return { x: time, time: true, series: days.size === rows.length ? null : (names[0] ?? null) };
  }
  const [category] = names;
  return category === undefined ? null : { x: category, time: false, series: null };
}

function formatKey(value: AnswerRow[number]): string {
  return value === null ? '' : String(value);
}

/** `2024-11-07`, or `2024-11` for a month. */
function toPeriodDay(text: string): Day | null {
  return toDay(/^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text);
}

function toSeries(points: readonly ResultPoint[]): readonly ResultSeries[] {
  const sum = (list: readonly ResultPoint[]): number =>
    list.reduce((total, { value }) => total + (value ?? 0), 0);
  return [...groupBy(points, ({ series }) => series)]
    .sort(([a, one], [b, other]) => sum(other) - sum(one) || (a < b ? -1 : 1))
    .map(([key, list]) => ({
      key,
      points: list.toSorted((a, b) => (a.day ?? '').localeCompare(b.day ?? '')),
    }));
}

function toFrame(days: readonly Day[]): ViewContext['frame'] {
  const sorted = days.toSorted();
  const first = sorted[0] ?? dayOfMillis(0);
  const last = sorted.at(-1) ?? first;
  const grain: TimeGrain =
    sorted.every((day) => day.endsWith('-01')) && last > first ? 'month' : 'day';
  const until = grain === 'month' ? nextPeriod(periodStart(last, grain), grain) : addDays(last, 1);
  return { since: first, until, grain, dataUntil: until };
}

/** Enough digits to tell values apart, no more. */
export function formatNumber(value: number): string {
  const whole = Number.isInteger(value);
  return new Intl.NumberFormat(pageLocale(), whole ? {} : { maximumSignificantDigits: 6 }).format(
    value,
  );
}
