/** Parts → the published tables, in SQL, inside one database. */
import { toDay, type Day } from '../contract/brands.ts';
import type { Manifest } from '../contract/manifest.ts';
import type { TableName } from '../contract/tables.ts';
import type { PlacedPart } from '../parts.ts';
import type { CategoryEntry } from '../sources/test-lists.ts';
import { loadCategories } from './categories.ts';
import { chooseCells } from './cells.ts';
import { numberIn, textOrNullIn, type Database } from './database.ts';
import { fillDirectories } from './directories.ts';
import { pickMeasurements } from './identity.ts';
import { loadParts, type DayRange } from './intake.ts';
import { fillInterference } from './interference.ts';
import { fillMeasurements } from './measurements.ts';
import type { Reject } from '../rejects.ts';

export interface RollupInput extends DayRange {
  readonly parts: readonly PlacedPart[];
  readonly categories: readonly CategoryEntry[];
}

export interface Rollup {
  /** Tables now in the database, each in the contract's shape and order; some may be empty. */
  readonly tables: readonly TableName[];
  readonly rejects: readonly Reject[];
  readonly cells: Manifest['cells'];
  /** Rows of parts that are in use: measurements kept and published counts used. */
  readonly rowsOut: number;
  /** First day with data, inclusive; null when there is none. */
  readonly since: Day | null;
  /** Last day with data, inclusive. */
  readonly last: Day | null;
}

/** Tables that OONI's dumps fill. */
const OONI_TABLES = [
  'measurements',
  'interference_country_daily',
  'interference_network_daily',
  'interference_domain_daily',
  'interference_network_domain_weekly',
  'domain_country_weekly',
  'networks',
  'domains',
] as const satisfies readonly TableName[];

/** Rolls the parts up into tables of `db`, which must be empty. */
export async function rollUp(db: Database, input: RollupInput): Promise<Rollup> {
  await loadCategories(db, input.categories);
  const outside = await loadParts(db, input.parts, input);
  const duplicates = await pickMeasurements(db);
  await fillMeasurements(db);
  const choice = await chooseCells(db);
  await fillInterference(db);
  await fillDirectories(db);
  const [tally] = await db.all(`
    SELECT (SELECT count(*) FROM measurements) AS measurements,
      count(*) FILTER (counts_from = 'measurements') AS measured,
      count(*) FILTER (counts_from = 'aggregation') AS aggregated,
      count(*) FILTER (reconciled) AS reconciled,
      strftime(min(day), '%Y-%m-%d') AS since, strftime(max(day), '%Y-%m-%d') AS last
    FROM interference_country_daily`);
  return {
    tables: OONI_TABLES,
    rejects: [...outside, ...duplicates, ...choice.rejects],
    cells: {
      measurements: numberIn(tally, 'measured'),
      aggregation: numberIn(tally, 'aggregated'),
      reconciled: numberIn(tally, 'reconciled'),
      superseded: choice.supersededCells,
    },
    rowsOut: numberIn(tally, 'measurements') + choice.countRowsUsed,
    since: toDay(textOrNullIn(tally, 'since') ?? ''),
    last: toDay(textOrNullIn(tally, 'last') ?? ''),
  };
}
