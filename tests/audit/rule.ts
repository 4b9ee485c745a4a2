/** What no page may say, as a reading of one page. */
import type { ReadPage } from './read-page.ts';

export interface Rule {
  readonly id: string;
  /** What is wrong with it, in one sentence. */
  readonly about: string;
  /** Quotes of what contradicts. */
  readonly find: (page: ReadPage) => readonly string[];
}
