/** Everything the build does to the outside world, handed in as one argument, so that tests can watch it. */
export interface BuildEffects {
  /** A line for people; progress, findings, where the time went. */
  log(line: string): void;
  /** A transient progress line on a terminal; nothing elsewhere. */
  progress(line: string): void;
  /** Milliseconds on a monotonic clock; only for timings that are logged, never for outputs. */
  now(): number;
}
