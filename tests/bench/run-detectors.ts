/** The bench of detectors on every core. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { isDetectorRow } from './detector-table.ts';
import type { DetectorRow } from './detectors.ts';

/** Made series of each kind. */
const SERIES = 1000;

export async function runDetectors(seed: number): Promise<readonly DetectorRow[]> {
  const share = availableParallelism();
  const parts = await Promise.all(
    Array.from({ length: share }, (_, part) => inWorker(seed, part, share)),
  );
  return parts.flat().toSorted((a, b) => a.order - b.order);
}

function inWorker(seed: number, part: number, share: number): Promise<readonly DetectorRow[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(import.meta.dirname, 'detector-worker.ts'), {
      workerData: [SERIES, seed, part, share],
    });
    worker.on('error', reject);
    worker.on('message', (rows: unknown) => {
      if (Array.isArray(rows) && rows.every(isDetectorRow)) resolve(rows);
      else reject(new Error('The worker sent no rows.'));
    });
  });
}
