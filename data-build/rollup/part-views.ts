/** Makes the parts visible to SQL: `dump_rows` and `count_rows`, cut to the days asked for. */
import { join } from 'node:path';
import type { Day } from '../contract/brands.ts';
import { PART_KINDS, partColumns, type PartKind, type PlacedPart } from '../parts.ts';
import { TESTS_FROM } from '../contract/publishers.ts';
import { quoteText } from '../contract/sql.ts';
import { hashOf } from '../hash.ts';
import { notNamed, type Exclusion } from '../exclusions.ts';
import { numberIn, textIn, type Database } from './database.ts';
import { wholeSql } from './identity.ts';
import type { Reject } from '../rejects.ts';

export interface DayRange {
  /** First day used, inclusive; null: from the beginning. */
  readonly since: Day | null;
  /** First day no longer used (exclusive); null: to the end. */
  readonly until: Day | null;
}

/** Parts of one kind, each dump's content once; a dump given under two names is read under the first. */
export function distinctParts(parts: readonly PlacedPart[], kind: PartKind): readonly PlacedPart[] {
  const byContent = new Map<string, PlacedPart>();
  const ordered = parts
    .filter((part) => part.kind === kind && part.rows_out > 0)
    .toSorted((a, b) => (a.dump < b.dump ? -1 : a.dump > b.dump ? 1 : 0));
  for (const part of ordered) {
    if (!byContent.has(part.dump_sha256)) byContent.set(part.dump_sha256, part);
  }
  return [...byContent.values()];
}

/** Rejects for dumps whose bytes were already read under another name: every row is a duplicate. */
function repeatedDumps(parts: readonly PlacedPart[]): readonly Reject[] {
  const used = new Set(
    PART_KINDS.flatMap((kind) => distinctParts(parts, kind).map((part) => part.dump)),
  );
  return parts
    .filter((part) => part.rows_out > 0 && !used.has(part.dump))
    .map((part) => ({
      reason: 'duplicate',
      source: part.source,
      count: part.rows_out,
      samples: [{ file: part.dump, line: null, detail: 'the same bytes under another name' }],
    }));
}

function dayFilter(column: string, range: DayRange): string {
  const since = range.since === null ? '' : ` AND ${column} >= DATE ${quoteText(range.since)}`;
  const until = range.until === null ? '' : ` AND ${column} < DATE ${quoteText(range.until)}`;
  return `(${column} IS NULL OR (true${since}${until}))`;
}

/** Views by kind of part. */
const VIEW_NAMES: Readonly<Record<PartKind, string>> = {
  measurements: 'dump_rows',
  counts: 'count_rows',
  tool_use: 'tool_use_rows',
  indicators: 'indicator_rows',
  records: 'record_rows',
  organizations: 'organization_rows',
  throughput_days: 'throughput_days_rows',
  throughput_months: 'throughput_months_rows',
  ndt_tests: 'ndt_tests_rows',
};

/** The day by which --since and --until cut; a month counts by its first day. Rows without a day stay, and names, which hold on. */
const DAY_EXPRESSIONS: Readonly<Record<PartKind, string>> = {
  measurements: 'measurement_start_time',
  counts: 'day',
  tool_use: 'day',
  indicators: 'day',
  records: 'first_day',
  organizations: 'NULL::DATE',
  throughput_days: 'day',
  throughput_months: "strptime(month, '%Y-%m')",
  ndt_tests: 'day',
};

function readParts(kind: PartKind, parts: readonly PlacedPart[]): string {
  const columns = partColumns(kind);
  if (parts.length === 0) {
    const empty = columns.map(({ name, type }) => `NULL::${type} AS "${name}"`).join(', ');
    return `SELECT NULL::UBIGINT AS part, NULL::BIGINT AS part_row, ${empty} WHERE false`;
  }
  const files = parts.map((part) => quoteText(join(part.folder, part.parquet))).join(', ');
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const ids = parts.map(partId).join(', ');
  return `SELECT ([${ids}]::UBIGINT[])[file_index::BIGINT + 1] AS part, file_row_number AS part_row, ${names}
    FROM read_parquet([${files}], hive_partitioning = false)`;
}

/** Number of a part in the database, as text. It stays the same from build to build. */
export const partId = (part: PlacedPart): string =>
  BigInt(`0x${hashOf(`${part.kind} ${part.dump_sha256}`).slice(0, 16)}`).toString();

/** Rows without those of `excluded_rows`. */
const withoutExcluded = (rows: string): string =>
  `SELECT * FROM ${rows} ANTI JOIN excluded_rows USING (part, part_row)`;

/** SELECT of the rows of some parts as `dump_rows` has them. */
export function measurementRows(parts: readonly PlacedPart[], range: DayRange): string {
  const within = dayFilter(DAY_EXPRESSIONS.measurements, range);
  return `SELECT * FROM (${withoutExcluded(`(${readParts('measurements', parts)})`)}) WHERE ${within}`;
}

/** Creates `excluded_rows`. Only their number is told: a sample would repeat what somebody asked to have taken away. */
async function findExcluded(
  db: Database,
  exclusions: readonly Exclusion[],
): Promise<readonly Reject[]> {
  const given = `given_${VIEW_NAMES.measurements}`;
  const isNone = exclusions.length === 0;
  const select = isNone
    ? `FROM ${given} LIMIT 0`
    : wholeSql(given, `(NOT (${notNamed(exclusions)}))`);
  await db.run(`CREATE TABLE excluded_rows AS ${select}`);
  if (isNone) return [];
  const [counted] = await db.all('SELECT count(*) AS rows FROM excluded_rows');
  return [
    { reason: 'excluded', source: TESTS_FROM, count: numberIn(counted, 'rows'), samples: [] },
  ];
}

async function makeRowView(
  db: Database,
  kind: PartKind,
  parts: readonly PlacedPart[],
  range: DayRange,
): Promise<readonly Reject[]> {
  const day = DAY_EXPRESSIONS[kind];
  const view = VIEW_NAMES[kind];
  const all = kind === 'measurements' ? withoutExcluded(`given_${view}`) : readParts(kind, parts);
  await db.run(`CREATE VIEW all_${view} AS ${all}`);
  const within = dayFilter(day, range);
  await db.run(`CREATE VIEW ${view} AS SELECT * FROM all_${view} WHERE ${within}`);
  if (range.since === null && range.until === null) return [];
  const outside = await db.all(`
    SELECT p.dump, p.source, count(*) AS rows, strftime(min(${day}), '%Y-%m-%d') AS first,
      strftime(max(${day}), '%Y-%m-%d') AS last
    FROM all_${view} r JOIN parts p USING (part)
    WHERE NOT ${within} GROUP BY ALL ORDER BY p.dump`);
  return outside.map((row) => ({
    reason: 'outside_dates',
    source: parts.find((part) => part.dump === row['dump'])?.source ?? null,
    count: numberIn(row, 'rows'),
    samples: [
      {
        file: textIn(row, 'dump'),
        line: null,
        detail: `${textIn(row, 'first')} to ${textIn(row, 'last')}`,
      },
    ],
  }));
}

/**
 * Creates `parts(part, dump, dump_sha256, source)`, `excluded_rows`, and one view per kind of part, with
 * `part` and `part_row` before the columns of the part table. Returns what stays outside.
 */
export async function loadParts(
  db: Database,
  parts: readonly PlacedPart[],
  range: DayRange,
  exclusions: readonly Exclusion[],
): Promise<readonly Reject[]> {
  await db.run(
    'CREATE TABLE parts (part UBIGINT, dump VARCHAR, dump_sha256 VARCHAR, source VARCHAR)',
  );
  const byKind = PART_KINDS.map((kind) => ({ kind, parts: distinctParts(parts, kind) }));
  const all = byKind.flatMap((one) => one.parts);
  if (all.length > 0) {
    const rows = all.map(
      (part) =>
        `(${partId(part)}, ${quoteText(part.dump)}, '${part.dump_sha256}', '${part.source}')`,
    );
    await db.run(`INSERT INTO parts VALUES ${rows.join(', ')}`);
  }
  const measured = readParts('measurements', distinctParts(parts, 'measurements'));
  await db.run(`CREATE VIEW given_${VIEW_NAMES.measurements} AS ${measured}`);
  const excluded = await findExcluded(db, exclusions);
  const rejects = [...repeatedDumps(parts)];
  for (const one of byKind) rejects.push(...(await makeRowView(db, one.kind, one.parts, range)));
  return [...rejects, ...excluded];
}

/** Exclusions that name no row of the parts: what was asked for is elsewhere, or misspelled. Parts must be loaded. */
export async function unmatchedExclusions(
  db: Database,
  exclusions: readonly Exclusion[],
): Promise<readonly Exclusion[]> {
  const unmatched: Exclusion[] = [];
  for (const exclusion of exclusions) {
    const [found] = await db.all(
      `SELECT count(*) AS rows FROM given_${VIEW_NAMES.measurements} WHERE NOT (${notNamed([exclusion])})`,
    );
    if (numberIn(found, 'rows') === 0) unmatched.push(exclusion);
  }
  return unmatched;
}
