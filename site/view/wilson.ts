/** Bounds of a share, both 0–1. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The 0.975 quantile of the standard normal distribution: 95 % two-sided. */
const Z_95 = 1.959963984540054;

/**
 * Wilson score interval, 95 %, for `hits` of `trials`. Keeps inside 0–1 and stays honest for small counts and
 * shares near the ends. Throws when the counts cannot be counts. Source: E. B. Wilson, "Probable inference,
 * the law of succession, and statistical inference", JASA 22 (1927) 209–212, equation for the two roots.
 */
export function wilsonInterval(hits: number, trials: number): Interval {
  if (!(trials > 0) || hits < 0 || hits > trials) {
    throw new Error(
      `No interval for ${hits} of ${trials}; hits must be 0 … trials, trials above 0.`,
    );
  }
  const share = hits / trials;
  const z2 = Z_95 ** 2 / trials;
  const center = share + z2 / 2;
  const spread = Z_95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials));
  const lower = hits === 0 ? 0 : (center - spread) / (1 + z2);
  const upper = hits === trials ? 1 : (center + spread) / (1 + z2);
  return { lower, upper };
}
