/** The bench of detectors on every core. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type DetectorRow, formatDetectors, isDetectorRow } from './detectors.ts';

/** Made series of each kind. */
const SERIES = 1000;

export async function runDetectors(): Promise<{ readonly rows: readonly DetectorRow[]; readonly table: string }> {
  const share = availableParallelism();
  const parts = await Promise.all(Array.from({ length: share }, (_, part) => inWorker(part, share)));
  const rows = parts.flat().toSorted((a, b) => a.order - b.order);
  return { rows, table: formatDetectors(rows) };
}

function inWorker(part: number, share: number): Promise<readonly DetectorRow[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(import.meta.dirname, 'detector-worker.ts'), { workerData: [SERIES, part, share] });
    worker.on('error', reject);
    worker.on('message', (rows: unknown) => {
      if (Array.isArray(rows) && rows.every(isDetectorRow)) resolve(rows);
      else reject(new Error('The worker sent no rows.'));
    });
  });
}
