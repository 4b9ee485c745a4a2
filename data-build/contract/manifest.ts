/** The shape of `manifest.json`: what a build holds and where it came from. No wall-clock time anywhere. */

import type { Day, Sha256 } from './brands.ts';
import type { Reason, Stage } from './problem.ts';
import type { LicenceSlug, SourceId } from './sources.ts';
import type { TableName } from './tables.ts';

export const CONTRACT_VERSION = '1.0.0';

export interface ManifestFile {
  /** Relative to the data folder, with `/`. */
  readonly path: string;
  readonly table: TableName;
  /** Hive partition values by column name; empty when the table has none. */
  readonly partition: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: Sha256;
  /** First day covered, inclusive; null when the file is empty or has no days. */
  readonly since: Day | null;
  /** Last day covered plus one (exclusive), as in every `until`. */
  readonly until: Day | null;
  readonly licence: LicenceSlug;
}

export interface RejectSample {
  /** Path of the dump relative to the folder given. */
  readonly file: string;
  /** Counted from 1; null when the whole file is meant. */
  readonly line: number | null;
  /** At most 80 characters, without addresses. */
  readonly detail: string;
}

/** One entry of `rejects.json`. */
export interface RejectEntry {
  readonly stage: Stage;
  readonly reason: Reason;
  readonly source: SourceId | null;
  readonly count: number;
  readonly samples: readonly RejectSample[];
}

export interface ManifestSource {
  readonly id: SourceId;
  readonly name: string;
  readonly licence: string;
  readonly licence_url: string;
  readonly attribution: string;
  readonly citation: string;
  readonly url: string;
  /** Dump files used: path relative to the folder given, and content hash. */
  readonly dumps: readonly {
    readonly path: string;
    readonly sha256: Sha256;
    readonly rows_in: number;
  }[];
  readonly since: Day | null;
  readonly until: Day | null;
  readonly rows_in: number;
  readonly rows_out: number;
  readonly rejects: readonly {
    readonly stage: Stage;
    readonly reason: Reason;
    readonly count: number;
  }[];
}

export interface Manifest {
  readonly contract_version: string;
  /** Newest day covered and a short hash of inputs and rules: `2024-11-29-1a2b3c4d`. */
  readonly data_version: string;
  readonly synthetic: boolean;
  /** `cc0` when the build was restricted to CC0 sources, else `all`. */
  readonly edition: 'all' | 'cc0';
  readonly rules_version: string;
  readonly since: Day | null;
  readonly until: Day | null;
  readonly sources: readonly ManifestSource[];
  /** Cells of country × day × test by where their counts came from. */
  readonly cells: {
    readonly measurements: number;
    readonly aggregation: number;
    readonly reconciled: number;
    readonly superseded: number;
  };
  readonly files: readonly ManifestFile[];
}
