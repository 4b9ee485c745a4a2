/** A server and folders for tests that fetch, and what they ask for. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach } from 'vitest';
import { type CountryCode, toCountryCode, toDay } from '../../data-build/contract/brands.ts';
import type { FetchWish } from '../../data-build/commands/fetch-dumps.ts';
import { OONI_MIRROR } from '../../data-build/publishers/ooni/mirror.ts';
import { type BucketServer, startBucket, type Versions } from '../support/bucket-server.ts';

interface Place {
  /** Starts a server with these objects; it ends with the test. */
  bucket(objects: Record<string, string | Buffer>, versions?: Versions): Promise<BucketServer>;
  /** A folder that goes with the test. */
  folder(): Promise<string>;
}

/** Call at the top of a test file. */
export function usePlace(): Place {
  let server: BucketServer | undefined;
  const folders: string[] = [];
  afterEach(async () => {
    await server?.close();
    server = undefined;
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  return {
    bucket: async (objects, versions = 'etag') => {
      server = await startBucket(
        new Map(Object.entries(objects).map(([key, body]) => [key, Buffer.from(body)])),
        versions,
      );
      return server;
    },
    folder: async () => {
      const made = await mkdtemp(path.join(os.tmpdir(), 'atlas-fetch-'));
      folders.push(made);
      return made;
    },
  };
}

/** What is wished for where a test says nothing else: a day of Telegram tests of OONI. */
export function wish(extra: Partial<FetchWish> & Pick<FetchWish, 'into' | 'endpoint'>): FetchWish {
  return {
    mirror: OONI_MIRROR,
    since: toDay('2024-11-07'),
    until: toDay('2024-11-08'),
    countries: [],
    tests: ['telegram'],
    jobs: 4,
    ...extra,
  };
}

export const country = (text: string): CountryCode => {
  const code = toCountryCode(text);
  if (code === null) throw new Error(text);
  return code;
};

/** Waits are recorded instead of waited for. */
export function effects(waits: number[] = []) {
  return {
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    sleep: (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
    log: () => undefined,
    progress: () => undefined,
  };
}

export const readTree = async (root: string): Promise<string[]> =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .toSorted();
