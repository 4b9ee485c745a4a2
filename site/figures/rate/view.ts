/** The interference rate per period with its uncertainty. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { median } from 'd3';
import {
  gapNotes,
  outcomeNotes,
  periodCell,
  sumOutcomes,
  totalRate,
} from '../../view/outcome-counts.ts';
import { translate } from '../../i18n/translate.ts';
import {
  formatExtent,
  formatFrame,
  formatScope,
  daysNotes,
  periodFloor,
  totalFloor,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { sayUsual } from '../../view/evidence.ts';
import { formatPercent, formatPeriod } from '../../view/format.ts';
import type { EventSpan } from '../../view/events.ts';
import {
  aloneNotes,
  rateCells,
  rateColumns,
  formatFloor,
  formatShare,
  toRate,
  type Rate,
} from '../../view/rate.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import type { TableModel } from '../../view/table.ts';
import { completeRows, type Period } from '../../view/time-frame.ts';

export interface RatePeriod extends Period {
  /** `7 November 2024`. */
  readonly label: string;
  readonly rate: Rate;
  /** Null: nothing was tested. */
  readonly counts: OutcomePeriodRow | null;
}

export interface RateView extends ChartWords {
  readonly chart: 'rate';
  readonly context: ViewContext;
  readonly periods: readonly RatePeriod[];
  /** The whole period that stands out; null when none does. */
  readonly peak: RatePeriod | null;
  /** Whether a whole period with a higher rate is not named as the peak: it has few tests, or many that failed. */
  readonly isPeakOfSome: boolean;
  /** Detected events over the same days. */
  readonly spans: readonly EventSpan[];
}

export function toRateSeries(
  rows: readonly OutcomePeriodRow[],
  context: ViewContext,
  spans: readonly EventSpan[] = [],
): RateView {
  const { frame } = context;
  const floor = periodFloor(context);
  const periods = completeRows(frame, rows).map(([period, row]): RatePeriod => ({
    ...period,
    label: formatPeriod(period.start, frame.grain),
    rate: toRate(row, floor),
    counts: row !== null && row.measurement_count > 0 ? row : null,
  }));
  const whole = totalRate(rows, context);
  const peak = findPeak(periods, whole, context);
  const totals = sumOutcomes(rows);
  const fewCount = periods.filter(({ rate }) => rate.kind === 'too_few').length;
  const notes = [
    translate('note.interval'),
    ...aloneNotes([whole]),
    ...(fewCount > 0 ? [translate('note.floor', { floor: formatFloor(floor) })] : []),
    ...outcomeNotes(totals),
    ...gapNotes(periods, context),
    ...(spans.length > 0 ? [translate('note.events')] : []),
  ];
  const caveats = [...notes, ...daysNotes(context)];
  const said = toTitle(periods, { peak, whole, marked: spans.length > 0 }, context);
  // A period that stands out is more than usual whatever the whole is.
  const judged = [{ rate: whole, confirmed: totals.confirmed_count }];
  const title = peak === null ? sayUsual(said, judged) : said;
  return {
    chart: 'rate',
    context,
    periods,
    peak,
    isPeakOfSome: hasHigher(periods, peak),
    spans,
    title,
    subtitle: translate(`chart.rate.subtitle.${frame.grain}`),
    desc: joinSentences([formatExtent(totals.measurement_count, context), ...caveats]),
    notes,
    table: toTable(title, periods, caveats),
  };
}

/** Of the tests of a period that is named, at most this share may have failed. */
const MOST_FAILED = 0.1;

/** A period with fewer tests than this share of what the median one has is of other testers, or of part of a day. */
const LEAST_TESTED = 0.25;

/**
 * The highest rate among whole periods, the earliest when several are equal. A period is named only when even the low end
 * of its interval is above the rate of the whole, as printed too; when it has as many tests as the place or network
 * needs, and not far fewer than other periods; and when few of its tests failed.
 */
function findPeak(
  periods: readonly RatePeriod[],
  whole: Rate,
  context: ViewContext,
): RatePeriod | null {
  if (whole.kind !== 'rate') return null;
  const counted = periods.flatMap(({ counts }) => counts?.measurement_count ?? []);
  const usual = median(counted) ?? 0;
  const named = periods.filter(
    ({ rate, counts, incomplete }) =>
      incomplete === null &&
      rate.kind === 'rate' &&
      rate.tests >= totalFloor(context).tests &&
      counts !== null &&
      counts.measurement_count >= LEAST_TESTED * usual &&
      counts.failure_count <= MOST_FAILED * counts.measurement_count,
  );
  const rateOf = ({ rate }: RatePeriod): number => (rate.kind === 'rate' ? rate.rate : 0);
  const [peak] = named.toSorted((a, b) => rateOf(b) - rateOf(a));
  return peak !== undefined && standsOut(peak, whole) ? peak : null;
}

function standsOut({ rate, incomplete }: RatePeriod, whole: Rate): boolean {
  return (
    incomplete === null &&
    rate.kind === 'rate' &&
    whole.kind === 'rate' &&
    rate.lower > whole.rate &&
    formatPercent(rate.rate) !== formatPercent(whole.rate)
  );
}

function hasHigher(periods: readonly RatePeriod[], peak: RatePeriod | null): boolean {
  if (peak?.rate.kind !== 'rate') return false;
  const most = peak.rate.rate;
  return periods.some(
    ({ rate, incomplete }) => incomplete === null && rate.kind === 'rate' && rate.rate > most,
  );
}

function toTitle(
  periods: readonly RatePeriod[],
  {
    peak,
    whole,
    marked,
  }: { readonly peak: RatePeriod | null; readonly whole: Rate; readonly marked: boolean },
  context: ViewContext,
): string {
  const words = { scope: formatScope(context), range: formatFrame(context) };
  if (peak !== null && peak.rate.kind === 'rate') {
    const found = {
      ...words,
      period: peak.label,
      percent: formatPercent(peak.rate.rate),
      share: formatShare(peak.rate),
      aside: hasHigher(periods, peak) ? 'yes' : 'no',
    };
    return translate(`chart.rate.title.peak.${context.frame.grain}`, found);
  }
  if (whole.kind === 'rate' && whole.signs > 0) {
    const found = { ...words, percent: formatPercent(whole.rate), share: formatShare(whole) };
    if (marked) return translate('chart.rate.title.marked', found);
    // One with few tests or many failures is not named, and not denied.
    if (periods.some((period) => standsOut(period, whole)))
      return translate('chart.outcomes.title.anomaly', found);
    return translate('chart.rate.title.level', { ...found, grain: context.frame.grain });
  }
  if (whole.kind === 'rate') return translate('chart.rate.title.ok', words);
  const tested = periods.some(({ rate }) => rate.kind !== 'not_tested');
  return translate(tested ? 'chart.rate.title.none' : 'chart.outcomes.title.none', words);
}

function toTable(
  caption: string,
  periods: readonly RatePeriod[],
  caveats: readonly string[],
): TableModel {
  return {
    caption,
    caveats,
    columns: [
      { key: 'period', label: translate('table.period'), numeric: false },
      ...rateColumns(),
    ],
    rows: periods.map(({ start, label, incomplete, rate }) => ({
      key: start,
      cells: [periodCell(start, label, incomplete), ...rateCells(rate)],
    })),
  };
}
