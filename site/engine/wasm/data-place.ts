/** Where the files of a release lie: beside the pages, and those of large tables perhaps on another origin. */
import { isLarge } from '../../catalog/large-tables.ts';

/** Addresses, each with a slash at the end. */
export interface DataPlace {
  /** Of what lies beside the pages, the manifest first. */
  readonly home: string;
  readonly large: string;
}

/** `path` as the manifest names it. */
export function locateFile(path: string, { home, large }: DataPlace): string {
  return new URL(path, isLarge(path) ? large : home).href;
}
