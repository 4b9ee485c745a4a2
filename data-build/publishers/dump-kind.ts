/** A kind of dump file: how to recognize it, and what it becomes. */
import type { Sha256 } from '../contract/brands.ts';
import type { Conversion } from '../convert/conversion.ts';
import type { Recognised } from '../read/file-kind.ts';

export interface DumpKind extends Recognised {
  /** How it becomes a part; left out for files about other files. */
  readonly conversion?: Conversion;
  /** For a list of checksums: the checksum of a file by its path; null when it does not name the file. */
  readonly readSums?: (path: string) => (file: string) => Sha256 | null;
}

/** By name; those before others win. */
export type DumpKinds = Readonly<Record<string, DumpKind>>;
