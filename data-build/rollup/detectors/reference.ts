/**
 * What a target's rate was before, stratum by stratum, and how far later days lie from it.
 *
 * Comparisons are made within a stratum (a network; in a group a website) and summed with the weights of Mantel and
 * Haenszel (1959): with n0 tests before and n1 after, a stratum counts n1·n0/(n0 + n1), so that one without tests before
 * counts nothing and one that only now tests much counts little. With N the sum of these weights, O the weighted rate
 * after and E the one expected from the stratum's own rate before (drawn to the common rate by four tests):
 *
 *   rise d = O − E;   z = ± √(2 · N · KL(O ‖ E) / φ)   (signed root of the deviance of a proportion)
 *   φ = 1 + s²·N·(i1/k1 + i0/k0) / v                    (overdispersion: days scatter more than chance)
 *
 * v is the binomial variance, k1 and k0 the numbers of days after and before (Kish's effective number), s² the variance
 * of the daily excess before beyond chance, by moments, drawn to (1.5 points)² by ten days. i = 1 + 2·Σ (1 − j/k)·ρ_j is
 * what the correlations ρ_j of days j apart make of the variance of a mean of k days (Bartlett 1946). Each is drawn to
 * none by ten days, and by more where days scatter by chance alone.
 */
import type { RatePoint } from './series.ts';

export const REFERENCE_RULE = {
  /** Calendar days before; where they hold too little, older points. */
  days: 56,
  leastPoints: 14,
  leastTests: 60,
  /** Tests of the common rate that every stratum's own is drawn to. */
  priorTests: 4,
  /** Scatter of the daily rate that is taken for granted, and the days by which it is. */
  priorScatter: 0.015,
  priorDays: 10,
  /** Days over which neighboring days are asked whether they scatter together. */
  memory: 10,
  /** No variance is taken for smaller than that of this rate. */
  leastRate: 0.01,
} as const;

export interface Reference {
  /** Oldest first. */
  readonly members: readonly RatePoint[];
  /** Per stratum: tests before, and the rate expected of it. */
  readonly tests: Float64Array;
  readonly expected: Float64Array;
  readonly total: number;
  readonly signs: number;
  /** Common rate, half a sign and half a test without one added. */
  readonly rate: number;
  /** Calendar days from its first to its last. */
  readonly spanDays: number;
  scatter: Scatter | null;
}

export interface Scatter {
  /** Variance of the daily rate beyond chance. */
  readonly variance: number;
  /** How far it is shared with the day before, the second before, and so on; 0–1. */
  readonly correlations: readonly number[];
}

export interface Comparison {
  /** Weighted tests that can be compared. */
  readonly tests: number;
  readonly observed: number;
  readonly expected: number;
  readonly rise: number;
  readonly z: number;
  /** Standard error of the rise where there is none. */
  readonly error: number;
}

/** The reference of the points given, newest last, as seen from day number `at`; null of nothing. */
export function toReference(
  points: readonly RatePoint[],
  at: number,
  strata: number,
): Reference | null {
  let from = points.length;
  let total = 0;
  for (; from > 0; from--) {
    const point = points[from - 1];
    if (point === undefined) break;
    const enough =
      points.length - from >= REFERENCE_RULE.leastPoints && total >= REFERENCE_RULE.leastTests;
    if (enough && at - point.to > REFERENCE_RULE.days) break;
    total += point.tests;
  }
  const members = points.slice(from);
  const [first, last] = [members[0], members[members.length - 1]];
  if (first === undefined || last === undefined) return null;
  const tests = new Float64Array(strata);
  const expected = new Float64Array(strata);
  let signs = 0;
  for (const { cells } of members) {
    for (const cell of cells) {
      tests[cell.stratum] = (tests[cell.stratum] ?? 0) + cell.tests;
      expected[cell.stratum] = (expected[cell.stratum] ?? 0) + cell.signs;
      signs += cell.signs;
    }
  }
  const rate = (signs + 0.5) / (total + 1);
  const { priorTests } = REFERENCE_RULE;
  for (let stratum = 0; stratum < strata; stratum++) {
    const own = tests[stratum] ?? 0;
    expected[stratum] = ((expected[stratum] ?? 0) + priorTests * rate) / (own + priorTests);
  }
  const spanDays = last.to - first.from + 1;
  return { members, tests, expected, total, signs, rate, spanDays, scatter: null };
}

/** Signs expected of a point by its own strata. */
export function expectedSigns(reference: Reference, point: RatePoint): number {
  let expected = 0;
  for (const { stratum, tests } of point.cells)
    expected += tests * (reference.expected[stratum] ?? reference.rate);
  return expected;
}

export function scatterOf(reference: Reference): Scatter {
  return (reference.scatter ??= measureScatter(reference));
}

function measureScatter(reference: Reference): Scatter {
  const { priorScatter, priorDays, memory } = REFERENCE_RULE;
  let beyond = 0;
  let byChance = 0;
  let weights = 0;
  const shared = new Float64Array(memory);
  const pairs = new Float64Array(memory);
  const before: { readonly excess: number; readonly weight: number; readonly to: number }[] = [];
  for (const point of reference.members) {
    const expected = expectedSigns(reference, point) / point.tests;
    const excess = point.signs / point.tests - expected;
    const chance = varianceOf(expected) / point.tests;
    const weight = point.tests / (point.tests + 20);
    beyond += weight * (excess * excess - chance);
    byChance += weight * chance;
    weights += weight;
    for (let lag = 0; lag < memory; lag++) {
      const other = before[before.length - 1 - lag];
      if (other === undefined || point.from - other.to > lag + 3) break;
      const both = Math.sqrt(weight * other.weight);
      shared[lag] = (shared[lag] ?? 0) + both * excess * other.excess;
      pairs[lag] = (pairs[lag] ?? 0) + both;
    }
    before.push({ excess, weight, to: point.to });
  }
  const variance = (Math.max(0, beyond) + priorDays * priorScatter ** 2) / (weights + priorDays);
  // Days whose scatter is mostly chance tell little of what they share.
  const ownPart = variance / (variance + byChance / weights);
  const drawn = priorDays / ownPart;
  const correlations = [...shared].map((each, lag) =>
    Math.min(1, Math.max(0, each / ((pairs[lag] ?? 0) + drawn) / variance)),
  );
  return { variance, correlations };
}

/** What the correlation of neighboring days makes of the variance of a mean of so many days. */
export function inflationOf({ correlations }: Scatter, days: number): number {
  let inflation = 1;
  correlations.forEach((each, lag) => {
    inflation += 2 * Math.max(0, 1 - (lag + 1) / days) * each;
  });
  return inflation;
}

/** Binomial variance of one test. */
export function varianceOf(rate: number): number {
  const bounded = Math.min(1 - REFERENCE_RULE.leastRate, Math.max(REFERENCE_RULE.leastRate, rate));
  return bounded * (1 - bounded);
}

/** Tests and signs of some points, stratum by stratum. */
export interface Tally {
  readonly tests: Float64Array;
  readonly signs: Float64Array;
  total: number;
  /** Sum of the squared tests of the days: what the effective number of days comes from. */
  squares: number;
}

export function newTally(strata: number): Tally {
  return { tests: new Float64Array(strata), signs: new Float64Array(strata), total: 0, squares: 0 };
}

export function addPoint(tally: Tally, point: RatePoint): void {
  for (const { stratum, tests, signs } of point.cells) {
    tally.tests[stratum] = (tally.tests[stratum] ?? 0) + tests;
    tally.signs[stratum] = (tally.signs[stratum] ?? 0) + signs;
  }
  tally.total += point.tests;
  tally.squares += point.tests * point.tests;
}

/** The tally against the reference; `without`: a stratum left out. */
export function compare(reference: Reference, tally: Tally, without = -1): Comparison {
  let [weight, observed, expected, variance] = [0, 0, 0, 0];
  for (let stratum = 0; stratum < tally.tests.length; stratum++) {
    const after = tally.tests[stratum] ?? 0;
    const before = reference.tests[stratum] ?? 0;
    if (after === 0 || before === 0 || stratum === without) continue;
    const factor = before / (before + after);
    const rate = reference.expected[stratum] ?? reference.rate;
    weight += after * factor;
    observed += (tally.signs[stratum] ?? 0) * factor;
    expected += after * factor * rate;
    variance += after * factor * varianceOf(rate);
  }
  return judge(reference, tally, { weight, observed, expected, variance });
}

/** The same without strata: for a target of which nothing before can be matched. */
export function compareWhole(reference: Reference, tally: Tally): Comparison {
  const factor = reference.total / (reference.total + tally.total);
  const weight = tally.total * factor;
  let signs = 0;
  for (const each of tally.signs) signs += each;
  return judge(reference, tally, {
    weight,
    observed: signs * factor,
    expected: weight * reference.rate,
    variance: weight * varianceOf(reference.rate),
  });
}

function judge(
  reference: Reference,
  tally: Tally,
  sums: {
    readonly weight: number;
    readonly observed: number;
    readonly expected: number;
    readonly variance: number;
  },
): Comparison {
  const { weight } = sums;
  if (weight === 0)
    return { tests: 0, observed: 0, expected: reference.rate, rise: 0, z: 0, error: 1 };
  const observed = sums.observed / weight;
  const expected = sums.expected / weight;
  const chance = sums.variance / weight;
  const scatter = scatterOf(reference);
  const daysAfter = (tally.total * tally.total) / tally.squares;
  const daysBefore = reference.members.length;
  const between =
    scatter.variance *
    (inflationOf(scatter, daysAfter) / daysAfter + inflationOf(scatter, daysBefore) / daysBefore);
  const dispersion = 1 + (between * weight) / chance;
  const z = Math.sqrt((2 * weight * divergence(observed, expected)) / dispersion);
  return {
    tests: weight,
    observed,
    expected,
    rise: observed - expected,
    z: observed < expected ? -z : z,
    error: Math.sqrt(chance / weight + between),
  };
}

/** Kullback–Leibler divergence of two proportions. */
function divergence(one: number, other: number): number {
  const base = Math.min(1 - REFERENCE_RULE.leastRate, Math.max(REFERENCE_RULE.leastRate, other));
  const part = (a: number, b: number): number => (a <= 0 ? 0 : a * Math.log(a / b));
  return Math.max(0, part(one, base) + part(1 - one, 1 - base));
}
