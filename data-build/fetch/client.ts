/** A polite HTTP client: bounded concurrency, retries with backoff and jitter, Retry-After, resumed downloads. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Effects of fetching, as an argument, so that tests need not wait. */
export interface FetchEffects {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly sleep: (ms: number) => Promise<void>;
  /** A number in [0, 1) for the jitter. */
  readonly random: () => number;
  readonly log: (line: string) => void;
  readonly progress: (line: string) => void;
}

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

const RETRIED = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface Client {
  /** Resolves to an answer with status 2xx, 404 or 410. */
  get(url: string, init?: RequestInit): Promise<Response>;
  getText(url: string): Promise<string>;
  head(url: string): Promise<Response>;
  download(job: DownloadJob): Promise<DownloadResult>;
}

export interface DownloadJob {
  readonly url: string;
  /** Target path. An unfinished download lies beside it as `<file>.part`. */
  readonly file: string;
  /** The size in the listing; null when it has none. */
  readonly size: number | null;
  /** An entity tag as the server writes it, or null. */
  readonly etag: string | null;
  /** Lower-case hexadecimal, or null. */
  readonly sha256: string | null;
  /** By what the server knows the version that lies at `file`; null: fetch it, whatever lies there. */
  readonly held: Validators | null;
}

/** By what a server knows a version of a file. Source: RFC 9110, section 8.8. */
export interface Validators {
  readonly etag: string | null;
  /** `Last-Modified`, as the server writes it. */
  readonly modified: string | null;
}

export type DownloadResult =
  | { readonly kind: 'downloaded'; readonly bytes: number; readonly validators: Validators }
  /** The server says so, or sent the same bytes. */
  | { readonly kind: 'unchanged'; readonly validators: Validators }
  /** It was listed, but no longer exists. */
  | { readonly kind: 'gone' };

export function createClient(effects: FetchEffects, policy: RetryPolicy = RETRY_POLICY): Client {
  async function attempt<T>(url: string, act: () => Promise<T | RetryLater>): Promise<T> {
    let last: RetryLater | null = null;
    // Attempts that added bytes do not count.
    let fruitless = 0;
    let answered = false;
    while (fruitless < policy.attempts) {
      if (last !== null) await effects.sleep(waitBefore(Math.max(1, fruitless), last.afterMs));
      const result = await act().catch((error: unknown) => ({
        ...retryLater(describeError(error)),
        answered: false,
      }));
      if (!isRetryLater(result)) return result;
      last = result;
      answered ||= result.answered;
      fruitless = result.progress ? 0 : fruitless + 1;
    }
    throw new FetchError(
      `${url} failed after ${policy.attempts} attempts: ${last?.what ?? 'it was not tried'}.`,
      answered
        ? 'Try again later; files that are here are kept and not fetched again.'
        : 'Check the connection and --endpoint, and try again; files that are here are kept and not fetched again.',
      null,
      !answered,
    );
  }

  function waitBefore(tried: number, afterMs: number | null): number {
    const backoff = Math.min(policy.longestMs, policy.baseMs * 2 ** (tried - 1)) * effects.random();
    return Math.max(backoff, Math.min(afterMs ?? 0, policy.longestMs));
  }

  async function request(
    url: string,
    init: RequestInit,
    signal: AbortSignal = AbortSignal.timeout(policy.timeoutMs),
  ): Promise<Response | RetryLater> {
    const response = await effects.fetch(url, { redirect: 'follow', ...init, signal });
    if (RETRIED.has(response.status)) {
      await response.body?.cancel();
      return retryLater(`status ${response.status}`, retryAfterMs(response));
    }
    return response;
  }

  function checked(url: string, response: Response): Response {
    if (response.ok || response.status === 404 || response.status === 410) return response;
    throw new FetchError(
      `${url} answered with status ${response.status}.`,
      response.status === 403
        ? 'Access is refused: check --endpoint, or whether the publisher still offers the file.'
        : 'Check --endpoint and the dates.',
      response.status,
    );
  }

  async function get(url: string, init: RequestInit = {}): Promise<Response> {
    return checked(url, await attempt(url, () => request(url, init)));
  }

  return {
    get,
    head: (url) => get(url, { method: 'HEAD' }),
    async getText(url) {
      return attempt(url, async () => {
        const response = await request(url, {});
        if (isRetryLater(response)) return response;
        const answer = checked(url, response);
        if (!answer.ok) throw new FetchError(`${url} does not exist.`, 'Check --endpoint.', 404);
        return answer.text();
      });
    },
    async download(job) {
      await mkdir(path.dirname(job.file), { recursive: true });
      const part = `${job.file}.part`;
      return attempt(job.url, async () => {
        const have = await sizeOf(part);
        const headers = conditionsOf(job.held);
        if (have > 0 && job.etag !== null) {
          headers['Range'] = `bytes=${have}-`;
          headers['If-Range'] = job.etag;
        }
        // A large file may take long. Only silence ends it.
        const watch = watchSilence(policy.timeoutMs);
        const response = await request(job.url, { headers }, watch.signal).finally(watch.stop);
        if (isRetryLater(response)) return response;
        if (response.status === 404 || response.status === 410) {
          await rm(part, { force: true });
          return { kind: 'gone' };
        }
        if (response.status === 304) {
          await rm(part, { force: true });
          return { kind: 'unchanged', validators: validatorsOf(response, job.held) };
        }
        if (response.status === 416) {
          await rm(part, { force: true });
          return retryLater('the rest of a cut download no longer fits');
        }
        if (checked(job.url, response).body === null) return retryLater('an empty answer');
        const cut = await writeBody(
          response,
          part,
          response.status === 206 && have > 0,
          watch,
        ).then(
          () => null,
          (error: unknown) => retryLater(describeError(error)),
        );
        const progress = (await sizeOf(part)) - have >= policy.progressBytes;
        if (cut !== null) return { ...cut, progress };
        const wrong = await checkFile(part, job, response);
        if (wrong !== null) {
          if (!wrong.short) await rm(part, { force: true });
          return { ...retryLater(wrong.what), progress: wrong.short && progress };
        }
        const validators = validatorsOf(response, null);
        if (
          job.held !== null &&
          (await digest(part, 'sha256')) === (await digest(job.file, 'sha256'))
        ) {
          await rm(part);
          return { kind: 'unchanged', validators };
        }
        await rename(part, job.file);
        return { kind: 'downloaded', bytes: await sizeOf(job.file), validators };
      });
    },
  };
}

function conditionsOf(held: Validators | null): Record<string, string> {
  const conditions: Record<string, string> = {};
  if (held !== null && held.etag !== null) conditions['If-None-Match'] = held.etag;
  if (held !== null && held.modified !== null) conditions['If-Modified-Since'] = held.modified;
  return conditions;
}

/** Those of the answer; one that it leaves out is as before. */
function validatorsOf({ headers }: Response, before: Validators | null): Validators {
  return {
    etag: headers.get('etag') ?? before?.etag ?? null,
    modified: headers.get('last-modified') ?? before?.modified ?? null,
  };
}

interface SilenceWatch {
  readonly signal: AbortSignal;
  /** Data arrived: the time starts again. */
  readonly hear: () => void;
  readonly stop: () => void;
}

/** Aborts after `ms` without data; starts at once. */
function watchSilence(ms: number): SilenceWatch {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    clearTimeout(timer);
  };
  const hear = (): void => {
    stop();
    timer = setTimeout(() => {
      controller.abort(new Error(`no data for ${Math.round(ms / 1000)} s`));
    }, ms);
  };
  hear();
  return { signal: controller.signal, hear, stop };
}

async function writeBody(
  response: Response,
  part: string,
  append: boolean,
  watch: SilenceWatch,
): Promise<void> {
  if (response.body === null) return;
  try {
    const file = createWriteStream(part, { flags: append ? 'a' : 'w' });
    await pipeline(readChunks(response.body, watch), file);
  } finally {
    watch.stop();
  }
}

async function* readChunks(
  body: NonNullable<Response['body']>,
  watch: SilenceWatch,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  try {
    watch.hear();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      watch.hear();
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Compares the size with listing and answer, and the content with its SHA-256 or a plain MD5 entity tag. */
async function checkFile(
  part: string,
  job: DownloadJob,
  response: Response,
): Promise<{ readonly what: string; readonly short: boolean } | null> {
  const bytes = await sizeOf(part);
  if (job.size !== null && bytes !== job.size) {
    return { what: `${bytes} bytes instead of ${job.size}`, short: bytes < job.size };
  }
  const md5 = plainMd5(job.etag ?? response.headers.get('etag'));
  if (job.sha256 !== null && (await digest(part, 'sha256')) !== job.sha256) {
    return { what: 'its SHA-256 is not that of the listing', short: false };
  }
  if (job.sha256 === null && md5 !== null && (await digest(part, 'md5')) !== md5) {
    return { what: 'its MD5 is not that of the entity tag', short: false };
  }
  return null;
}

/** The entity tag of S3 is an MD5 when the object was uploaded in one piece; otherwise it has a dash. */
function plainMd5(etag: string | null): string | null {
  return /^"?([0-9a-f]{32})"?$/.exec(etag ?? '')?.[1] ?? null;
}

export async function digest(file: string, algorithm: 'md5' | 'sha256'): Promise<string> {
  const hash: Hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Size in bytes; 0 when the file does not exist. */
export async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    (found) => found.size,
    () => 0,
  );
}

interface RetryLater {
  readonly retry: true;
  readonly what: string;
  readonly afterMs: number | null;
  /** Whether the server said anything. */
  readonly answered: boolean;
  /** Whether enough of a file came for the attempt not to count. */
  readonly progress: boolean;
}

function retryLater(what: string, afterMs: number | null = null): RetryLater {
  return { retry: true, what, afterMs, answered: true, progress: false };
}

function isRetryLater(value: unknown): value is RetryLater {
  return typeof value === 'object' && value !== null && 'retry' in value && value.retry === true;
}

/** Throws a `FetchError` again, since it is final. Other errors, such as a cut connection, are tried again. */
function describeError(error: unknown): string {
  if (error instanceof FetchError) throw error;
  if (!(error instanceof Error)) return String(error);
  // `fetch` says why in the cause alone: a name that is not known, a connection that is refused.
  const { message, cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return typeof code === 'string' ? `${message} (${code})` : message;
}

/** Seconds, or an HTTP date relative to the server's own clock. */
function retryAfterMs(response: Response): number | null {
  const value = response.headers.get('retry-after');
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value);
  const now = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(until) || Number.isNaN(now) ? null : Math.max(0, until - now);
}
