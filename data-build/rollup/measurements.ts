/** The published `measurements` table: the picked rows, with category, and input only where it may be shown. */
import { INPUT_FLOOR, TEST_NAME_FLOOR } from '../contract/floors.ts';
import { ID_SHAPES } from '../contract/privacy.ts';
import { quoteText } from '../contract/sql.ts';
import type { Database } from './database.ts';
import { fillTable, IS_LISTED, publishable, selectList } from './select.ts';

/**
 * Inputs that may be published: they name a public domain, hold nothing private, and are on a test list or were
 * seen in INPUT_FLOOR.reports reports from INPUT_FLOOR.networks networks.
 */
const PUBLIC_INPUTS_SQL = `
  CREATE TABLE public_inputs AS
  SELECT r.input
  FROM dump_rows r JOIN picked USING (part, part_row)
  WHERE r.input <> '' AND r.domain <> ''
  GROUP BY r.input
  HAVING (
      r.input IN (SELECT url FROM list_urls)
      OR (count(DISTINCT nullif(r.report_id, '')) >= ${INPUT_FLOOR.reports}
        AND count(DISTINCT r.probe_asn) >= ${INPUT_FLOOR.networks})
    )
    AND ${publishable('r.input')} IS NOT NULL
    AND NOT regexp_matches(r.input, '[[:cntrl:]]')`;

const PUBLIC_DOMAINS_SQL = `
  CREATE TABLE public_domains AS
  SELECT d.domain, c.category_code
  FROM (SELECT DISTINCT domain FROM dump_rows) d LEFT JOIN domain_categories c USING (domain)
  WHERE d.domain <> '' AND ${publishable('d.domain')} IS NOT NULL`;

/** Names of tests as they are published: those of the vocabulary, and others that are widely seen. */
const PUBLIC_TESTS_SQL = `
  CREATE TABLE public_tests AS
  SELECT r.test_name AS given, CASE WHEN ${IS_LISTED}
      OR (count(DISTINCT nullif(r.report_id, '')) >= ${TEST_NAME_FLOOR.reports}
        AND count(DISTINCT r.probe_asn) >= ${TEST_NAME_FLOOR.networks})
    THEN r.test_name ELSE 'unlisted_experiment' END AS test_name
  FROM dump_rows r JOIN picked USING (part, part_row)
  GROUP BY r.test_name`;

function idOrNull(expression: string, shape: string): string {
  return `CASE WHEN regexp_matches(${expression}, ${quoteText(shape)}) THEN ${expression} END`;
}

/** Fills `measurements` from `dump_rows` and `picked`. Every later count of measurements is made from it. */
export async function fillMeasurements(db: Database): Promise<void> {
  await db.run(PUBLIC_INPUTS_SQL);
  await db.run(PUBLIC_DOMAINS_SQL);
  await db.run(PUBLIC_TESTS_SQL);
  const columns = selectList('measurements', {
    month: "strftime(r.measurement_start_time, '%Y-%m')",
    day: 'r.measurement_start_time::DATE',
    measurement_start_time: 'r.measurement_start_time',
    probe_cc: 'r.probe_cc',
    test_name: 't.test_name',
    test_version: publishable('r.test_version'),
    input: 'i.input',
    domain: 'd.domain',
    category_code: 'coalesce(own.category_code, everywhere.category_code, d.category_code)',
    blocking_method: "CASE WHEN r.outcome IN ('anomaly', 'confirmed') THEN r.blocking_method END",
    blocking_detail: publishable('r.blocking_detail'),
    confirmed_in_country: 'coalesce(r.confirmed_in_country, false)',
    software_family: "coalesce(r.software_family, 'other')",
    unattended: 'coalesce(r.unattended, false)',
    measurement_uid: idOrNull('picked.uid', ID_SHAPES.measurement_uid),
    report_id: idOrNull('r.report_id', ID_SHAPES.report_id),
  });
  await fillTable(
    db,
    'measurements',
    `SELECT ${columns}
    FROM dump_rows r
    JOIN picked USING (part, part_row)
    JOIN public_tests t ON t.given = r.test_name
    LEFT JOIN public_inputs i ON i.input = r.input
    LEFT JOIN public_domains d ON d.domain = r.domain
    LEFT JOIN url_categories own ON own.url = r.input AND own.list = r.probe_cc
    LEFT JOIN url_categories everywhere ON everywhere.url = r.input AND everywhere.list = 'global'`,
  );
}
