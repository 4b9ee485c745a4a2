/** How fast dump lines become rows, beside the least that reading them can cost. */
import { spawn } from 'node:child_process';
import { createReadStream, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { createGunzip } from 'node:zlib';
import { makeParts } from '../../data-build/convert/make-parts.ts';
import { makeIngestDumps } from './ingest-dumps.ts';
import { type BenchRow, type Cost, measureCost } from './report.ts';
import { SILENT } from './world.ts';

const RUNS = 3;
const WORKERS = 2;

/**
 * Ingest of about 500 MB of JSON in eight files, fingerprints on. `ratio` is processor time against the baseline's,
 * which other work on the machine disturbs less than wall-clock time; both baselines are of the same run.
 */
export async function benchIngest(scratch: string): Promise<readonly BenchRow[]> {
  const folder = path.join(scratch, 'ingest');
  await makeIngestDumps(folder);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl.gz'))
    .map((name) => path.join(folder, name));
  const bytes = await countBytes(files);
  const halves = Array.from({ length: WORKERS }, (_, at) =>
    files.filter((_file, index) => index % WORKERS === at),
  );
  const unpacking = await measureCost(RUNS, () => Promise.all(halves.map(runGzip)));
  const parsing = await measureCost(RUNS, () => Promise.all(halves.map(runBaseline)));
  const cacheDir = path.join(scratch, 'ingest-cache');
  const ingest = await measureCost(RUNS, () => {
    rmSync(cacheDir, { recursive: true, force: true });
    return makeParts({ dumps: [folder], cacheDir, jobs: WORKERS, shard: null, effects: SILENT });
  });
  const memory = process.resourceUsage().maxRSS / 1024;
  const row = (bench: string, { wall, cpu }: Cost, note: string): BenchRow => ({
    bench,
    value: bytes / 1e6 / wall,
    unit: 'MB/s',
    ratio: cpu === 0 ? null : cpu / parsing.cpu,
    note:
      cpu === 0
        ? note
        : `${note}; ${cpu.toFixed(2)} s of processor time, ${((bytes / 1e6 / cpu) * WORKERS).toFixed(0)} MB/s on ${WORKERS} free cores`,
  });
  const size = `${(bytes / 1e6).toFixed(0)} MB of JSON in ${files.length} files`;
  return [
    row('ingest: gzip -dc, 2 processes', { ...unpacking, cpu: 0 }, size),
    row('ingest: gunzip and JSON.parse, 2 workers', parsing, 'baseline'),
    row(
      'ingest: dumps to scored parts, 2 workers',
      ingest,
      `1,311 body patterns, at most ${memory.toFixed(0)} MB of memory`,
    ),
  ];
}

async function countBytes(files: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const file of files) {
    for await (const chunk of createReadStream(file).pipe(createGunzip())) {
      if (chunk instanceof Uint8Array) bytes += chunk.length;
    }
  }
  return bytes;
}

function runGzip(files: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const gzip = spawn('gzip', ['-dc', ...files], { stdio: ['ignore', 'pipe', 'inherit'] });
    gzip.stdout.resume();
    gzip.on('error', reject).on('close', () => resolve());
  });
}

function runBaseline(files: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./ingest-baseline.ts', import.meta.url), {
      workerData: files,
    });
    worker.on('error', reject).on('exit', () => resolve());
  });
}
