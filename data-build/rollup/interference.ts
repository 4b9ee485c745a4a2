/** The tables that count outcomes: one generator, a line of description for each. */
import { TABLES, type TableName } from '../contract/tables.ts';
import type { Database } from './database.ts';
import {
  fillTable,
  METHOD_COLUMNS,
  METHOD_EXPRESSIONS,
  OUTCOME_EXPRESSIONS,
  selectList,
  type Expressions,
} from './select.ts';

const WEEK = "date_trunc('week', day)::DATE";
const DISTINCT: Expressions = {
  network_count: 'count(DISTINCT probe_asn)',
  only_probe_asn: 'CASE WHEN min(probe_asn) = max(probe_asn) THEN min(probe_asn) END',
  report_count: 'count(DISTINCT report_id)',
};
const FROM_MEASUREMENTS: Expressions = { counts_from: "'measurements'", reconciled: 'false' };

interface Count {
  readonly table: TableName;
  /** FROM and WHERE over rows of `measurements`. */
  readonly rows: string;
  /** Columns of the grain that are not columns of `measurements`. */
  readonly grain?: Expressions;
  /** Other columns that need more than the counts. */
  readonly more?: Expressions;
}

/** SELECT that counts rows of `measurements` by the grain of the table. */
function countSql({ table, rows, grain = {}, more = {} }: Count): string {
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
const SUMS: Expressions = Object.fromEntries(
  Object.keys(OUTCOME_EXPRESSIONS).map((name) => [name, `sum("${name}")`]),
);

/** SELECT that sums published counts by the grain of the table. */
function sumSql(table: TableName, winners: string, more: Expressions): string {
  const columns = selectList(table, {
    ...SUMS,
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

/** Rows of `measurements` in the cells for which they speak. */
function measuredRows(winners: string): string {
  return `measurements SEMI JOIN (SELECT * FROM ${winners} WHERE part IS NULL) w USING (day, probe_cc, test_name)`;
}

/** Fills every interference table, and `domain_country_weekly`, from `measurements`, `counts` and the winners. */
export async function fillInterference(db: Database): Promise<void> {
  const country = 'interference_country_daily';
  await fillTable(
    db,
    country,
    `${countSql({ table: country, rows: measuredRows('country_winners'), more: FROM_MEASUREMENTS })}
    UNION ALL BY NAME
    ${sumSql(country, 'country_winners', {
      network_count: 'CASE WHEN bool_and(probe_asn IS NOT NULL) THEN count(DISTINCT probe_asn) END',
      only_probe_asn:
        'CASE WHEN bool_and(probe_asn IS NOT NULL) AND min(probe_asn) = max(probe_asn) THEN min(probe_asn) END',
    })}`,
  );

  const network = 'interference_network_daily';
  await fillTable(
    db,
    network,
    `${countSql({ table: network, rows: measuredRows('network_winners'), more: FROM_MEASUREMENTS })}
    UNION ALL BY NAME
    ${sumSql(network, 'network_winners', {})}`,
  );

  const withDomain =
    'measurements LEFT JOIN public_domains USING (domain) WHERE domain IS NOT NULL';
  const category = 'any_value(public_domains.category_code)';
  const domain = 'interference_domain_daily';
  await fillTable(
    db,
    domain,
    countSql({ table: domain, rows: withDomain, more: { category_code: category } }),
  );

  const networkDomain = 'interference_network_domain_weekly';
  await fillTable(
    db,
    networkDomain,
    countSql({
      table: networkDomain,
      rows: "measurements WHERE outcome <> 'unscored'",
      grain: { week: WEEK },
    }),
  );

  const domainCountry = 'domain_country_weekly';
  await fillTable(
    db,
    domainCountry,
    countSql({
      table: domainCountry,
      rows: withDomain,
      grain: { week: WEEK },
      more: { category_code: category, domain_bucket: 'sha256(domain)[1:2]' },
    }),
  );
}
