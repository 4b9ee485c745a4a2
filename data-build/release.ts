/** Sources, versions and dates of a build, for the manifest. */
import { addDays, type Day, type Sha256 } from './contract/brands.ts';
import type { Correction } from './contract/corrections.ts';
import { toKnownProblems } from './contract/known-problems.ts';
import { CONTRACT_VERSION, type ManifestSource, type RejectEntry } from './contract/manifest.ts';
import { DETECTORS } from './contract/events.ts';
import { RULES_VERSION } from './contract/rules.ts';
import {
  CATEGORIES_FROM,
  LICENCES,
  PUBLISHER_IDS,
  PUBLISHERS,
  type PublisherId,
} from './contract/publishers.ts';
import { attributionOf, citationOf, formatSourceDays } from './contract/publisher-words.ts';
import type { ExclusionList } from './exclusions.ts';
import { redactName } from './normalize/redact-detail.ts';
import type { PlacedPart } from './parts.ts';
import { type Coverage, coverageEnd } from './rollup/coverage.ts';
import type { Rollup } from './rollup/rollup.ts';
import { hashOf } from './hash.ts';
import type { Release } from './write/write.ts';

/** A test list in use: build input that shows in `category_code`. */
export interface ListFile {
  /** Path relative to the `--dumps` folder given. */
  readonly path: string;
  readonly sha256: Sha256;
  readonly rows: number;
}

export interface ReleaseInput {
  readonly parts: readonly PlacedPart[];
  readonly lists: readonly ListFile[];
  /** Hashes of the fingerprint files, which also decide outcomes. */
  readonly references: readonly Sha256[];
  readonly rollup: Rollup;
  readonly rejects: readonly RejectEntry[];
  readonly edition: 'all' | 'cc0';
  readonly since: Day | null;
  readonly until: Day | null;
  readonly exclude: ExclusionList;
  readonly corrections: readonly Correction[];
}

const byPath = (a: { readonly path: string }, b: { readonly path: string }) =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0;

function toSource(
  id: PublisherId,
  dumps: ManifestSource['dumps'],
  coverage: Coverage | null,
  rowsOut: number,
  rejects: readonly RejectEntry[],
): ManifestSource {
  const { name, url, licence } = PUBLISHERS[id];
  return {
    id,
    name,
    licence: LICENCES[licence].spdx,
    licence_url: LICENCES[licence].url,
    attribution: attributionOf(id),
    citation: citationOf(id, formatSourceDays(coverage)),
    url,
    dumps: dumps.toSorted(byPath).map((dump) => ({ ...dump, path: redactName(dump.path) })),
    since: coverage?.since ?? null,
    until: coverage === null ? null : coverageEnd(coverage),
    rows_in: dumps.reduce((sum, dump) => sum + dump.rows_in, 0),
    rows_out: rowsOut,
    rejects: rejects
      .filter((entry) => entry.source === id)
      .map(({ stage, reason, count }) => ({ stage, reason, count })),
  };
}

function toSources(input: ReleaseInput): readonly ManifestSource[] {
  const { parts, rejects, rollup } = input;
  // A CC0 edition names only sources whose data it holds.
  const isNamed = (id: PublisherId): boolean =>
    input.edition === 'all' || PUBLISHERS[id].licence === 'cc0' || rollup.coverage.has(id);
  const sources = PUBLISHER_IDS.filter(
    (id) => isNamed(id) && parts.some((part) => part.source === id),
  ).map((id) => {
    const dumps = parts
      .filter((part) => part.source === id)
      .map((part) => ({ path: part.dump, sha256: part.dump_sha256, rows_in: part.rows_in }));
    const coverage = rollup.coverage.get(id) ?? null;
    return toSource(id, dumps, coverage, coverage?.rows ?? 0, rejects);
  });
  if (input.lists.length === 0) return sources;
  const lists = input.lists.map(({ path, sha256, rows }) => ({ path, sha256, rows_in: rows }));
  const rows = lists.reduce((sum, list) => sum + list.rows_in, 0);
  return [...sources, toSource(CATEGORIES_FROM, lists, null, rows, rejects)];
}

/** Raise by one when a change of code changes numbers or events, and no rule, detector or column. */
const ROLL_UP_REVISION = 3;

/** Newest day covered and a short hash of all that decides the outputs. Names of dumps decide nothing. */
function toDataVersion(input: ReleaseInput, last: Day): string {
  const inputs = [
    CONTRACT_VERSION,
    RULES_VERSION,
    JSON.stringify(DETECTORS),
    `roll-up ${ROLL_UP_REVISION}`,
    input.edition,
    input.since ?? '',
    input.until ?? '',
    ...(input.corrections.length === 0 ? [] : [JSON.stringify(input.corrections)]),
    ...(input.exclude.sha256 === null ? [] : [`without ${input.exclude.sha256}`]),
    ...new Set(input.parts.map((part) => `${part.source} ${part.dump_sha256}`).toSorted()),
    ...new Set([...input.lists.map((list) => list.sha256), ...input.references].toSorted()),
  ];
  return `${last}-${hashOf(inputs.join('\n')).slice(0, 8)}`;
}

/** The manifest without its files. `last` is the newest day covered. */
export function toRelease(input: ReleaseInput, last: Day): Release {
  const problems = toKnownProblems(input.corrections);
  return {
    data_version: toDataVersion(input, last),
    synthetic: input.parts.some((part) => part.synthetic),
    edition: input.edition,
    rules_version: RULES_VERSION,
    since: input.rollup.since,
    until: addDays(last, 1),
    sources: toSources(input),
    cells: input.rollup.cells,
    ...(input.exclude.sha256 === null ? {} : { exclusions: input.exclude.sha256 }),
    ...(problems.length === 0 ? {} : { known_problems: problems }),
  };
}
