/** PNGs of a build: share cards and the pictures beside embeds, drawn by a few threads and kept by content. */
import { hashOf } from '../../data-build/hash.ts';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PictureLook, PictureWords } from '../render/picture.ts';
import type { Drawing } from '../render/svg-string.ts';
import { writePictureFonts } from '../styles/fonts.ts';
import { hanLetters, type PictureFont } from '../styles/han-slices.ts';

export interface PictureJob {
  readonly words: PictureWords;
  readonly drawings: readonly Drawing[];
  readonly shape: 'wide' | 'card';
  /** Files below the built site. */
  readonly targets: readonly string[];
}

/** What every picture of a build has in common. */
export interface PictureSetting {
  readonly out: string;
  readonly cache: string;
  readonly fonts: readonly PictureFont[];
  readonly look: Pick<PictureLook, 'tokensCss' | 'chartsCss'>;
  /** Changes when anything that draws changes. */
  readonly made: string;
}

export interface PictureSum {
  readonly count: number;
  readonly bytes: number;
}

/** Files kept for the next build; beyond that the longest unused go. */
const KEPT = 8000;

/** The threads load TypeScript by themselves, so they are named by file, not bundled. */
const WORKER = new URL('./picture-worker.ts', import.meta.url);

export async function drawPictures(
  jobs: readonly PictureJob[],
  out: string,
  cache: string,
): Promise<PictureSum> {
  const folder = path.join(cache, 'pictures');
  await mkdir(folder, { recursive: true });
  const letters = new Set(jobs.flatMap((job) => [...hanLetters(JSON.stringify(job))]));
  const fonts = await writePictureFonts(path.join(cache, 'fonts'), letters);
  const makers = [...fonts.map(({ file }) => file), new URL('./png.ts', import.meta.url)].map(
    async (file) => readFile(file),
  );
  const setting: PictureSetting = {
    out,
    cache: folder,
    fonts,
    look: {
      tokensCss: await readStyles(['tokens']),
      // A map is drawn by both.
      chartsCss: await readStyles(['charts', 'map']),
    },
    made: hashOf(Buffer.concat(await Promise.all(makers))),
  };
  const queue = [...jobs];
  let bytes = 0;
  const threads = Math.min(availableParallelism(), Math.ceil(jobs.length / 8));
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(WORKER, { workerData: setting });
      try {
        for (let job = queue.pop(); job !== undefined; job = queue.pop()) {
          const written = await runJob(worker, job);
          // Added after the wait: the other threads add meanwhile.
          bytes += written;
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  await dropUnused(folder);
  return { count: jobs.length, bytes };
}

async function runJob(worker: Worker, job: PictureJob): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: { readonly bytes: number } | { readonly error: string }) => {
      worker.off('error', reject);
      if ('error' in answer)
        reject(new Error(`The picture ${job.targets.join(', ')} was not drawn: ${answer.error}`));
      else resolve(answer.bytes);
    });
    worker.postMessage(job);
  });
}

async function dropUnused(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= KEPT) return;
  const aged = await Promise.all(
    names.map(async (name) => ({ name, used: (await stat(path.join(folder, name))).mtimeMs })),
  );
  const old = aged.sort((a, b) => b.used - a.used).slice(KEPT);
  for (const { name } of old) await rm(path.join(folder, name));
}

async function readStyles(names: readonly string[]): Promise<string> {
  const styles = new URL('../styles/', import.meta.url);
  const files = names.map(async (name) => readFile(new URL(`${name}.css`, styles), 'utf8'));
  return (await Promise.all(files)).join('\n');
}
