/**
 * Detectors on NDT throughput, by week (from daily statistics) or by month (from monthly ones).
 *
 * `slowdown-2`: with x = log10 of the median download and m its median over the periods before, the drop is
 * 1 − 10^(x − m). Slow if the drop is at least one half in two or more periods running, each with at least 100
 * tests, while the lowest round-trip time rises by less than 30 %: congestion raises it, a ceiling does not
 * (Anderson 2013, arXiv 1306.4361). Worded as unusual slowdown, never as blocking.
 * `vanished-2`: the number of tests falls under a fifth of its median: measurements vanished, as in a shutdown.
 *
 * Periods before are those of the calendar, so a hole in the data is no baseline for what follows it. What has lasted for half
 * a year of weeks or a year of months is the new normal: from then on it is what others are compared with.
 */
import { addDays, type Day, daysBetween } from '../../contract/brands.ts';
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
  /** How much of the period the data cover, above 0 and up to 1. */
  readonly covered: number;
  /** Mbit/s; null when not published. */
  readonly downloadMedian: number | null;
  /** ms; null when not published. */
  readonly minRttMedian: number | null;
}

export const SLOWDOWN_DETECTOR = {
  id: 'slowdown-2',
  baseline: {
    week: { periods: 8, minimum: 6, within: 16, lasting: 26 },
    month: { periods: 6, minimum: 5, within: 12, lasting: 12 },
  },
  drop: 0.5,
  minimumRun: 2,
  minimumTests: 100,
  rttRise: 0.3,
} as const;

export const VANISHED_DETECTOR = {
  id: 'vanished-2',
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
  /** Start of the period of the magnitude. */
  readonly extremePeriod: Day;
  readonly tests: number;
}

interface Verdict {
  readonly magnitude: number;
  readonly baseline: number;
  /** Beyond the limit; all else is as usual. */
  readonly isAway: boolean;
  /** It is away, and that says what the detector looks for. */
  readonly sign: boolean;
}

interface Judged extends Verdict {
  readonly period: ThroughputPeriod;
  /** It has been away so long that this is the new normal. */
  readonly isNewNormal: boolean;
}

/**
 * Slowdowns in an ascending series; periods that are slow are kept out of the baseline, also those whose few tests or long
 * round trips make no slowdown. Such a one ends none: speed was not as before.
 */
export function detectSlowdowns(
  periods: readonly ThroughputPeriod[],
  grain: ThroughputGrain,
): readonly ThroughputSpan[] {
  const measured = periods.filter(({ downloadMedian }) => (downloadMedian ?? 0) > 0);
  return toSpans(
    'slowdown',
    judgePeriods(measured, grain, judgeSpeed),
    SLOWDOWN_DETECTOR.minimumRun,
    grain,
  );
}

/**
 * Periods in which tests all but vanished. A period that is missing inside the series counts as no tests only
 * if the caller put it there with `tests: 0`: what was not published is not known.
 */
export function detectVanished(
  periods: readonly ThroughputPeriod[],
  grain: ThroughputGrain,
): readonly ThroughputSpan[] {
  return toSpans('vanished', judgePeriods(periods, grain, judgeTests), 1, grain);
}

const logOf = ({ downloadMedian }: ThroughputPeriod): number => Math.log10(downloadMedian ?? 1);

function judgeSpeed(period: ThroughputPeriod, before: readonly ThroughputPeriod[]): Verdict {
  const { drop, minimumTests, rttRise } = SLOWDOWN_DETECTOR;
  const middle = median(before.map(logOf));
  const magnitude = 1 - 10 ** (logOf(period) - middle);
  const usualRtt = median(before.flatMap(({ minRttMedian: rtt }) => (rtt === null ? [] : [rtt])));
  const congested =
    period.minRttMedian !== null && usualRtt > 0 && period.minRttMedian / usualRtt - 1 >= rttRise;
  const isAway = magnitude >= drop;
  const sign = isAway && period.tests >= minimumTests && !congested;
  return { magnitude, baseline: 10 ** middle, isAway, sign };
}

/** Tests of the whole period, had they gone on as in the part that the data cover. */
const testsOf = ({ tests, covered }: ThroughputPeriod): number => tests / covered;

function judgeTests(period: ThroughputPeriod, before: readonly ThroughputPeriod[]): Verdict {
  const usual = median(before.map(testsOf));
  const magnitude = testsOf(period) / usual;
  const { minimumMedian, share } = VANISHED_DETECTOR;
  const sign = usual >= minimumMedian && magnitude < share;
  return { magnitude, baseline: usual, isAway: sign, sign };
}

/**
 * Every period against those before it that are normal; without enough of them it has no sign. What they are too old for is
 * a hole: days on which periods were away are not counted, else a long slowdown would outlive what it is compared with.
 */
function judgePeriods(
  periods: readonly ThroughputPeriod[],
  grain: ThroughputGrain,
  judge: (period: ThroughputPeriod, before: readonly ThroughputPeriod[]) => Verdict,
): readonly Judged[] {
  const { periods: length, minimum, within, lasting } = SLOWDOWN_DETECTOR.baseline[grain];
  const days = within * (grain === 'week' ? 7 : 31);
  let normal: { readonly period: ThroughputPeriod; readonly at: number }[] = [];
  let away: ThroughputPeriod[] = [];
  let at = 0;
  return periods.map((period, index) => {
    const last = periods[index - 1]?.period;
    if (last !== undefined)
      at += daysBetween(away.length > 0 ? nextPeriod(last, grain) : last, period.period);
    const before = normal
      .slice(-length)
      .filter((other) => at - other.at <= days)
      .map((other) => other.period);
    const verdict =
      before.length < minimum
        ? { magnitude: 0, baseline: Number.NaN, isAway: false, sign: false }
        : judge(period, before);
    if (verdict.isAway) away.push(period);
    else {
      normal.push({ period, at });
      away = [];
    }
    const isNewNormal = away.length >= lasting;
    if (isNewNormal) {
      normal = away.map((other) => ({
        period: other,
        at: at - daysBetween(other.period, period.period),
      }));
      away = [];
    }
    return { period, ...verdict, isNewNormal };
  });
}

/** Whether so many periods with the sign follow each other in the calendar, without a hole between them. */
function hasRun(run: readonly Judged[], least: number, grain: ThroughputGrain): boolean {
  let length = 0;
  return run.some(({ sign, period }, index) => {
    const last = run[index - 1];
    const follows = last?.sign === true && nextPeriod(last.period.period, grain) === period.period;
    length = !sign ? 0 : follows ? length + 1 : 1;
    return length >= least;
  });
}

function toSpans(
  kind: ThroughputSpan['kind'],
  judged: readonly Judged[],
  minimumRun: number,
  grain: ThroughputGrain,
): readonly ThroughputSpan[] {
  const spans: ThroughputSpan[] = [];
  for (let from = 0; from < judged.length; from++) {
    if (judged[from]?.sign !== true) continue;
    let to = from;
    while (judged[to + 1]?.isAway === true && judged[to]?.isNewNormal !== true) to++;
    const stretch = judged.slice(from, to + 1);
    const run = stretch.filter(({ sign }) => sign);
    const first = run[0];
    const last = run[run.length - 1];
    if (first !== undefined && last !== undefined && hasRun(stretch, minimumRun, grain)) {
      const isFarther = (a: Judged, b: Judged): boolean =>
        kind === 'slowdown' ? a.magnitude > b.magnitude : a.magnitude < b.magnitude;
      const extreme = run.reduce((most, each) => (isFarther(each, most) ? each : most), first);
      spans.push({
        kind,
        lastNormal: judged.slice(0, from).findLast(({ isAway }) => !isAway)?.period.period ?? null,
        firstSign: first.period.period,
        lastSign: last.period.period,
        // What became the new normal did not end, and what cannot be compared is not known to be as before.
        firstNormal:
          judged[to]?.isNewNormal === true || Number.isNaN(judged[to + 1]?.baseline)
            ? null
            : (judged[to + 1]?.period.period ?? null),
        magnitude: extreme.magnitude,
        baseline: extreme.baseline,
        extremePeriod: extreme.period.period,
        tests: run.reduce((total, each) => total + each.period.tests, 0),
      });
    }
    from = to;
  }
  return spans;
}
