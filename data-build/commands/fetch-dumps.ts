/** `npm run fetch -- <name>`: mirrors a publisher's files into a folder of dumps. */
import path from 'node:path';
import type { Day } from '../contract/brands.ts';
import { createClient, type FetchEffects } from '../fetch/client.ts';
import { FetchError } from '../fetch/retries.ts';
import { mirror, type MirrorSummary } from '../fetch/mirror.ts';
import type { Mirror, MirrorWish } from '../publishers/mirror.ts';

export interface FetchWish extends Pick<MirrorWish, 'endpoint' | 'countries' | 'tests'> {
  readonly mirror: Mirror;
  /** Since inclusive, until exclusive; null only where files have no days. */
  readonly since: Day | null;
  readonly until: Day | null;
  readonly into: string;
  /** Downloads at once. */
  readonly jobs: number;
}

/** Prints the result; `failed` of the summary decides the exit code. */
export async function fetchDumps(wish: FetchWish, effects: FetchEffects): Promise<MirrorSummary> {
  const client = createClient(effects);
  const into = path.join(wish.into, wish.mirror.folder);
  const files = list(wish, { ...wish, client, log: effects.log });
  const summary = await mirror(files, into, client, effects, wish.jobs);
  effects.log(
    `${summary.listed} listed, ${summary.downloaded} fetched (${(summary.bytes / 1e6).toFixed(1)} MB), ${summary.kept} already here, ${summary.gone.length} not there, ${summary.failed.length} failed. In ${into}.`,
  );
  for (const each of summary.failed.slice(0, 10))
    effects.log(`failed: ${each.path}: ${each.message}`);
  if (summary.stopped)
    effects.log(
      'Nobody answers, so the rest was not tried.\nCheck the connection and --endpoint, and run the same command again: it goes on from here.',
    );
  return summary;
}

function list({ mirror, since, until }: FetchWish, wish: MirrorWish): ReturnType<Mirror['list']> {
  if (!mirror.byDay) return mirror.list(wish);
  if (since !== null && until !== null && since < until)
    return mirror.list({ ...wish, since, until });
  throw new FetchError(
    'The days to fetch are missing or reversed.',
    'Give --since and --until as YYYY-MM-DD; until is exclusive.',
  );
}
