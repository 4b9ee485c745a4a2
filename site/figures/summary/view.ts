/** The sentence at the top of a page: what tests showed, how many, on how many networks, when. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { outcomeNotes, sumOutcomes, totalRate } from '../../view/outcome-counts.ts';
import { translate } from '../../i18n/translate.ts';
import type { OutcomePeriodRow } from '../../query/rows.ts';
import {
  formatFrame,
  networkParts,
  formatScope,
  totalFloor,
  type ViewContext,
} from '../../view/context.ts';
import { isUsual } from '../../view/evidence.ts';
import { formatCount, formatPercent } from '../../view/format.ts';
import {
  aloneNotes,
  formatAlone,
  formatFailed,
  formatFloor,
  formatShare,
  intervalParts,
  type Share,
} from '../../view/rate.ts';
import { toRateSeries } from '../rate/view.ts';

export interface SummaryView {
  /** Which of the levels the numbers allow; `too_few` is below the floor. */
  readonly level: 'not_tested' | 'too_few' | 'ok' | 'anomaly' | 'confirmed';
  /** The sentence; complete with denominator, networks and dates. */
  readonly sentence: string;
  /** The period that stands out; null when none does. */
  readonly peak: string | null;
  /** That it rests on one network, and on which; null: it does not. */
  readonly basis: string | null;
  /** That its signs are no more than usual; null: they are, or there is none. */
  readonly usual: string | null;
  /** What the sentence rests on; null: no rate. */
  readonly share: Share | null;
  /** What must travel with the sentence when it is copied. */
  readonly caveats: readonly string[];
}

export function toSummary(rows: readonly OutcomePeriodRow[], context: ViewContext): SummaryView {
  const totals = sumOutcomes(rows);
  const floor = totalFloor(context);
  const rate = totalRate(rows, context);
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
      basis: null,
      usual: null,
      share: null,
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
    const failed = formatFailed(rate);
    return {
      level: 'too_few',
      sentence:
        failed === null
          ? translate('summary.too_few', { ...known, short: rate.short ?? 'tests' })
          : translate('summary.failed', { ...words, failed }),
      peak: null,
      basis: null,
      usual: null,
      share: null,
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
    basis: formatAlone(rate, 'rate.alone.sentence'),
    usual: isUsual(rate, totals) ? translate('summary.usual') : null,
    share: rate,
    peak: findPeakSentence(rows, context),
    caveats: [...aloneNotes([rate]), ...outcomeNotes(totals)],
  };
}

function findPeakSentence(rows: readonly OutcomePeriodRow[], context: ViewContext): string | null {
  const { peak, isPeakOfSome } = toRateSeries(rows, context);
  if (peak?.rate.kind !== 'rate') return null;
  return translate(`summary.peak.${context.frame.grain}`, {
    period: peak.label,
    percent: formatPercent(peak.rate.rate),
    share: formatShare(peak.rate),
    aside: isPeakOfSome ? 'yes' : 'no',
    ...peakNetworks(context, peak.counts?.network_count ?? null),
  });
}

/** That a source names no networks is said once, of the whole. */
function peakNetworks(context: ViewContext, count: number | null) {
  return context.networkCount === null && count === null
    ? { ...networkParts(count), counted: 'named' }
    : namedParts(context, count);
}

/** Where the scope names the one network, a count would say nothing more. */
function namedParts({ network }: ViewContext, count: number | null) {
  const parts = networkParts(count);
  return network !== null && count === 1 ? { ...parts, counted: 'named' } : parts;
}

/** The sentence, on which one network it rests, how much that is, and the period that stands out. */
export function formatSummary({ sentence, basis, usual, peak }: SummaryView): string {
  return joinSentences([sentence, basis, usual, peak]);
}
