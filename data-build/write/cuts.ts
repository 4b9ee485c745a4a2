/** What slices are cut from tables: which keys have one, and what decides whether the one of the release before will do. */
import type { Day } from '../contract/brands.ts';
import type { Edition } from '../contract/feed-paths.ts';
import { isFolderName, MOST_DOMAIN_SLICES, SLICED, type SliceKind } from '../contract/slices.ts';
import type { LicenceSlug } from '../contract/publishers.ts';
import { quoteText } from '../contract/sql.ts';
import { tableColumns, TABLES, type TableName } from '../contract/tables.ts';
import {
  dayOrNullIn,
  numberIn,
  textIn,
  textOrNullIn,
  type Database,
  type SqlRow,
} from '../rollup/database.ts';
import { printSql, spanSql } from '../rollup/select.ts';
import { fileLicence } from './attribution.ts';
import type { FileLedger, Growth } from './file-ledger.ts';
import { KEYS, type KeyedRows } from './slice-texts.ts';

/** What a slice is cut from and where it goes; `where` picks its rows. */
export interface Cut extends KeyedRows {
  readonly licence: LicenceSlug;
  /** Changes with the rows. */
  readonly print: string;
  readonly where: string;
  /** The first day that its rows cover, and the first after them; null: they have no days. */
  readonly since: Day | null;
  readonly until: Day | null;
  /** Absent: its rows have no days, or do not stand together. */
  readonly days?: CutDays;
}

/** The rows of a slice by their days. */
interface CutDays extends Pick<Growth, 'former' | 'settled'> {
  /** Those from the last day of the release before on, and their places among all. */
  readonly added: KeyedRows;
  readonly places: readonly number[];
}

/** Keys that have slices, by kind: websites by how much they were measured, others all. */
async function keysOf(db: Database, kind: SliceKind): Promise<ReadonlySet<string> | null> {
  if (kind !== 'domain') return null;
  const rows = await db.all(
    'SELECT domain FROM domains ORDER BY measurement_count DESC, domain LIMIT 100000',
  );
  const names = rows.map((row) => textIn(row, 'domain')).filter(isFolderName);
  return new Set(names.slice(0, MOST_DOMAIN_SLICES));
}

/** The slices of one kind, table by table, in the order of their keys. */
export async function listCuts(
  db: Database,
  kind: SliceKind,
  edition: Edition,
  ledger: FileLedger,
): Promise<readonly Cut[]> {
  const keys = await keysOf(db, kind);
  const cuts: Cut[] = [];
  for (const table of SLICED[kind].tables) {
    const { licence: fixed } = TABLES[table];
    if (edition === 'cc0' && fixed !== 'row' && fixed !== 'cc0') continue;
    const columns = tableColumns(table).map(({ name }) => name);
    const dated = await readDays(db, table, ledger);
    const printBefore = (day: string | null): string =>
      dated === null || day === null ? 'NULL' : printSql(columns, dated.isBefore(day));
    const { since, until } = spanSql(table);
    const licenceSql = fixed === 'row' ? 'licence' : quoteText(fixed);
    const rows = await db.all(`
      SELECT ${KEYS[kind]} AS key, ${licenceSql} AS licence, count(*) AS rows, ${printSql(columns)} AS print,
        ${since} AS since, ${until} AS until, min(rowid) AS first, max(rowid) - min(rowid) + 1 AS reach,
        ${printBefore(dated?.was ?? null)} AS former, ${printBefore(dated?.last ?? null)} AS settled
      FROM "${table}" WHERE (${KEYS[kind]}) IS NOT NULL GROUP BY ALL ORDER BY key, licence`);
    for (const row of rows) {
      const key = textIn(row, 'key');
      if (keys !== null && !keys.has(key)) continue;
      const licence = fileLicence(table, { licence: textIn(row, 'licence') });
      const among = fixed === 'row' ? `licence = ${quoteText(licence)}` : 'true';
      const own = { kind, key, table, among, rows: numberIn(row, 'rows') };
      cuts.push({
        ...own,
        licence,
        where:
          row['reach'] === own.rows
            ? `rowid BETWEEN ${numberIn(row, 'first')} AND ${numberIn(row, 'first') + own.rows - 1}`
            : `(${whereKey(kind, key)}) AND ${among}`,
        print: textIn(row, 'print'),
        since: dayOrNullIn(row, 'since'),
        until: dayOrNullIn(row, 'until'),
        ...(dated === null || numberIn(row, 'reach') !== own.rows
          ? {}
          : { days: daysOf(own, row, dated) }),
      });
    }
  }
  return cuts;
}

/** The days of a table whose rows have some. */
interface TableDays {
  /** Its last one, and that of the release before. */
  readonly last: string;
  readonly was: string | null;
  /** SQL for the rows before a day, and for all others. */
  isBefore(day: string): string;
  isOther(day: string): string;
  /** Places of the rows in the table from these two days on, ascending. */
  readonly sinceLast: readonly number[];
  readonly sinceWas: readonly number[];
}

async function readDays(
  db: Database,
  table: TableName,
  ledger: FileLedger,
): Promise<TableDays | null> {
  const column = tableColumns(table).find(({ name }) => name === 'day' || name === 'week')?.name;
  if (column === undefined) return null;
  const [row] = await db.all(
    `SELECT strftime(max("${column}"), '%Y-%m-%d') AS last FROM "${table}"`,
  );
  const last = textOrNullIn(row, 'last');
  if (last === null) return null;
  ledger.noteLastDay(table, last);
  const was = ledger.lastDayOf(table);
  const isBefore = (day: string): string => `"${column}" < DATE ${quoteText(day)}`;
  const isOther = (day: string): string => `(${isBefore(day)}) IS NOT TRUE`;
  const placesSince = async (day: string): Promise<readonly number[]> => {
    const rows = await db.all(
      `SELECT rowid AS place FROM "${table}" WHERE ${isOther(day)} ORDER BY rowid`,
    );
    return rows.map((each) => numberIn(each, 'place'));
  };
  return {
    last,
    was,
    isBefore,
    isOther,
    sinceLast: await placesSince(last),
    sinceWas: was === null ? [] : await placesSince(was),
  };
}

/** Of a slice whose rows stand together in the table. */
function daysOf(slice: KeyedRows, row: SqlRow, days: TableDays): CutDays {
  const first = numberIn(row, 'first');
  const placesIn = (places: readonly number[]): readonly number[] =>
    places
      .slice(countBelow(places, first), countBelow(places, first + slice.rows))
      .map((place) => place - first);
  const places = placesIn(days.sinceWas);
  const among = days.was === null ? 'false' : `${slice.among} AND ${days.isOther(days.was)}`;
  return {
    former: textOrNullIn(row, 'former'),
    settled: { print: textIn(row, 'settled'), others: placesIn(days.sinceLast) },
    added: { ...slice, among, rows: places.length },
    places,
  };
}

/** How many of ascending numbers are smaller. */
function countBelow(numbers: readonly number[], limit: number): number {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((numbers[middle] ?? limit) < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The rows of a key, as a condition that lets the engine skip row groups. */
function whereKey(kind: SliceKind, key: string): string {
  if (kind === 'world') return 'true';
  if (kind === 'country') return `probe_cc = ${quoteText(key)}`;
  if (kind === 'domain')
    return `domain_bucket = substr(sha256(${quoteText(key)}), 1, 2) AND domain = ${quoteText(key)}`;
  const group = Number(key.slice(2, -2));
  return `probe_asn BETWEEN ${group * 100} AND ${group * 100 + 99}`;
}
