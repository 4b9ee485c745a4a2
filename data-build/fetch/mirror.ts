/**
 * Downloads listed files to a folder. It skips complete files and resumes the others. Where the listing says nothing of a
 * file’s version, the server is asked whether it has another one.
 */
import { makeFolder } from '../make-folder.ts';
import { FETCH_LEDGER } from '../read/dump-folder.ts';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Client, type FetchEffects, type Validators } from './client.ts';
import { digest, sizeOf } from './received-file.ts';
import { FetchError } from './retries.ts';

export interface RemoteFile {
  readonly url: string;
  /** Relative to the folder, with `/`; never absolute, never with `..`. */
  readonly path: string;
  readonly size: number | null;
  readonly etag: string | null;
  readonly sha256: string | null;
}

export interface MirrorSummary {
  readonly listed: number;
  readonly downloaded: number;
  readonly bytes: number;
  /** Already there. */
  readonly kept: number;
  /** Listed, but no longer there. */
  readonly gone: readonly string[];
  /** Two-part messages. */
  readonly failed: readonly { readonly path: string; readonly message: string }[];
  /** Whether the rest was not tried, since nobody answered. */
  readonly stopped: boolean;
}

/** So many files one after another without any answer: there is no connection, and each costs half a minute. */
const MOST_UNREACHED = 6;

/** A file as it was fetched. */
interface Seen extends Validators {
  readonly size: number;
  readonly sha256: string | null;
}

interface Ledger {
  readonly seen: Map<string, Seen>;
  readonly write: () => Promise<void>;
}

/** Runs at most `jobs` downloads at once. A failed one does not stop the others. */
export async function mirror(
  files: AsyncIterable<RemoteFile> | Iterable<RemoteFile>,
  into: string,
  client: Client,
  effects: FetchEffects,
  jobs: number,
): Promise<MirrorSummary> {
  await makeFolder(into);
  const ledger = await readLedger(into);
  const summary = { listed: 0, downloaded: 0, bytes: 0, kept: 0 };
  const gone: string[] = [];
  const failed: { path: string; message: string }[] = [];
  const running = new Set<Promise<void>>();
  let unreached = 0;

  async function bring(file: RemoteFile): Promise<void> {
    const target = path.join(into, file.path);
    try {
      if (await isHere(target, file, ledger)) {
        summary.kept += 1;
        return;
      }
      const held = await heldVersion(target, file, ledger);
      const result = await client.download({ ...file, file: target, held });
      unreached = 0;
      if (result.kind === 'gone') {
        gone.push(file.path);
        return;
      }
      const { validators } = result;
      const size = result.kind === 'downloaded' ? result.bytes : await sizeOf(target);
      const etag = file.etag ?? validators.etag;
      ledger.seen.set(file.path, { ...validators, etag, size, sha256: file.sha256 });
      if (result.kind === 'unchanged') {
        summary.kept += 1;
        return;
      }
      summary.downloaded += 1;
      summary.bytes += result.bytes;
      if (summary.downloaded % 20 === 0) await ledger.write();
      effects.progress(`${summary.downloaded} fetched, ${summary.kept} already here`);
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      unreached = error.unreached ? unreached + 1 : 0;
      failed.push({ path: file.path, message: error.message });
    }
  }

  for await (const file of files) {
    if (unreached >= MOST_UNREACHED) break;
    summary.listed += 1;
    if (!isSafePath(file.path)) {
      failed.push({ path: file.path, message: 'The name leaves the folder. It was not fetched.' });
      continue;
    }
    while (running.size >= jobs) await Promise.race(running);
    const task: Promise<void> = bring(file).finally(() => running.delete(task));
    running.add(task);
  }
  await Promise.all(running);
  await ledger.write();
  return { ...summary, gone, failed, stopped: unreached >= MOST_UNREACHED };
}

function isSafePath(name: string): boolean {
  return (
    name !== '' &&
    !path.posix.isAbsolute(name) &&
    !name.includes('\\') &&
    !name.includes('\0') &&
    name.split('/').every((step) => step !== '..' && step !== '.' && step !== '')
  );
}

/** Whether the listing tells one version of the file from another. */
const isVersioned = (file: RemoteFile): boolean =>
  file.size !== null || file.etag !== null || file.sha256 !== null;

/** What the server needs to say whether it has another version than the one here; null: there is none, or the listing says. */
async function heldVersion(
  target: string,
  file: RemoteFile,
  ledger: Ledger,
): Promise<Validators | null> {
  const seen = ledger.seen.get(file.path);
  const whole = seen !== undefined && seen.size > 0 && (await sizeOf(target)) === seen.size;
  return whole && !isVersioned(file) ? seen : null;
}

/** Whether size, entity tag and checksum are those of the listing, as far as it has them. */
async function isHere(target: string, file: RemoteFile, ledger: Ledger): Promise<boolean> {
  if (!isVersioned(file)) return false;
  const bytes = await sizeOf(target);
  if (bytes === 0 && file.size !== 0) return false;
  if (file.size !== null && bytes !== file.size) return false;
  const seen = ledger.seen.get(file.path);
  const { etag, sha256 } = file;
  if (sha256 !== null && (seen?.size !== bytes || seen.sha256 !== sha256)) {
    const same = (await digest(target, 'sha256')) === sha256;
    if (same) ledger.seen.set(file.path, { etag, modified: null, size: bytes, sha256 });
    return same;
  }
  if (seen === undefined) return file.size !== null;
  return seen.size === bytes && (etag === null || seen.etag === null || seen.etag === etag);
}

const NOTHING_SEEN: Readonly<Record<keyof Seen, unknown>> = {
  etag: null,
  modified: null,
  size: null,
  sha256: null,
};

async function readLedger(into: string): Promise<Ledger> {
  const file = path.join(into, FETCH_LEDGER);
  const seen: Ledger['seen'] = new Map();
  const text = await readFile(file, 'utf8').catch(() => '{}');
  for (const [name, entry] of Object.entries(parseEntries(text))) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { etag, modified, size, sha256 } = { ...NOTHING_SEEN, ...entry };
    if (typeof size !== 'number') continue;
    const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
    seen.set(name, {
      etag: textOf(etag),
      modified: textOf(modified),
      size,
      sha256: textOf(sha256),
    });
  }
  async function save(): Promise<void> {
    const entries = [...seen].toSorted(([a], [b]) => (a < b ? -1 : 1));
    await writeFile(`${file}.new`, `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`);
    await rename(`${file}.new`, file);
  }
  // One after the other: several downloads can write at once.
  let last: Promise<void> = Promise.resolve();
  return {
    seen,
    write() {
      last = last.then(save);
      return last;
    },
  };
}

/** A ledger that cannot be read counts as empty. Sizes are checked anyway. */
function parseEntries(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
