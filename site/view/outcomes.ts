/** Outcomes per period: how many tests said what. */
import { OUTCOMES, SCORED_OUTCOMES } from '../../data-build/contract/vocabulary.ts';
import { translate, translateCount } from '../i18n/translate.ts';
import {
  formatExtent,
  formatFrame,
  formatScope,
  incompleteNotes,
  totalFloor,
  type ChartWords,
  type ViewContext,
} from './context.ts';
import { formatCount, formatPercent, formatPeriod } from './format.ts';
import { formatShare, toRate, type Rate } from './rate.ts';
import type { OutcomeCounts, OutcomePeriodRow } from '../query/rows.ts';
import type { TableCell, TableModel } from './table.ts';
import { completeRows, type Period } from './time-frame.ts';

export interface OutcomePeriod extends Period {
  /** `7 November 2024`. */
  readonly label: string;
  /** Null: nothing was tested. */
  readonly counts: OutcomePeriodRow | null;
}

export interface OutcomesView extends ChartWords {
  readonly chart: 'outcomes';
  readonly context: ViewContext;
  readonly periods: readonly OutcomePeriod[];
  readonly totals: OutcomeCounts & { readonly unscored_count: number };
  /** The rate of the whole frame. */
  readonly rate: Rate;
}

/** What of the view is drawn. */
export type OutcomesChart = Pick<
  OutcomesView,
  'chart' | 'context' | 'periods' | 'totals' | 'title' | 'desc'
> & {
  /** Outcomes that a reader took out of the stack; the legend still names them. */
  readonly hidden?: ReadonlySet<string>;
};

/** Sums counts over rows. */
export function sumOutcomes(
  rows: readonly (OutcomeCounts & { readonly unscored_count: number })[],
): OutcomeCounts & { readonly unscored_count: number } {
  const totals = {
    measurement_count: 0,
    ok_count: 0,
    anomaly_count: 0,
    confirmed_count: 0,
    failure_count: 0,
    unscored_count: 0,
  };
  for (const row of rows) {
    totals.measurement_count += row.measurement_count;
    totals.ok_count += row.ok_count;
    totals.anomaly_count += row.anomaly_count;
    totals.confirmed_count += row.confirmed_count;
    totals.failure_count += row.failure_count;
    totals.unscored_count += row.unscored_count;
  }
  return totals;
}

export function toOutcomes(rows: readonly OutcomePeriodRow[], context: ViewContext): OutcomesView {
  const { frame, language } = context;
  const periods = completeRows(frame, rows).map(([period, counts]) => ({
    ...period,
    label: formatPeriod(period.start, frame.grain, language),
    counts: counts !== null && counts.measurement_count > 0 ? counts : null,
  }));
  const totals = sumOutcomes(rows);
  const rate = toRate(
    {
      ...totals,
      network_count: context.networkCount,
      day_count: rows.reduce((days, row) => days + row.day_count, 0),
    },
    totalFloor(context),
  );
  const notes = [...outcomeNotes(totals, language), ...gapNotes(periods, context)];
  const caveats = [...notes, ...incompleteNotes(context)];
  const title = toTitle(rate, totals, context);
  return {
    chart: 'outcomes',
    context,
    periods,
    totals,
    rate,
    title,
    subtitle: translate(`chart.outcomes.subtitle.${frame.grain}`, {}, language),
    desc: [formatExtent(totals.measurement_count, context), ...caveats].join(' '),
    notes,
    table: toTable(title, periods, caveats, context),
  };
}

function toTitle(rate: Rate, totals: OutcomeCounts, context: ViewContext): string {
  const { language } = context;
  const words = { scope: formatScope(context), range: formatFrame(context) };
  if (rate.kind === 'not_tested') return translate('chart.outcomes.title.none', words, language);
  const share = formatShare(rate, language);
  if (rate.kind === 'too_few') {
    const few = { ...words, n: formatCount(rate.tests, language) };
    return translate('chart.outcomes.title.too_few', few, language);
  }
  const known = {
    ...words,
    share,
    percent: formatPercent(rate.rate, language),
    confirmed: formatCount(totals.confirmed_count, language),
    n: formatCount(rate.tests, language),
  };
  if (rate.signs === 0) return translate('chart.outcomes.title.ok', known, language);
  return translate(
    totals.confirmed_count > 0 ? 'chart.outcomes.title.confirmed' : 'chart.outcomes.title.anomaly',
    known,
    language,
  );
}

/** What zero confirmed, failures and unscored tests do not say. */
export function outcomeNotes(
  totals: OutcomeCounts & { readonly unscored_count: number },
  language: string,
): readonly string[] {
  const { measurement_count, confirmed_count, failure_count, unscored_count } = totals;
  return [
    ...(measurement_count > 0 && confirmed_count === 0
      ? [translate('note.none_confirmed', {}, language)]
      : []),
    ...(failure_count > 0 ? [translateCount('note.failures', failure_count, {}, language)] : []),
    ...(unscored_count > 0 ? [translateCount('note.unscored', unscored_count, {}, language)] : []),
  ];
}

/** Says that empty slots are days without tests, not days without interference. */
export function gapNotes(
  periods: readonly { readonly counts: unknown }[],
  { frame, language }: ViewContext,
): readonly string[] {
  const gaps = periods.filter(({ counts }) => counts === null).length;
  return gaps === 0 ? [] : [translateCount(`note.gaps.${frame.grain}`, gaps, {}, language)];
}

function toTable(
  caption: string,
  periods: readonly OutcomePeriod[],
  caveats: readonly string[],
  context: ViewContext,
): TableModel {
  const { language, frame } = context;
  // A day with tests is one day.
  const byDay = frame.grain === 'day';
  const cell = (value: number | null): TableCell =>
    value === null
      ? { text: translate('table.unknown', {}, language), sort: null }
      : { text: formatCount(value, language), sort: value };
  return {
    caption,
    caveats,
    columns: [
      { key: 'period', label: translate('table.period', {}, language), numeric: false },
      { key: 'measurement_count', label: translate('table.tests', {}, language), numeric: true },
      ...SCORED_OUTCOMES.map((outcome) => ({
        key: `${outcome}_count`,
        label: OUTCOMES[outcome].label,
        numeric: true,
      })),
      { key: 'network_count', label: translate('table.networks', {}, language), numeric: true },
      ...(byDay
        ? []
        : [{ key: 'day_count', label: translate('table.days', {}, language), numeric: true }]),
    ],
    rows: periods.map(({ start, label, counts, incomplete }) => ({
      key: start,
      cells: [
        periodCell(start, label, incomplete, context),
        ...(counts === null
          ? [
              { text: translate('rate.not_tested', {}, language), sort: null },
              ...Array.from({ length: byDay ? 5 : 6 }, () => ({ text: '', sort: null })),
            ]
          : [
              cell(counts.measurement_count),
              cell(counts.ok_count),
              cell(counts.anomaly_count),
              cell(counts.confirmed_count),
              cell(counts.failure_count),
              cell(counts.network_count),
              ...(byDay ? [] : [cell(counts.day_count)]),
            ]),
      ],
    })),
  };
}

/** First cell of a row about a period, with the reason when it is not whole. */
export function periodCell(
  start: string,
  label: string,
  incomplete: Period['incomplete'],
  { language }: ViewContext,
): TableCell {
  const text =
    incomplete === null
      ? label
      : translate(`table.period.${incomplete}`, { period: label }, language);
  return { text, sort: start };
}
