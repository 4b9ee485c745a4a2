/**
 * The roll-up of measurements as Spark reads it: one measurement once, what may be published of it, and the counting tables.
 * The counts are the very statements that DuckDB runs; what is before them follows `identity.ts` and `measurements.ts`.
 */
import { TEST_NAME_FLOOR } from '../contract/floors.ts';
import { ID_SHAPES, PRIVATE_TEXT } from '../contract/privacy.ts';
import { quoteText } from '../contract/sql.ts';
import { countSql, MEASURED } from './interference.ts';
import { IS_LISTED } from './select.ts';

/** Double quotes name columns, backslashes are letters, and functions have the names that DuckDB gives them. */
export const SPARK_SETTINGS = {
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.ansi.doubleQuotedIdentifiers': 'true',
  'spark.sql.parser.escapedStringLiterals': 'true',
  'spark.sql.session.timeZone': 'UTC',
} as const;

const PICKED = `
  WITH named AS (
    SELECT report_id, measurement_start_time, test_name, coalesce(input, '') AS input_key,
      min(measurement_uid) AS uid
    FROM dump_rows WHERE measurement_uid <> '' AND report_id <> '' GROUP BY ALL),
  keyed AS (
    SELECT r.*, coalesce(nullif(r.measurement_uid, ''), n.uid) AS uid, nullif(r.measurement_uid, '') IS NULL AS borrowed
    FROM dump_rows r LEFT JOIN named n ON n.report_id = r.report_id AND n.test_name = r.test_name
      AND n.measurement_start_time = r.measurement_start_time AND n.input_key = coalesce(r.input, '')),
  placed AS (
    SELECT *, row_number() OVER (
      PARTITION BY uid,
        CASE WHEN uid IS NULL AND report_id <> '' THEN struct(report_id, measurement_start_time, test_name, coalesce(input, '') AS input) END,
        CASE WHEN uid IS NULL AND coalesce(report_id, '') = '' THEN line_hash END
      ORDER BY form, borrowed, coalesce(line_hash, ''), dump_sha256, part_row) AS place
    FROM keyed)
  SELECT * FROM placed WHERE place = 1`;

const PUBLIC_TESTS = `
  SELECT r.test_name AS given, CASE WHEN ${IS_LISTED}
      OR (count(DISTINCT nullif(r.report_id, '')) >= ${TEST_NAME_FLOOR.reports}
        AND count(DISTINCT r.probe_asn) >= ${TEST_NAME_FLOOR.networks})
    THEN r.test_name ELSE 'unlisted_experiment' END AS test_name
  FROM picked r GROUP BY r.test_name`;

const PUBLIC_DOMAINS = `
  SELECT d.domain, c.category_code FROM (SELECT DISTINCT domain FROM dump_rows) d
  LEFT JOIN domain_categories c ON c.domain = d.domain
  WHERE d.domain <> '' AND NOT d.domain RLIKE ${quoteText(`(?i)${PRIVATE_TEXT}`)}`;

const MEASUREMENTS = `
  SELECT CAST(r.measurement_start_time AS DATE) AS day, r.probe_cc, r.probe_asn, t.test_name, d.domain, r.outcome,
    CASE WHEN r.outcome IN ('anomaly', 'confirmed') THEN r.blocking_method END AS blocking_method,
    CASE WHEN r.report_id RLIKE ${quoteText(ID_SHAPES.report_id)} THEN r.report_id END AS report_id
  FROM picked r JOIN public_tests t ON t.given = r.test_name LEFT JOIN public_domains d ON d.domain = r.domain`;

/** What to run, in order, when \`dump_rows\` and \`domain_categories\` are there. Tables go below \`out\`, one folder each. */
export function sparkStatements(out: string): readonly string[] {
  const views = {
    picked: PICKED,
    public_tests: PUBLIC_TESTS,
    public_domains: PUBLIC_DOMAINS,
    measurements: MEASUREMENTS,
  };
  return [
    'CREATE TEMPORARY FUNCTION sha256(text STRING) RETURNS STRING RETURN sha2(text, 256)',
    ...Object.entries(views).map(([name, sql]) => `CREATE TEMPORARY VIEW ${name} AS ${sql}`),
    'CACHE TABLE measurements',
    ...MEASURED.map(
      (count) =>
        `INSERT OVERWRITE DIRECTORY ${quoteText(`${out}/${count.table}`)} USING parquet ${countSql(count)}`,
    ),
  ];
}
