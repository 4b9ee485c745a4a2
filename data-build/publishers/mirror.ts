/** What `npm run fetch` brings of a publisher. */
import type { CountryCode, Day } from '../contract/brands.ts';
import type { Client } from '../fetch/client.ts';
import type { RemoteFile } from '../fetch/mirror.ts';

export interface MirrorWish {
  readonly client: Client;
  /** Another root with the publisher's layout; ends in `/`. */
  readonly endpoint?: string;
  /** Empty: every one. */
  readonly countries: readonly CountryCode[];
  /** `test_name`s; empty: every one. */
  readonly tests: readonly string[];
  readonly log: (line: string) => void;
}

export interface DaysWish extends MirrorWish {
  /** Since inclusive, until exclusive. */
  readonly since: Day;
  readonly until: Day;
}

type Files = AsyncIterable<RemoteFile> | Iterable<RemoteFile>;

/**
 * Lists the files that are wished for, of some days where there are days. `folder` is where they go. `byTest`: they can be chosen by
 * test, too.
 */
export type Mirror = { readonly folder: string; readonly byTest?: true } & (
  | { readonly byDay: true; readonly list: (wish: DaysWish) => Files }
  | { readonly byDay: false; readonly list: (wish: MirrorWish) => Files }
);
