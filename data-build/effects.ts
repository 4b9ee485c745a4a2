/** All effects of the build on terminal and clock, as one argument, so that tests can record them. */
export interface BuildEffects {
  /** A line for people: findings, and how long each stage took. */
  log(line: string): void;
  /** A progress line that the next one replaces; only on a terminal. */
  progress(line: string): void;
  /** Milliseconds on a monotonic clock; only for timings that are logged, never for outputs. */
  now(): number;
}
