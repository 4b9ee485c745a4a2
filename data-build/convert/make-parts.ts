/** Dumps folders → parts, in a pool of workers. Existing parts are used again. */
import { readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { problem } from '../contract/problem.ts';
import type { Sha256 } from '../contract/brands.ts';
import type { PublisherId } from '../contract/publishers.ts';
import type { BuildEffects } from '../effects.ts';
import { redactDetail } from '../normalize/redact-detail.ts';
import type { PlacedPart } from '../parts.ts';
import type { Reject } from '../rejects.ts';
import { walkDumps, type DumpFile } from '../read/dump-folder.ts';
import { DUMP_KINDS, publisherOf } from '../publishers/dump-kinds.ts';
import { hashOf } from '../hash.ts';
import { type KnownSums, NO_SUMS, type SeenFile } from '../known-sums.ts';
import { isDone } from '../maker.ts';
import { isOwn, type Shard } from '../shard.ts';
import { hashCode } from './code-hash.ts';
import { loadNote, loadPart, partFolder } from './part-cache.ts';
import type { WorkerAnswer, WorkerSetup, WorkerTask } from './part-worker.ts';

export interface PartsRequest {
  /** Folders (or single files) that hold dumps, nested or not. */
  readonly dumps: readonly string[];
  /** Where finished parts are kept between builds. */
  readonly cacheDir: string;
  /** Workers at most, 1 or more. */
  readonly jobs: number;
  /** Only every `of`-th dump, starting with number `index` (from 1); null: all. */
  readonly shard: Shard | null;
  readonly effects: BuildEffects;
  /** Checksums that need not be made again; absent: none. */
  readonly sums?: KnownSums;
}

export interface Lists {
  /** Paths; null when the dumps have none. */
  readonly fingerprintsHttp: string | null;
  readonly fingerprintsDns: string | null;
  readonly testLists: readonly string[];
}

export interface Parts {
  /** In the order of their dumps' names. Rejects of lines are inside each part. */
  readonly parts: readonly PlacedPart[];
  readonly lists: Lists;
  /** Files that are not used at all. */
  readonly rejects: readonly Reject[];
  readonly reused: number;
}

/** Throws when a folder does not exist, or on an internal error of a worker. */
export async function makeParts(request: PartsRequest): Promise<Parts> {
  const { effects, cacheDir, shard } = request;
  const started = effects.now();
  const { files, rejects } = walkDumps(request.dumps, DUMP_KINDS);
  effects.log(describeFiles(files, rejects.length));
  const lists = findLists(files);
  const all = files.filter((file) => DUMP_KINDS[file.kind]?.conversion !== undefined);
  const dumps = shard === null ? all : all.filter((_, at) => isOwn(shard, at));
  await mkdir(join(cacheDir, 'parts'), { recursive: true });
  const answers = await convertAll(dumps, setupOf(cacheDir, lists), request);
  await removeScratch(cacheDir);
  const sumOf = readSums(files);
  const parts: PlacedPart[] = [];
  const unread: Reject[] = [];
  let reused = 0;
  for (const dump of dumps) {
    const answer = answers.get(dump);
    const source = publisherOf(dump.kind);
    if (answer?.kind === 'part') {
      const { part, folder } = answer;
      const promised = sumOf(dump.path);
      if (promised !== null && promised !== part.dump_sha256) {
        unread.push(
          toReject(dump.name, problem('checksum_mismatch', promised.slice(0, 8)), source),
        );
        continue;
      }
      parts.push({ ...part, synthetic: part.synthetic || dump.synthetic, folder, dump: dump.name });
      reused += answer.reused ? 1 : 0;
    } else if (answer?.kind === 'unreadable') {
      unread.push(toReject(dump.name, problem('unreadable_file', answer.detail), source));
    }
  }
  const seconds = ((effects.now() - started) / 1000).toFixed(1);
  effects.log(describeParts(parts, reused, seconds));
  return {
    parts,
    lists,
    rejects: [...rejects.map((one) => toReject(one.name, one.problem, null)), ...unread],
    reused,
  };
}

function toReject(
  file: string,
  { reason, detail }: ReturnType<typeof problem>,
  source: PublisherId | null,
): Reject {
  return {
    reason,
    source,
    count: 1,
    samples: [{ file, line: null, detail: redactDetail(detail) }],
  };
}

function describeFiles(files: readonly DumpFile[], unused: number): string {
  const counts = new Map<string, number>();
  for (const { kind } of files) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const kinds = [...counts].map(([kind, count]) => `${count} ${kind}`).toSorted();
  return `Found ${files.length} files: ${kinds.join(', ')}; ${unused} not recognised.`;
}

function describeParts(parts: readonly PlacedPart[], reused: number, seconds: string): string {
  const rows = parts.reduce((sum, part) => sum + part.rows_out, 0);
  const made = parts.length - reused;
  return `${made} parts made, ${reused} parts reused, ${rows} rows in ${seconds} s.`;
}

/** The first file of a kind by name, so that the choice is stable. */
function findLists(files: readonly DumpFile[]): Lists {
  const first = (kind: DumpFile['kind']): string | null =>
    files.find((file) => file.kind === kind)?.path ?? null;
  return {
    fingerprintsHttp: first('fingerprints_http'),
    fingerprintsDns: first('fingerprints_dns'),
    testLists: files.filter((file) => file.kind === 'test_list').map((file) => file.path),
  };
}

/** Checksums from all lists among the dumps. The last list that names a file counts. */
function readSums(files: readonly DumpFile[]): (path: string) => Sha256 | null {
  const lists = files.flatMap(({ kind, path }) => DUMP_KINDS[kind]?.readSums?.(path) ?? []);
  return (path) => lists.reduce<Sha256 | null>((sum, promised) => promised(path) ?? sum, null);
}

function setupOf(cacheDir: string, lists: Lists): WorkerSetup {
  const read = (path: string | null): string => (path === null ? '' : readFileSync(path, 'utf8'));
  const fingerprintsHttp = read(lists.fingerprintsHttp);
  const fingerprintsDns = read(lists.fingerprintsDns);
  return {
    cacheDir,
    code: hashCode(),
    fingerprintsHttp,
    fingerprintsDns,
    lists: hashOf(`${fingerprintsHttp}\0${fingerprintsDns}`),
  };
}

/** Largest first, so that no worker has a big dump alone at the end. */
function bySize(dumps: readonly DumpFile[]): DumpFile[] {
  const size = new Map(dumps.map((dump) => [dump, sizeOf(dump.path)]));
  return dumps.toSorted((a, b) => (size.get(b) ?? 0) - (size.get(a) ?? 0));
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Null: it is gone, or cannot be read. */
function lookAt({ path }: DumpFile, sums: KnownSums): SeenFile | null {
  try {
    return sums.look(path);
  } catch {
    return null;
  }
}

/** The part of a dump that is known to be as it was, without a worker; null: a worker has to look. */
async function findKept(
  dump: DumpFile,
  setup: WorkerSetup,
  sums: KnownSums,
): Promise<WorkerAnswer | null> {
  const conversion = DUMP_KINDS[dump.kind]?.conversion;
  if (conversion === undefined) return null;
  try {
    if (conversion.finished === true) {
      // To read one costs less than a worker.
      const sum = await sums.sumOf(dump.path);
      const note = await partFolder(setup, dump, conversion.pathHint, sum, sums.sumOf);
      return await findFinished(dump, sum, note);
    }
    const sum = lookAt(dump, sums)?.sum ?? null;
    if (sum === null) return null;
    const folder = await partFolder(setup, dump, conversion.pathHint, sum, sums.sumOf);
    const kept = await loadPart(folder, sums.sumOf);
    return kept === null ? null : { kind: 'part', ...kept, folder, reused: true };
  } catch {
    // What lies beside it cannot be read: the worker says what it is.
    return null;
  }
}

/** The part that a dump of a sample is, where a worker saw that before. */
async function findFinished(
  dump: DumpFile,
  sum: Sha256,
  note: string,
): Promise<WorkerAnswer | null> {
  const noted = dump.synthetic ? await loadNote(note) : null;
  if (noted?.dump_sha256 !== sum) return null;
  const part = { ...noted, parquet: basename(dump.path) };
  return { kind: 'part', part, folder: dirname(dump.path), reused: true, rowsSum: null };
}

async function convertAll(
  dumps: readonly DumpFile[],
  setup: WorkerSetup,
  { jobs, effects, sums = NO_SUMS }: PartsRequest,
): Promise<ReadonlyMap<DumpFile, WorkerAnswer>> {
  const answers = new Map<DumpFile, WorkerAnswer>();
  for (const dump of dumps) {
    const kept = await findKept(dump, setup, sums);
    if (kept !== null) answers.set(dump, kept);
  }
  const queue = bySize(dumps.filter((dump) => !answers.has(dump)));
  const runOne = async (): Promise<void> => {
    const worker = startWorker(setup);
    try {
      for (let dump = queue.shift(); dump !== undefined; dump = queue.shift()) {
        const seen = lookAt(dump, sums);
        const answer = await worker.convert({ file: dump, sha256: seen?.sum ?? null });
        if (answer.kind === 'failed')
          throw Object.assign(
            new Error(`While reading ${dump.name}: ${answer.message}`),
            answer.code === null ? {} : { code: answer.code },
          );
        if (answer.kind === 'part') {
          seen?.note(answer.part.dump_sha256);
          if (answer.rowsSum !== null)
            sums.wrote(join(answer.folder, answer.part.parquet), answer.rowsSum);
        }
        answers.set(dump, answer);
        effects.progress(`Reading dumps: ${answers.size} of ${dumps.length}`);
      }
    } finally {
      queue.length = 0;
      await worker.stop();
    }
  };
  const runs = await Promise.allSettled(
    Array.from({ length: Math.min(Math.max(1, jobs), queue.length) }, runOne),
  );
  const failed = runs.find((run) => run.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return answers;
}

interface PoolWorker {
  convert(task: WorkerTask): Promise<WorkerAnswer>;
  stop(): Promise<void>;
}

function isAnswer(value: unknown): value is WorkerAnswer {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function startWorker(setup: WorkerSetup): PoolWorker {
  const worker = new Worker(new URL('./part-worker.ts', import.meta.url), { workerData: setup });
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  return {
    convert(task) {
      return new Promise((resolve, reject) => {
        const onMessage = (message: unknown): void => {
          release();
          if (isAnswer(message)) resolve(message);
          else reject(new Error('A worker sent a message of an unknown form.'));
        };
        const onError = (error: unknown): void => {
          release();
          reject(new Error(`A worker died while reading ${task.file.name}`, { cause: error }));
        };
        const onExit = (code: number): void => {
          release();
          reject(new Error(`A worker stopped with code ${code} while reading ${task.file.name}.`));
        };
        const release = (): void => {
          worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        };
        worker.on('message', onMessage).on('error', onError).on('exit', onExit);
        worker.postMessage(task);
      });
    },
    async stop() {
      worker.postMessage(null);
      await exited;
    },
  };
}

/** Unfinished parts of this build or of an interrupted one. Those of other running builds, and of other machines, stay. */
async function removeScratch(cacheDir: string): Promise<void> {
  const folder = join(cacheDir, 'parts');
  const left = (await readdir(folder)).filter((name) => {
    const [, maker] = /^\.making-(\w+-\d+)-/.exec(name) ?? [];
    return maker !== undefined && isDone(maker);
  });
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}
