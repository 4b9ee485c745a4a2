/**
 * Detectors on NDT throughput, by week (from daily statistics) or by month (from monthly ones).
 *
 * `slowdown-1`: with x = log10 of the median download and m its median over the periods before, the drop is
 * 1 − 10^(x − m). Slow if the drop is at least one half in two or more periods running, each with at least 100
 * tests, while the lowest round-trip time rises by less than 30 %: congestion raises it, a ceiling does not
 * (Anderson 2013, arXiv 1306.4361). Worded as unusual slowdown, never as blocking.
 * `vanished-1`: the number of tests falls under a fifth of its median: measurements vanished, as in a shutdown.
 */
import { addDays, type Day } from '../../contract/brands.ts';
import { median } from './series.ts';

export type ThroughputGrain = 'week' | 'month';

const GRAINS: readonly ThroughputGrain[] = ['week', 'month'];

/** What events of such a grain are about. */
export const targetOf = (grain: ThroughputGrain): string => `throughput by ${grain}`;

/** Last day of the period that begins on `first` and is told of `target`; `first` itself where it is told by day. */
export function lastDayOf(target: string, first: Day): Day {
  const grain = GRAINS.find((each) => targetOf(each) === target);
  return grain === undefined ? first : addDays(nextPeriod(first, grain), -1);
}

/** First day of the period after the one that begins on `period`. */
export function nextPeriod(period: Day, grain: ThroughputGrain): Day {
  if (grain === 'week') return addDays(period, 7);
  // Any day of the next month, then its first.
  const inside = addDays(period, 31);
  return addDays(inside, 1 - Number(inside.slice(8)));
}

/** One week or month of one country, territory or network. */
export interface ThroughputPeriod {
  /** First day of the period. */
  readonly period: Day;
  readonly tests: number;
  /** Mbit/s; null when not published. */
  readonly downloadMedian: number | null;
  /** ms; null when not published. */
  readonly minRttMedian: number | null;
}

export const SLOWDOWN_DETECTOR = {
  id: 'slowdown-1',
  baseline: {
    week: { periods: 8, minimum: 6 },
    month: { periods: 6, minimum: 5 },
  },
  drop: 0.5,
  minimumRun: 2,
  minimumTests: 100,
  rttRise: 0.3,
} as const;

export const VANISHED_DETECTOR = {
  id: 'vanished-1',
  /** Of the median number of tests before. */
  share: 0.2,
  /** A median below this says too little for its fall to be telling. */
  minimumMedian: 100,
} as const;

export interface ThroughputSpan {
  readonly kind: 'slowdown' | 'vanished';
  readonly lastNormal: Day | null;
  readonly firstSign: Day;
  /** Start of the last period with the sign. */
  readonly lastSign: Day;
  readonly firstNormal: Day | null;
  /** Slowdown: largest drop, 0–1. Vanished: smallest share of the usual number of tests, 0–1. */
  readonly magnitude: number;
  /** Usual median in Mbit/s, or usual number of tests. */
  readonly baseline: number;
  readonly tests: number;
}

interface Judged {
  readonly period: ThroughputPeriod;
  readonly magnitude: number;
  readonly baseline: number;
  readonly sign: boolean;
}

/** Slowdowns in an ascending series; periods inside one are kept out of the baseline. */
export function detectSlowdowns(
  periods: readonly ThroughputPeriod[],
  grain: ThroughputGrain,
): readonly ThroughputSpan[] {
  const { periods: length, minimum } = SLOWDOWN_DETECTOR.baseline[grain];
  const normal: { log: number; rtt: number | null }[] = [];
  const judged: Judged[] = [];
  for (const period of periods) {
    if (period.downloadMedian === null || period.downloadMedian <= 0) continue;
    const log = Math.log10(period.downloadMedian);
    const before = normal.slice(-length);
    let sign = false;
    let magnitude = 0;
    let baseline = Number.NaN;
    if (before.length >= minimum) {
      const middle = median(before.map((each) => each.log));
      baseline = 10 ** middle;
      magnitude = 1 - 10 ** (log - middle);
      const usualRtt = median(before.flatMap((each) => (each.rtt === null ? [] : [each.rtt])));
      const congested =
        period.minRttMedian !== null &&
        usualRtt > 0 &&
        period.minRttMedian / usualRtt - 1 >= SLOWDOWN_DETECTOR.rttRise;
      sign =
        magnitude >= SLOWDOWN_DETECTOR.drop &&
        period.tests >= SLOWDOWN_DETECTOR.minimumTests &&
        !congested;
    }
    judged.push({ period, magnitude, baseline, sign });
    if (!sign) normal.push({ log, rtt: period.minRttMedian });
  }
  return toSpans('slowdown', judged, SLOWDOWN_DETECTOR.minimumRun);
}

/**
 * Periods in which tests all but vanished. A period that is missing inside the series counts as no tests only
 * if the caller put it there with `tests: 0`: what was not published is not known.
 */
export function detectVanished(
  periods: readonly ThroughputPeriod[],
  grain: ThroughputGrain,
): readonly ThroughputSpan[] {
  const { periods: length, minimum } = SLOWDOWN_DETECTOR.baseline[grain];
  const normal: number[] = [];
  const judged: Judged[] = [];
  for (const period of periods) {
    const before = normal.slice(-length);
    const usual = before.length >= minimum ? median(before) : Number.NaN;
    const magnitude = period.tests / usual;
    const sign = usual >= VANISHED_DETECTOR.minimumMedian && magnitude < VANISHED_DETECTOR.share;
    judged.push({ period, magnitude, baseline: usual, sign });
    if (!sign) normal.push(period.tests);
  }
  return toSpans('vanished', judged, 1);
}

function toSpans(
  kind: ThroughputSpan['kind'],
  judged: readonly Judged[],
  minimumRun: number,
): readonly ThroughputSpan[] {
  const spans: ThroughputSpan[] = [];
  for (let from = 0; from < judged.length; from++) {
    if (judged[from]?.sign !== true) continue;
    let to = from;
    while (judged[to + 1]?.sign === true) to++;
    const run = judged.slice(from, to + 1);
    const first = run[0];
    const last = run[run.length - 1];
    if (first !== undefined && last !== undefined && run.length >= minimumRun) {
      const magnitudes = run.map((each) => each.magnitude);
      spans.push({
        kind,
        lastNormal: judged[from - 1]?.period.period ?? null,
        firstSign: first.period.period,
        lastSign: last.period.period,
        firstNormal: judged[to + 1]?.period.period ?? null,
        magnitude: kind === 'slowdown' ? Math.max(...magnitudes) : Math.min(...magnitudes),
        baseline: first.baseline,
        tests: run.reduce((total, each) => total + each.period.tests, 0),
      });
    }
    from = to;
  }
  return spans;
}
