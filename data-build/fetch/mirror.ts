/** Downloads listed files to a folder. It skips complete files and resumes the others. */
import { makeFolder } from '../make-folder.ts';
import { FETCH_LEDGER } from '../read/dump-folder.ts';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Client, type FetchEffects, FetchError, sizeOf } from './client.ts';

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
}

interface Ledger {
  readonly seen: Map<string, { readonly etag: string | null; readonly size: number }>;
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

  async function bring(file: RemoteFile): Promise<void> {
    const target = path.join(into, file.path);
    try {
      if (await isHere(target, file, ledger)) {
        summary.kept += 1;
        return;
      }
      const result = await client.download({ ...file, file: target });
      if (result.kind === 'gone') {
        gone.push(file.path);
        return;
      }
      summary.downloaded += 1;
      summary.bytes += result.bytes;
      ledger.seen.set(file.path, { etag: file.etag, size: result.bytes });
      if (summary.downloaded % 20 === 0) await ledger.write();
      effects.progress(`${summary.downloaded} fetched, ${summary.kept} already here`);
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      failed.push({ path: file.path, message: error.message });
    }
  }

  for await (const file of files) {
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
  return { ...summary, gone, failed };
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

/** Whether size and, if known, entity tag are those of the listing. */
async function isHere(target: string, file: RemoteFile, ledger: Ledger): Promise<boolean> {
  const bytes = await sizeOf(target);
  if (bytes === 0 && file.size !== 0) return false;
  if (file.size !== null && bytes !== file.size) return false;
  const seen = ledger.seen.get(file.path);
  if (seen === undefined) return file.size !== null;
  return (
    seen.size === bytes && (file.etag === null || seen.etag === null || seen.etag === file.etag)
  );
}

async function readLedger(into: string): Promise<Ledger> {
  const file = path.join(into, FETCH_LEDGER);
  const seen: Ledger['seen'] = new Map();
  const text = await readFile(file, 'utf8').catch(() => '{}');
  for (const [name, entry] of Object.entries(parseEntries(text))) {
    if (typeof entry !== 'object' || entry === null) continue;
    const { etag, size } = { etag: null, size: null, ...entry } satisfies Record<string, unknown>;
    if (typeof size !== 'number') continue;
    seen.set(name, { etag: typeof etag === 'string' ? etag : null, size });
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
