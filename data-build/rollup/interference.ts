/** The tables that count outcomes: one generator, a line of description for each. */
import { TABLES, type TableName } from '../contract/tables.ts';
import type { Database } from './database.ts';
import { countCells, type CountedCells, type WantedCount } from './kept-counts.ts';
import type { KeptFiles } from './kept-files.ts';
import {
  fillTable,
  METHOD_COLUMNS,
  METHOD_EXPRESSIONS,
  OUTCOME_EXPRESSIONS,
  orderList,
  OUTCOME_SUMS,
  selectList,
  type Expressions,
} from './select.ts';
import { TARGET_ORDER, websiteDaysSql } from './targets.ts';

const WEEK = "CAST(date_trunc('week', day) AS DATE)";
const DISTINCT: Expressions = {
  network_count: 'count(DISTINCT probe_asn)',
  only_probe_asn: 'CASE WHEN min(probe_asn) = max(probe_asn) THEN min(probe_asn) END',
  report_count: 'count(DISTINCT report_id)',
};
const FROM_MEASUREMENTS: Expressions = { counts_from: "'measurements'", reconciled: 'false' };

export interface Count {
  readonly table: TableName;
  /** FROM and WHERE over rows of `measurements`. */
  readonly rows: string;
  /** Columns of the grain that are not columns of `measurements`. */
  readonly grain?: Expressions;
  /** Other columns that need more than the counts. */
  readonly more?: Expressions;
}

/** SELECT that counts rows of `measurements` by the grain of the table, in SQL that Spark reads as well. */
export function countSql({ table, rows, grain = {}, more = {} }: Count): string {
  const columns = selectList(table, {
    ...OUTCOME_EXPRESSIONS,
    ...METHOD_EXPRESSIONS,
    ...DISTINCT,
    ...more,
    ...grain,
  });
  const by = TABLES[table].grain.map((column) => grain[column] ?? `"${column}"`);
  return `SELECT ${columns} FROM ${rows} GROUP BY ${by.join(', ')}`;
}

const NO_METHODS: Expressions = Object.fromEntries(METHOD_COLUMNS.map((name) => [name, 'NULL']));

/** SELECT that sums published counts by the grain of the table. */
function sumSql(table: TableName, winners: string, more: Expressions): string {
  const columns = selectList(table, {
    ...OUTCOME_SUMS,
    ...NO_METHODS,
    report_count: 'NULL',
    counts_from: "'aggregation'",
    reconciled: 'bool_or(reconciled)',
    ...more,
  });
  const by = TABLES[table].grain.map((column) => `"${column}"`).join(', ');
  return `SELECT ${columns} FROM counts SEMI JOIN ${winners} USING (part, day, probe_cc, test_name)
    GROUP BY ${by}`;
}

/** A count of rows like `measurements`; `rowsOf` gives FROM and WHERE over the tables or views that it is told. */
interface Counting extends Omit<Count, 'rows'> {
  readonly rowsOf: (source: string, domains: string) => string;
}

/** Those in the cells for which they speak. */
const measuredRows =
  (winners: string) =>
  (source: string): string =>
    `${source} SEMI JOIN (SELECT * FROM ${winners} WHERE part IS NULL) w USING (day, probe_cc, test_name)`;

const withDomain = (source: string, domains: string): string =>
  `${source} LEFT JOIN ${domains} AS named USING (domain) WHERE domain IS NOT NULL`;
const CATEGORY = 'any_value(named.category_code)';

/** Tables that count measurements alone; `public_domains` has the category of each domain. */
const MEASURED_ONLY: readonly Counting[] = [
  { table: 'interference_domain_daily', rowsOf: withDomain, more: { category_code: CATEGORY } },
  {
    table: 'interference_network_domain_weekly',
    rowsOf: (source) => `${source} WHERE outcome <> 'unscored'`,
    grain: { week: WEEK },
  },
  {
    table: 'domain_country_weekly',
    rowsOf: withDomain,
    grain: { week: WEEK },
    more: { category_code: CATEGORY, domain_bucket: 'substr(sha256(domain), 1, 2)' },
  },
];

const COUNTRY = 'interference_country_daily';
const NETWORK = 'interference_network_daily';
const WEBSITES = 'website_days';

/** What is counted from measurements where no published counts are larger. */
export const MEASURED: readonly Count[] = [
  { table: COUNTRY, rows: 'measurements', more: FROM_MEASUREMENTS },
  { table: NETWORK, rows: 'measurements', more: FROM_MEASUREMENTS },
  ...MEASURED_ONLY.map(({ rowsOf, ...count }) => ({
    ...count,
    rows: rowsOf('measurements', 'public_domains'),
  })),
];

/** Cells of four weeks: how many there are, were taken here, and were counted anew. */
export type CellTally = Pick<CountedCells, 'cells' | 'all' | 'counted'>;

/** Fills every interference table, `domain_country_weekly` and `website_days`, from `measurements`, `counts` and the winners. */
export async function fillInterference(
  db: Database,
  kept: KeptFiles,
  isOwn: (at: number) => boolean = () => true,
): Promise<CellTally> {
  const cells = await countCells(db, kept, isOwn, [
    wantedOf({
      table: COUNTRY,
      rowsOf: measuredRows('country_winners'),
      more: FROM_MEASUREMENTS,
    }),
    wantedOf({
      table: NETWORK,
      rowsOf: measuredRows('network_winners'),
      more: FROM_MEASUREMENTS,
    }),
    ...MEASURED_ONLY.map(wantedOf),
    { table: WEBSITES, day: 'day', order: TARGET_ORDER, countOf: websiteDaysSql },
  ]);
  await fillTable(
    db,
    COUNTRY,
    `${cells.select(COUNTRY)}
    UNION ALL BY NAME
    ${sumSql(COUNTRY, 'country_winners', {
      network_count: 'CASE WHEN bool_and(probe_asn IS NOT NULL) THEN count(DISTINCT probe_asn) END',
      only_probe_asn:
        'CASE WHEN bool_and(probe_asn IS NOT NULL) AND min(probe_asn) = max(probe_asn) THEN min(probe_asn) END',
    })}`,
  );
  await fillTable(
    db,
    NETWORK,
    `${cells.select(NETWORK)}
    UNION ALL BY NAME
    ${sumSql(NETWORK, 'network_winners', {})}`,
  );
  for (const { table } of MEASURED_ONLY) await fillTable(db, table, cells.select(table));
  // It grows with the measurements, so it stays in its files.
  await db.run(`CREATE VIEW ${WEBSITES} AS ${cells.select(WEBSITES)}`);
  return { cells: cells.cells, all: cells.all, counted: cells.counted };
}

const wantedOf = ({ rowsOf, ...count }: Counting): WantedCount => ({
  table: count.table,
  day: count.grain === undefined ? 'day' : 'week',
  order: orderList(count.table),
  countOf: (source, domains) => countSql({ ...count, rows: rowsOf(source, domains) }),
});
