/** Which requests are tried again, when, and what is said once all attempts failed. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  /** First wait in ms; doubled each time, then cut by a random share (full jitter). */
  readonly baseMs: number;
  readonly longestMs: number;
  /** An attempt ends when nothing arrives for so many ms. */
  readonly timeoutMs: number;
  /** An attempt that added at least so many bytes to a file does not count as failed. */
  readonly progressBytes: number;
}

export const RETRY_POLICY: RetryPolicy = {
  attempts: 6,
  baseMs: 500,
  longestMs: 60_000,
  timeoutMs: 60_000,
  progressBytes: 1024 * 1024,
};

/** A failed request: what is wrong and what to do. */
export class FetchError extends Error {
  readonly status: number | null;
  /** Whether no attempt had any answer. */
  readonly unreached: boolean;
  constructor(what: string, todo: string, status: number | null = null, unreached = false) {
    super(`${what} ${todo}`);
    this.name = 'FetchError';
    this.status = status;
    this.unreached = unreached;
  }
}

/** Answers after which a request is tried again. */
export const RETRIED = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Why an attempt is not the last. */
export interface RetryLater {
  readonly retry: true;
  readonly what: string;
  readonly afterMs: number | null;
  /** Whether the server said anything. */
  readonly answered: boolean;
  /** Whether enough of a file came for the attempt not to count. */
  readonly progress: boolean;
}

export function retryLater(what: string, afterMs: number | null = null): RetryLater {
  return { retry: true, what, afterMs, answered: true, progress: false };
}

export function isRetryLater(value: unknown): value is RetryLater {
  return typeof value === 'object' && value !== null && 'retry' in value && value.retry === true;
}

/** Throws a `FetchError` again, since it is final. Other errors, such as a cut connection, are tried again. */
export function describeError(error: unknown): string {
  if (error instanceof FetchError) throw error;
  if (!(error instanceof Error)) return String(error);
  // `fetch` says why in the cause alone: a name that is not known, a connection that is refused.
  const { message, cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return typeof code === 'string' ? `${message} (${code})` : message;
}

/** Seconds, or an HTTP date relative to the server's own clock. */
export function retryAfterMs(response: Response): number | null {
  const value = response.headers.get('retry-after');
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  const now = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(until) || Number.isNaN(now) ? null : Math.max(0, until - now);
}
