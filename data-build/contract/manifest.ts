/** The shape of `manifest.json`: what a build holds and where it came from. No wall-clock time anywhere. */
import type { InferOutput } from 'valibot';
import { KNOWN_PROBLEM } from './corrections.ts';
import { REASONS, STAGES, type Reason, type Stage } from './problem.ts';
import {
  byName,
  count,
  dayOrNull,
  flag,
  list,
  oneOf,
  optional,
  path,
  record,
  sha256,
  text,
  word,
} from './shape.ts';
import { LICENCES, PUBLISHERS, type PublisherId } from './publishers.ts';
import { TABLES } from './tables.ts';

/** The first number changes when something that others read means something else, the second when a column, table or file is added. */
export const CONTRACT_VERSION = '1.1.0';

const MANIFEST_FILE = record({
  /** Relative to the data folder, with `/`. */
  path,
  table: word(TABLES),
  /** Hive partition values by column name; empty when the table has none. */
  partition: byName(text),
  rows: count,
  bytes: count,
  sha256,
  /** First day covered, inclusive; null when the file is empty or has no days. */
  since: dayOrNull,
  /** Last day covered plus one (exclusive), as in every `until`. */
  until: dayOrNull,
  licence: word(LICENCES),
});
export type ManifestFile = InferOutput<typeof MANIFEST_FILE>;

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
  readonly source: PublisherId | null;
  readonly count: number;
  readonly samples: readonly RejectSample[];
}

const MANIFEST_SOURCE = record({
  id: word(PUBLISHERS),
  name: text,
  licence: text,
  licence_url: text,
  attribution: text,
  citation: text,
  url: text,
  /** Dump files used: path relative to the folder given, and content hash. */
  dumps: list(record({ path: text, sha256, rows_in: count })),
  since: dayOrNull,
  until: dayOrNull,
  rows_in: count,
  rows_out: count,
  rejects: list(record({ stage: oneOf(STAGES), reason: word(REASONS), count })),
});
export type ManifestSource = InferOutput<typeof MANIFEST_SOURCE>;

export const MANIFEST = record({
  contract_version: text,
  /** Newest day covered and a short hash of inputs and rules: `2024-11-29-1a2b3c4d`. */
  data_version: text,
  synthetic: flag,
  /** `cc0` when the build was restricted to CC0 sources, else `all`. */
  edition: oneOf(['all', 'cc0']),
  rules_version: text,
  since: dayOrNull,
  until: dayOrNull,
  sources: list(MANIFEST_SOURCE),
  /** Cells of country × day × test by where their counts came from. */
  cells: record({ measurements: count, aggregation: count, reconciled: count, superseded: count }),
  files: list(MANIFEST_FILE),
  /** Of the list of what an operator left out; absent when nothing was. `rejects.json` says how many rows it took. */
  exclusions: optional(sha256),
  /** Days on which data of a source are known to be faulty; absent when there are none. */
  known_problems: optional(list(KNOWN_PROBLEM)),
});
export type Manifest = InferOutput<typeof MANIFEST>;
