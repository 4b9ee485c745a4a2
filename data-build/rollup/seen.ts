/**
 * What may be published of names that dumps give: inputs, domains, tests, networks. It is decided over all measurements, from
 * what each span has seen: of a name's reports and networks no more are noted than its floor asks for.
 */
import { INPUT_FLOOR, NETWORK_NAME_FLOOR, TEST_NAME_FLOOR } from '../contract/floors.ts';
import type { Database } from './database.ts';
import { IS_LISTED, printSql, publishable } from './select.ts';

/** SELECT of up to `most` different values by `by`, the smallest ones, in a list called `as`. */
const fewSql = (rows: string, by: string, value: string, most: number, as: string): string =>
  `SELECT ${by}, min(value, ${most}) AS ${as} FROM (SELECT DISTINCT ${by}, ${value} AS value FROM ${rows}) GROUP BY ${by}`;

/** SELECT of what one span has seen, as rows of `seen`. `rows`: all its rows; `picked`: those that count once; null: all. */
export function seenSql(rows: string, picked: string | null): string {
  const inputs = "(SELECT * FROM own WHERE input <> '' AND domain <> '')";
  const names = "(SELECT * FROM own WHERE name <> '')";
  return `
    WITH own AS MATERIALIZED (
      -- Only how many reports there are is asked, so a number stands for each.
      SELECT r.input, r.domain, r.test_name, CASE WHEN r.report_id <> '' THEN hash(r.report_id) END AS report, r.probe_asn, trim(r.probe_network_name) AS name
      FROM ${rows} r ${picked === null ? '' : `SEMI JOIN ${picked} USING (part, part_row)`})
    SELECT 'input' AS kind, input AS name, NULL::UINTEGER AS probe_asn, NULL::BIGINT AS times, reports, asns
    FROM (${fewSql(inputs, 'input', 'report', INPUT_FLOOR.reports, 'reports')})
    JOIN (${fewSql(inputs, 'input', 'probe_asn', INPUT_FLOOR.networks, 'asns')}) USING (input)
    UNION ALL
    SELECT 'test', test_name, NULL, NULL, reports, asns
    FROM (${fewSql('own', 'test_name', 'report', TEST_NAME_FLOOR.reports, 'reports')})
    JOIN (${fewSql('own', 'test_name', 'probe_asn', TEST_NAME_FLOOR.networks, 'asns')}) t USING (test_name)
    UNION ALL
    SELECT 'network', name, probe_asn, times, reports, NULL
    FROM (SELECT probe_asn, name, count(*) AS times FROM ${names} GROUP BY ALL)
    JOIN (${fewSql(names, 'probe_asn, name', 'report', NETWORK_NAME_FLOOR, 'reports')}) USING (probe_asn, name)
    UNION ALL
    SELECT DISTINCT 'domain', domain, NULL::UINTEGER, NULL::BIGINT, NULL::UBIGINT[], NULL::UINTEGER[] FROM ${picked === null ? 'own' : rows} WHERE domain <> ''`;
}

/** Of every span: see `seenSql`. */
export const SEEN_DDL =
  'CREATE TABLE seen (span VARCHAR, kind VARCHAR, name VARCHAR, probe_asn UINTEGER, times BIGINT, reports UBIGINT[], asns UINTEGER[])';

/** SQL for whether lists, put together, have as many different values. */
const have = (list: string, most: number): string =>
  `coalesce(len(list_distinct(flatten(list(${list}) FILTER (${list} IS NOT NULL)))), 0) >= ${most}`;

/**
 * Inputs that may be published: they name a public domain, hold nothing private, and are on a test list or were
 * seen in INPUT_FLOOR.reports reports from INPUT_FLOOR.networks networks.
 */
const PUBLIC_INPUTS_SQL = `
  CREATE TABLE public_inputs AS
  SELECT name AS input FROM seen WHERE kind = 'input'
  GROUP BY name
  HAVING (name IN (SELECT url FROM list_urls)
      OR (${have('reports', INPUT_FLOOR.reports)} AND ${have('asns', INPUT_FLOOR.networks)}))
    AND ${publishable('name')} IS NOT NULL
    AND NOT regexp_matches(name, '[[:cntrl:]]')`;

const PUBLIC_DOMAINS_SQL = `
  CREATE TABLE public_domains AS
  SELECT d.domain, c.category_code
  FROM (SELECT DISTINCT name AS domain FROM seen WHERE kind = 'domain') d LEFT JOIN domain_categories c USING (domain)
  WHERE ${publishable('d.domain')} IS NOT NULL`;

/** Names of tests as they are published: those of the vocabulary, and others that are widely seen. */
const PUBLIC_TESTS_SQL = `
  CREATE TABLE public_tests AS
  SELECT name AS given, CASE WHEN ${IS_LISTED.replace('r.test_name', 'name')}
      OR (${have('reports', TEST_NAME_FLOOR.reports)} AND ${have('asns', TEST_NAME_FLOOR.networks)})
    THEN name ELSE 'unlisted_experiment' END AS test_name
  FROM seen WHERE kind = 'test' GROUP BY name`;

/**
 * The name of a network that most of its measurements carry (ties: sorts first), unless it holds something private or is
 * carried by too few reports.
 */
const NETWORK_NAMES_SQL = `
  CREATE TABLE network_names AS
  WITH named AS (
    SELECT probe_asn, name, sum(times) AS times FROM seen WHERE kind = 'network'
    GROUP BY ALL HAVING ${have('reports', NETWORK_NAME_FLOOR)})
  SELECT probe_asn, arg_min(name, (-times, name)) AS name
  FROM named WHERE ${publishable('name')} IS NOT NULL
  GROUP BY probe_asn`;

/** Creates `public_inputs`, `public_domains`, `public_tests` and `network_names` from `seen`. */
export async function decideNames(db: Database): Promise<void> {
  await db.run(PUBLIC_INPUTS_SQL);
  await db.run(PUBLIC_DOMAINS_SQL);
  await db.run(PUBLIC_TESTS_SQL);
  await db.run(NETWORK_NAMES_SQL);
}

/** SELECT of a text by span that changes with what is published of its names, and with their categories. */
export const NAMES_PRINT_SQL = `
  SELECT span, ${printSql(['kind', 'name', 'said', 'list'])} AS print FROM (
    SELECT s.span, s.kind, s.name, u.category_code AS said, u.list
    FROM seen s JOIN public_inputs i ON i.input = s.name LEFT JOIN url_categories u ON u.url = s.name WHERE s.kind = 'input'
    UNION ALL SELECT s.span, s.kind, s.name, d.category_code, NULL
    FROM seen s JOIN public_domains d ON d.domain = s.name WHERE s.kind = 'domain'
    UNION ALL SELECT s.span, s.kind, s.name, t.test_name, NULL
    FROM seen s JOIN public_tests t ON t.given = s.name WHERE s.kind = 'test')
  GROUP BY span`;
