/** The sentence at the top of a page: what tests showed, how many, on how many networks, when. */
import { outcomeNotes, sumOutcomes } from '../../view/outcome-counts.ts';
import { translate } from '../../i18n/translate.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import {
  formatFrame,
  networkParts,
  formatScope,
  totalFloor,
  type ViewContext,
} from '../../view/context.ts';
import { formatCount, formatPercent } from '../../view/format.ts';
import { formatFloor, formatShare, toRate, intervalParts } from '../../view/rate.ts';
import { toRateSeries } from '../rate/view.ts';

export interface SummaryView {
  /** Which of the levels the numbers allow; `too_few` is below the floor. */
  readonly level: 'not_tested' | 'too_few' | 'ok' | 'anomaly' | 'confirmed';
  /** The sentence; complete with denominator, networks and dates. */
  readonly sentence: string;
  /** The period that stands out; null when none does. */
  readonly peak: string | null;
  /** What must travel with the sentence when it is copied. */
  readonly caveats: readonly string[];
}

export function toSummary(rows: readonly OutcomePeriodRow[], context: ViewContext): SummaryView {
  const totals = sumOutcomes(rows);
  const floor = totalFloor(context);
  const rate = toRate(
    {
      ...totals,
      network_count: context.networkCount,
      day_count: rows.reduce((days, row) => days + row.day_count, 0),
    },
    floor,
  );
  const words = {
    scope: formatScope(context),
    range: formatFrame(context),
    ...namedParts(context, context.networkCount),
  };
  if (rate.kind === 'not_tested') {
    return {
      level: 'not_tested',
      sentence: translate('summary.not_tested', words),
      peak: null,
      caveats: outcomeNotes(totals),
    };
  }
  const known = {
    ...words,
    n: formatCount(rate.tests),
    share: formatShare(rate),
    confirmed: formatCount(totals.confirmed_count),
    floor: formatFloor(floor),
  };
  if (rate.kind === 'too_few') {
    return {
      level: 'too_few',
      sentence: translate('summary.too_few', known),
      peak: null,
      caveats: outcomeNotes(totals),
    };
  }
  const level = totals.confirmed_count > 0 ? 'confirmed' : rate.signs > 0 ? 'anomaly' : 'ok';
  const rated = {
    ...known,
    percent: formatPercent(rate.rate),
    ...intervalParts(rate),
  };
  return {
    level,
    sentence: translate(`summary.${level}`, rated),
    peak: findPeakSentence(rows, rate.rate, context),
    caveats: outcomeNotes(totals),
  };
}

/** Of the tests of a period that is named, at most this share may have failed. */
const MOST_FAILED = 0.1;

/**
 * A period is named only when even the low end of its interval is above the rate of the whole, as printed too; when it
 * meets the floor of one network or place; and when few of its tests failed.
 */
function findPeakSentence(
  rows: readonly OutcomePeriodRow[],
  overall: number,
  context: ViewContext,
): string | null {
  const { peak } = toRateSeries(rows, context);
  if (peak?.rate.kind !== 'rate' || peak.counts === null || peak.rate.lower <= overall) return null;
  const { measurement_count: all, failure_count: failed, network_count } = peak.counts;
  const percent = formatPercent(peak.rate.rate);
  if (
    peak.rate.tests < totalFloor(context).tests ||
    failed > MOST_FAILED * all ||
    percent === formatPercent(overall)
  )
    return null;
  return translate(`summary.peak.${context.frame.grain}`, {
    period: peak.label,
    percent,
    share: formatShare(peak.rate),
    ...namedParts(context, network_count),
  });
}

/** Where the scope names the one network, a count would say nothing more. */
function namedParts({ network }: ViewContext, count: number | null) {
  const parts = networkParts(count);
  return network !== null && count === 1 ? { ...parts, counted: 'named' } : parts;
}

/** The sentence with the period that stands out. */
export function formatSummary({ sentence, peak }: SummaryView): string {
  return [sentence, peak].filter((part) => part !== null).join(' ');
}
