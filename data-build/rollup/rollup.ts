/** Parts → the published tables, in SQL, inside one database. */
import { join } from 'node:path';
import type { Day } from '../contract/brands.ts';
import type { Manifest } from '../contract/manifest.ts';
import { PUBLISHERS, type PublisherId } from '../contract/publishers.ts';
import { TABLE_NAMES } from '../contract/table-names.ts';
import type { TableName } from '../contract/tables.ts';
import type { Exclusion } from '../exclusions.ts';
import type { Step } from '../shard.ts';
import { assertNever } from '../contract/problem.ts';
import { hashOf } from '../hash.ts';
import type { PlacedPart } from '../parts.ts';
import type { CategoryEntry } from '../test-lists.ts';
import { loadCategories } from './categories.ts';
import { chooseCells } from './cells.ts';
import { readCoverage, type Coverage } from './coverage.ts';
import { numberIn, type Database } from './database.ts';
import { fillDirectories } from './directories.ts';
import { fillEvents } from './events.ts';
import { type FoundBefore, NOTHING_BEFORE } from './found-before.ts';
import { fillFigures } from './figures.ts';
import { distinctParts, loadParts, type DayRange } from './part-views.ts';
import { fillInterference, type CellTally } from './interference.ts';
import { type KeptFiles, openKeptFiles } from './kept-files.ts';
import { fillMeasurements, publishMeasurements, type PublishedRows } from './measurements.ts';
import { pickMeasurements } from './picks.ts';
import { fillTable, selectList } from './select.ts';
import { findSpans, SPAN_SIZES, type SpanSizes } from './spans.ts';
import { fillThroughput } from './throughput.ts';

import type { Reject } from '../rejects.ts';

export interface RollupInput extends DayRange {
  readonly parts: readonly PlacedPart[];
  readonly categories: readonly CategoryEntry[];
  /** `cc0` keeps CC0 rows alone. */
  readonly edition: 'all' | 'cc0';
  /** Measurements that no output may hold; absent: none. */
  readonly exclusions?: readonly Exclusion[];
  /** Events that an earlier build found; absent: none. */
  readonly before?: FoundBefore;
  /** Rows and counts that an earlier build made; absent: none. */
  readonly kept?: KeptFiles;
  /** How many rows are taken together; absent: as many as fit. They decide nothing else. */
  readonly spanSizes?: SpanSizes;
}

export interface Rollup {
  /** Tables now in the database, each in the contract's shape and order; some may be empty. */
  readonly tables: readonly TableName[];
  /** Where the rows of `measurements` lie. */
  readonly published: readonly PublishedRows[];
  readonly rejects: readonly Reject[];
  readonly cells: Manifest['cells'];
  readonly cellTally: CellTally;
  /** What each source has in the tables; sources without a row are not in it. */
  readonly coverage: ReadonlyMap<PublisherId, Coverage>;
  /** First day with data of any source, inclusive; null when there is none. */
  readonly since: Day | null;
  /** Last day with data of any source, inclusive. */
  readonly last: Day | null;
}

/** Loads the parts, and finds the spans of days in which their measurements are taken. */
async function openSpans(db: Database, input: RollupInput) {
  await loadCategories(db, input.categories);
  const outside = await loadParts(db, input.parts, input, input.exclusions ?? []);
  const kept = input.kept ?? (await openKeptFiles(join(db.scratch, 'kept'), hashOf('')));
  const spans = await findSpans(
    db,
    distinctParts(input.parts, 'measurements'),
    input,
    input.spanSizes ?? SPAN_SIZES,
  );
  return { outside, kept, spans };
}

/** Makes what one step of a shard keeps for the roll-up of everything. `db` must be empty. Returns of how many spans or cells. */
export async function rollUpAhead(
  db: Database,
  input: RollupInput,
  step: Exclude<Step, 'parts'>,
  isMine: (at: number) => boolean,
): Promise<{ readonly made: number; readonly of: number }> {
  const { kept, spans } = await openSpans(db, input);
  const own = spans.filter((_, at) => isMine(at));
  const made = { made: own.length, of: spans.length };
  switch (step) {
    case 'picks':
      await pickMeasurements(db, spans, own, kept);
      return made;
    case 'rows':
      await publishMeasurements(db, spans, kept, isMine);
      return made;
    case 'counts': {
      await fillMeasurements(db, spans, kept);
      await chooseCells(db);
      const { all, cells } = await fillInterference(db, kept, isMine);
      return { made: all, of: cells };
    }
    default:
      return assertNever(step);
  }
}

/** Rolls the parts up into tables of `db`, which must be empty. */
export async function rollUp(db: Database, input: RollupInput): Promise<Rollup> {
  const { outside, kept, spans } = await openSpans(db, input);
  const { duplicates, published } = await fillMeasurements(db, spans, kept);
  const choice = await chooseCells(db);
  const cellTally = await fillInterference(db, kept);
  const rejects = [
    ...outside,
    ...duplicates,
    ...choice.rejects,
    ...(await fillThroughput(db)),
    ...(await fillFigures(db, input.edition)),
  ];
  await fillTable(
    db,
    'recorded_elsewhere',
    `SELECT DISTINCT ${selectList('recorded_elsewhere', {})} FROM record_rows WHERE ${input.edition === 'cc0' ? "licence = 'cc0'" : 'true'}`,
  );
  await fillEvents(db, input.before ?? NOTHING_BEFORE);
  await fillDirectories(db, input.edition);
  const [tally] = await db.all(`
    SELECT count(*) FILTER (counts_from = 'measurements') AS measured,
      count(*) FILTER (counts_from = 'aggregation') AS aggregated,
      count(*) FILTER (reconciled) AS reconciled
    FROM interference_country_daily`);
  const coverage = await readCoverage(db, choice.countRowsUsed);
  // What others recorded is no data of the release, so its days are not those of the release.
  const days = [...coverage].flatMap(([id, found]) =>
    PUBLISHERS[id].witness === null ? [] : [found],
  );
  return {
    tables: TABLE_NAMES,
    published,
    rejects,
    cellTally,
    coverage,
    since: days.map((each) => each.since).toSorted()[0] ?? null,
    last:
      days
        .map((each) => each.last)
        .toSorted()
        .at(-1) ?? null,
    cells: {
      measurements: numberIn(tally, 'measured'),
      aggregation: numberIn(tally, 'aggregated'),
      reconciled: numberIn(tally, 'reconciled'),
      superseded: choice.supersededCells,
    },
  };
}
