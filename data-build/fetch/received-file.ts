/** What arrives of a file: written while it comes, and checked when all is there. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** What is known of a file before it comes. */
export interface Listed {
  /** The size in the listing; null when it has none. */
  readonly size: number | null;
  /** An entity tag as the server writes it, or null. */
  readonly etag: string | null;
  /** Lower-case hexadecimal, or null. */
  readonly sha256: string | null;
}

interface SilenceWatch {
  readonly signal: AbortSignal;
  /** Data arrived: the time starts again. */
  readonly hear: () => void;
  readonly stop: () => void;
}

/** Aborts after `ms` without data; starts at once. */
export function watchSilence(ms: number): SilenceWatch {
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

/** Adds to what is there already, or begins anew. Throws when the answer is cut. */
export async function writeBody(
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
export async function checkFile(
  part: string,
  job: Listed,
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
