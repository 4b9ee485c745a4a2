/** How rare interference could be and still be noticed. */

/** The chance of noticing that the sentence promises. */
const NOTICED = 0.95;

/**
 * Smallest share of attempts, 0–1, on which interference would have shown at least once in `tests` tests with
 * 95 % chance: 1 − 0.05^(1/n). Interference on a share p of attempts is missed by all n tests with chance
 * (1 − p)^n; set that to 5 % and solve for p. It takes the tests for a fair draw of attempts, which volunteers'
 * tests are not, so the true reach is smaller. Throws when `tests` is not positive.
 * Source: the exact (Clopper and Pearson 1934) one-sided upper bound for no hits; the "rule of three" is its
 * approximation 3/n.
 */
export function detectableShare(tests: number): number {
  if (!(tests > 0)) throw new Error(`${tests} tests can notice nothing; ask from 1 test on.`);
  return 1 - (1 - NOTICED) ** (1 / tests);
}
