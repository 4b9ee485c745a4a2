/** Worker thread: one dump at a time into one part, unless that part is there already. */
import { threadId, parentPort, workerData } from 'node:worker_threads';
import { basename, dirname, join } from 'node:path';
import type { Sha256 } from '../contract/brands.ts';
import { type Part, partColumns, type PartKind } from '../parts.ts';
import { compileFingerprints, type FingerprintMatcher } from '../score/fingerprints.ts';
import type { DumpFile } from '../read/dump-folder.ts';
import { DUMP_KINDS, publisherOf } from '../publishers/dump-kinds.ts';
import { convertDump } from './dump-conversion.ts';
import { copyNative } from './native-text.ts';
import { hashFile } from '../hash.ts';
import { MAKER } from '../maker.ts';
import { isReadError, machineFaultOf } from '../machine-fault.ts';
import { fileErrorOf } from '../read/byte-stream.ts';
import { loadPart, partFolder, type PartsSetup, saveNote, savePart } from './part-cache.ts';
import { openPartDatabase, type PartDatabase } from './part-writer.ts';

/** What every worker is started with. */
export interface WorkerSetup extends PartsSetup {
  readonly fingerprintsHttp: string;
  readonly fingerprintsDns: string;
}

/** What a worker is asked for. */
export interface WorkerTask {
  readonly file: DumpFile;
  /** Checksum of the file where it is known. */
  readonly sha256: Sha256 | null;
}

export type WorkerAnswer =
  | {
      readonly kind: 'part';
      readonly part: Part;
      readonly folder: string;
      readonly reused: boolean;
      /** Checksum of its rows; null: they are the dump. */
      readonly rowsSum: Sha256 | null;
    }
  /** The file could not be read, or changed or disappeared meanwhile. The next build tries again. */
  | { readonly kind: 'unreadable'; readonly detail: string }
  /** An internal error, or a fault of the machine with its code. */
  | { readonly kind: 'failed'; readonly message: string; readonly code: string | null };

function isSetup(value: unknown): value is WorkerSetup {
  return typeof value === 'object' && value !== null && 'cacheDir' in value && 'code' in value;
}

function isTask(value: unknown): value is WorkerTask {
  return typeof value === 'object' && value !== null && 'file' in value && 'sha256' in value;
}

function serve(port: NonNullable<typeof parentPort>, setup: WorkerSetup): void {
  let fingerprints: FingerprintMatcher | null = null;
  let database: PartDatabase | null = null;
  const scratch = join(setup.cacheDir, 'parts', `.making-${MAKER}-${threadId}`);

  async function answer({ file, sha256: known }: WorkerTask): Promise<WorkerAnswer> {
    const conversion = DUMP_KINDS[file.kind]?.conversion;
    if (conversion === undefined) throw new Error(`No conversion makes a part of ${file.kind}.`);
    const sha256 = known ?? (await hashFile(file.path));
    const folder = await partFolder(setup, file, conversion.pathHint, sha256);
    if (conversion.finished === true) return takeFinished(file, conversion.part, sha256, folder);
    const finished = await loadPart(folder);
    if (finished !== null) return { kind: 'part', ...finished, folder, reused: true };
    fingerprints ??= compileFingerprints(setup.fingerprintsHttp, setup.fingerprintsDns, copyNative);
    database ??= await openPartDatabase(`${scratch}-spill`);
    const tools = { fingerprints, database };
    const made = await savePart(folder, scratch, (into) =>
      convertDump(conversion, publisherOf(file.kind), file, sha256, tools, into),
    );
    return { kind: 'part', ...made, folder, reused: false };
  }

  /** Rows of real measurements must come from dumps, which are scored and freed of private text on the way. */
  async function takeFinished(
    file: DumpFile,
    kind: PartKind,
    dump_sha256: Sha256,
    note: string,
  ): Promise<WorkerAnswer> {
    if (!file.synthetic) return { kind: 'unreadable', detail: 'a finished part outside a sample' };
    database ??= await openPartDatabase(`${scratch}-spill`);
    const found = await database.shapeOf(file.path).catch(() => null);
    const names = partColumns(kind).map(({ name }) => name);
    if (found?.columns.join() !== names.join())
      return { kind: 'unreadable', detail: 'no part of this release' };
    const { rows } = found;
    const part: Part = {
      kind,
      source: publisherOf(file.kind),
      dump_sha256,
      rows_in: rows,
      rows_out: rows,
      rejects: [],
      synthetic: true,
      parquet: basename(file.path),
    };
    await saveNote(note, part);
    return { kind: 'part', part, folder: dirname(file.path), reused: true, rowsSum: null };
  }

  port.on('message', (message: unknown) => {
    if (!isTask(message)) {
      // A thread that ends while DuckDB still closes can take the process with it.
      void Promise.resolve(database?.close()).finally(() => port.close());
      return;
    }
    answer(message).then(
      (done) => port.postMessage(done),
      (error: unknown) => port.postMessage(failure(error)),
    );
  });
}

const FILE_ERRORS = new Set(['ENOENT', 'EACCES', 'EIO', 'EISDIR', 'EPERM']);

function failure(error: unknown): WorkerAnswer {
  const code = machineFaultOf(error);
  if (code !== null) return { kind: 'failed', message: String(error), code };
  const fault = isReadError(error) ? 'EIO' : fileErrorOf(error);
  if (fault !== null && FILE_ERRORS.has(fault)) return { kind: 'unreadable', detail: fault };
  return {
    kind: 'failed',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    code: null,
  };
}

const setup: unknown = workerData;
if (parentPort !== null && isSetup(setup)) serve(parentPort, setup);
