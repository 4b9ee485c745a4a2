/** Benches its share of the detectors' kinds in a thread of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { benchDetectors } from './detectors.ts';

const [series, seed, part, share] = Array.isArray(workerData) ? workerData.map(Number) : [];
if (series === undefined || seed === undefined || part === undefined || share === undefined)
  throw new Error('The worker needs its share.');
parentPort?.postMessage(benchDetectors(series, seed, part, share));
