/** How fast dump lines become rows, beside the least that reading them can cost. */
import { createReadStream, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { makeParts } from '../../data-build/convert/make-parts.ts';
import { timeBest, type BenchRow } from './report.ts';

const RUNS = 3;
const SILENT = { log: () => undefined, progress: () => undefined, now: () => performance.now() };

/** Ingest of the `.jsonl.gz` files under `dumps`; throughput counts unpacked bytes. */
export async function benchIngest(dumps: string, scratch: string): Promise<readonly BenchRow[]> {
  const files = readdirSync(dumps, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl.gz'))
    .map((name) => path.join(dumps, name));
  const packed = files.reduce((sum, file) => sum + statSync(file).size, 0);
  let bytes = 0;
  const unpacking = await timeBest(RUNS, async () => {
    bytes = 0;
    for (const file of files) {
      await readUnpacked(file, (chunk) => {
        bytes += chunk.length;
      });
    }
  });
  const parsing = await timeBest(RUNS, async () => {
    for (const file of files) await parseLines(file);
  });
  const convert = (jobs: number) =>
    timeBest(RUNS, () => {
      const cacheDir = path.join(scratch, `cache-${jobs}`);
      rmSync(cacheDir, { recursive: true, force: true });
      return makeParts({ dumps: files, cacheDir, jobs, shard: null, effects: SILENT });
    });
  const row = (bench: string, ms: number, note: string): BenchRow => ({
    bench,
    value: bytes / 1e6 / (ms / 1000),
    unit: 'MB/s',
    ratio: ms / unpacking,
    note,
  });
  const size = `${(bytes / 1e6).toFixed(0)} MB in ${files.length} files, ${(packed / 1e6).toFixed(1)} MB packed`;
  return [
    { ...row('ingest: unpack only', unpacking, size), ratio: null },
    row('ingest: unpack and JSON.parse', parsing, 'one process'),
    row('ingest: dumps to parts, 1 worker', await convert(1), 'parse, normalize, score, Parquet'),
    row('ingest: dumps to parts, 2 workers', await convert(2), 'the same'),
  ];
}

async function readUnpacked(file: string, onChunk: (chunk: Buffer) => void): Promise<void> {
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      onChunk(chunk);
      done();
    },
  });
  // Dumps of the sample are cut on purpose here and there; what was read until then counts.
  await pipeline(createReadStream(file), createGunzip(), sink).catch(() => undefined);
}

async function parseLines(file: string): Promise<void> {
  const chunks: Buffer[] = [];
  await readUnpacked(file, (chunk) => chunks.push(chunk));
  for (const line of Buffer.concat(chunks).toString('utf8').split('\n')) {
    try {
      JSON.parse(line);
    } catch {
      // Broken lines are part of the sample.
    }
  }
}
