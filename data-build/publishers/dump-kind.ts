/** A kind of dump file: how it is told from others, and what becomes of it. */
import type { Sha256 } from '../contract/brands.ts';
import type { Conversion } from '../convert/conversion.ts';
import type { Recognised } from '../sources/file-kind.ts';

export interface DumpKind extends Recognised {
  /** How it becomes a part; left out: it is none, but says something of others. */
  readonly conversion?: Conversion;
  /** For a list of checksums: what is promised for a file by its path; null when it does not name it. */
  readonly readSums?: (path: string) => (file: string) => Sha256 | null;
}
