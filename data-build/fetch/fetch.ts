/** `npm run fetch -- <source>`: mirrors a publisher's files into a folder of dumps. */
import path from 'node:path';
import type { CountryCode, Day } from '../contract/brands.ts';
import { assertNever } from '../contract/problem.ts';
import {
  type Client,
  createClient,
  type FetchEffects,
  FetchError,
  type RetryPolicy,
} from './client.ts';
import { LISTS_ENDPOINT, listLists } from './lists.ts';
import { mirror, type MirrorSummary, type RemoteFile } from './mirror.ts';
import { listMlab, mlabPlaces } from './mlab.ts';
import { listOoni, OONI_ENDPOINT } from './ooni.ts';
import { listTor, TOR_ENDPOINT } from './tor.ts';

export const FETCH_SOURCES = ['ooni', 'mlab', 'tor', 'lists'] as const;
export type FetchSource = (typeof FETCH_SOURCES)[number];

export interface FetchWish {
  readonly source: FetchSource;
  /** Since inclusive, until exclusive; null only where the source has no days (lists). */
  readonly since: Day | null;
  readonly until: Day | null;
  readonly countries: readonly CountryCode[];
  /** `test_name`s; OONI only. */
  readonly tests: readonly string[];
  readonly into: string;
  /** Another root with the publisher's layout; ends in `/`. */
  readonly endpoint: string | null;
  /** Downloads at once. */
  readonly jobs: number;
}

/** Prints the result; `failed` of the summary decides the exit code. */
export async function fetchDumps(
  wish: FetchWish,
  effects: FetchEffects,
  policy?: RetryPolicy,
): Promise<MirrorSummary> {
  const client = createClient(effects, policy);
  const into = path.join(wish.into, wish.source === 'lists' ? 'ooni-lists' : wish.source);
  const summary = await mirror(listWish(wish, client, effects), into, client, effects, wish.jobs);
  effects.log(
    `${summary.listed} listed, ${summary.downloaded} fetched (${(summary.bytes / 1e6).toFixed(1)} MB), ${summary.kept} already here, ${summary.gone.length} not there, ${summary.failed.length} failed. In ${into}.`,
  );
  for (const each of summary.failed.slice(0, 10))
    effects.log(`failed: ${each.path}: ${each.message}`);
  return summary;
}

function listWish(
  wish: FetchWish,
  client: Client,
  effects: FetchEffects,
): AsyncIterable<RemoteFile> | Iterable<RemoteFile> {
  const { countries, tests } = wish;
  if (wish.source === 'lists') return listLists(wish.endpoint ?? LISTS_ENDPOINT, countries);
  const { since, until } = wish;
  if (since === null || until === null || since >= until) {
    throw new FetchError(
      'The days to fetch are missing or reversed.',
      'Give --since and --until as YYYY-MM-DD; until is exclusive.',
    );
  }
  switch (wish.source) {
    case 'ooni':
      return listOoni(
        client,
        wish.endpoint ?? OONI_ENDPOINT,
        { since, until, countries, tests },
        effects.log,
      );
    case 'mlab':
      return listMlab(client, mlabPlaces(wish.endpoint), { since, until, countries });
    case 'tor':
      return listTor(wish.endpoint ?? TOR_ENDPOINT, { since, until, countries });
    default:
      return assertNever(wish.source);
  }
}
