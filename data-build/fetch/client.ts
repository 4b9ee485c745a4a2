/** A polite HTTP client: bounded concurrency, retries with backoff and jitter, Retry-After, resumed downloads. */
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import {
  checkFile,
  digest,
  sizeOf,
  watchSilence,
  writeBody,
  type Listed,
} from './received-file.ts';
import {
  describeError,
  FetchError,
  isRetryLater,
  RETRIED,
  RETRY_POLICY,
  retryAfterMs,
  retryLater,
  type RetryLater,
  type RetryPolicy,
} from './retries.ts';

/** Effects of fetching, as an argument, so that tests need not wait. */
export interface FetchEffects {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly sleep: (ms: number) => Promise<void>;
  /** A number in [0, 1) for the jitter. */
  readonly random: () => number;
  readonly log: (line: string) => void;
  readonly progress: (line: string) => void;
}

export interface Client {
  /** Resolves to an answer with status 2xx, 404 or 410. */
  get(url: string, init?: RequestInit): Promise<Response>;
  getText(url: string): Promise<string>;
  head(url: string): Promise<Response>;
  download(job: DownloadJob): Promise<DownloadResult>;
}

export interface DownloadJob extends Listed {
  readonly url: string;
  /** Target path. An unfinished download lies beside it as `<file>.part`. */
  readonly file: string;
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
