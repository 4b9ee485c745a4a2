/** Outcomes per period: how many tests said what. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import {
  gapNotes,
  outcomeNotes,
  periodCell,
  sumOutcomes,
  totalRate,
} from '../../view/outcome-counts.ts';
import { OUTCOMES, SCORED_OUTCOMES } from '../../../data-build/contract/vocabulary.ts';
import { translate } from '../../i18n/translate.ts';
import {
  formatExtent,
  formatFrame,
  formatScope,
  daysNotes,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { sayUsual } from '../../view/evidence.ts';
import { formatCount, formatPercent, formatPeriod } from '../../view/format.ts';
import { aloneNotes, formatFailed, formatShare, type Rate } from '../../view/rate.ts';
import type { OutcomeCounts, OutcomePeriodRow } from '../../query/rows.ts';
import type { TableCell, TableModel } from '../../view/table.ts';
import { completeRows, type Period } from '../../view/time-frame.ts';

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
  /** Outcomes that a reader took out of the stack; the legend still names them. */
  readonly hidden?: ReadonlySet<string>;
}

export function toOutcomes(rows: readonly OutcomePeriodRow[], context: ViewContext): OutcomesView {
  const { frame } = context;
  const periods = completeRows(frame, rows).map(([period, counts]) => ({
    ...period,
    label: formatPeriod(period.start, frame.grain),
    counts: counts !== null && counts.measurement_count > 0 ? counts : null,
  }));
  const totals = sumOutcomes(rows);
  const rate = totalRate(rows, context);
  const notes = [...aloneNotes([rate]), ...outcomeNotes(totals), ...gapNotes(periods, context)];
  const caveats = [...notes, ...daysNotes(context)];
  const title = toTitle(rate, totals, context);
  return {
    chart: 'outcomes',
    context,
    periods,
    totals,
    rate,
    title,
    subtitle: translate(`chart.outcomes.subtitle.${frame.grain}`),
    desc: joinSentences([formatExtent(totals.measurement_count, context), ...caveats]),
    notes,
    table: toTable(title, periods, caveats, context),
  };
}

function toTitle(rate: Rate, totals: OutcomeCounts, context: ViewContext): string {
  const words = { scope: formatScope(context), range: formatFrame(context) };
  if (rate.kind === 'not_tested') return translate('chart.outcomes.title.none', words);
  const share = formatShare(rate);
  if (rate.kind === 'too_few') {
    const failed = formatFailed(rate);
    if (failed !== null) return translate('chart.outcomes.title.failed', { ...words, failed });
    const few = { ...words, n: formatCount(rate.tests), short: rate.short ?? 'tests' };
    return translate('chart.outcomes.title.too_few', few);
  }
  const known = {
    ...words,
    share,
    percent: formatPercent(rate.rate),
    confirmed: formatCount(totals.confirmed_count),
    n: formatCount(rate.tests),
  };
  if (rate.signs === 0) return translate('chart.outcomes.title.ok', known);
  const confirmed = totals.confirmed_count;
  return sayUsual(
    translate(
      confirmed > 0 ? 'chart.outcomes.title.confirmed' : 'chart.outcomes.title.anomaly',
      known,
    ),
    [{ rate, confirmed }],
  );
}

function toTable(
  caption: string,
  periods: readonly OutcomePeriod[],
  caveats: readonly string[],
  context: ViewContext,
): TableModel {
  const { frame } = context;
  // A day with tests is one day.
  const byDay = frame.grain === 'day';
  const cell = (value: number | null): TableCell =>
    value === null
      ? { text: translate('table.unknown'), sort: null }
      : { text: formatCount(value), sort: value };
  return {
    caption,
    caveats,
    columns: [
      { key: 'period', label: translate('table.period'), numeric: false },
      { key: 'measurement_count', label: translate('table.tests'), numeric: true },
      ...SCORED_OUTCOMES.map((outcome) => ({
        key: `${outcome}_count`,
        label: OUTCOMES[outcome].label,
        numeric: true,
      })),
      { key: 'network_count', label: translate('table.network_count'), numeric: true },
      ...(byDay ? [] : [{ key: 'day_count', label: translate('table.days'), numeric: true }]),
    ],
    rows: periods.map(({ start, label, counts, incomplete }) => ({
      key: start,
      cells: [
        periodCell(start, label, incomplete),
        ...(counts === null
          ? [
              { text: translate('rate.not_tested'), sort: null },
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
