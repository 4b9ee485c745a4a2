/** One measurement counts once, in however many dumps and forms it arrives. */
import { IS_LISTED } from './select.ts';

/**
 * SELECT of `part`, `part_row` and `lent_uid` of the one row of each measurement. `rows`: a relation like `dump_rows`.
 *
 * Identity, as a 128-bit number: the uid where there is one; else report, time, test and input when the report
 * has an id; else the hash of the line. A row without a uid whose report, time, test and input are those of a
 * row that has one is that measurement, and takes its uid (the smallest, should there be several): `lent_uid`.
 * Of equal rows the form with the lower FORM_PRECEDENCE is kept; ties go to the row that had its own uid, then by
 * line hash and by the dump's hash, so that the choice does not depend on order or file names.
 */
export function pickSql(rows: string): string {
  return `
  WITH named AS (
    SELECT report_id, measurement_start_time, test_name, coalesce(input, '') AS input_key,
      min(measurement_uid) AS uid
    FROM ${rows}
    WHERE measurement_uid <> '' AND report_id IN (
      SELECT report_id FROM ${rows} WHERE coalesce(measurement_uid, '') = '' AND report_id <> '')
    GROUP BY ALL
  ),
  owned AS (
    SELECT r.part, r.part_row, r.form, r.line_hash, r.report_id, r.measurement_start_time, r.test_name,
      coalesce(r.input, '') AS input_key, nullif(r.measurement_uid, '') AS own_uid
    FROM ${rows} r
  ),
  keyed AS (
    SELECT o.part, o.part_row, o.form, o.line_hash, o.own_uid IS NULL AS borrowed,
      CASE WHEN o.own_uid IS NULL THEN n.uid END AS lent_uid,
      CASE
        WHEN coalesce(o.own_uid, n.uid) IS NOT NULL
          THEN md5_number('uid ' || coalesce(o.own_uid, n.uid))
        WHEN o.report_id <> '' THEN md5_number(concat('report ', length(o.report_id), ' ', o.report_id, ' ',
          epoch_us(o.measurement_start_time), ' ', length(o.test_name), ' ', o.test_name, ' ', o.input_key))
        ELSE md5_number('line ' || o.line_hash)
      END AS identity
    FROM owned o LEFT JOIN named n USING (report_id, measurement_start_time, test_name, input_key)
  )
  SELECT unnest(arg_min({part: k.part, part_row: k.part_row, lent_uid: k.lent_uid},
    (k.form, k.borrowed, coalesce(k.line_hash, ''), p.dump_sha256, k.part_row)))
  FROM keyed k JOIN parts p USING (part)
  GROUP BY identity`;
}

/**
 * SELECT of `part`, `part_row` and what identifies it of each row of the measurements of which some row is named: those that
 * have its uid, and those without a uid that have the report, time, test and input of one of these. `isNamed`: never null.
 */
export function wholeSql(rows: string, isNamed: string): string {
  const columns =
    'part, part_row, measurement_uid, report_id, measurement_start_time, test_name, input';
  return `
  WITH known AS MATERIALIZED (
    SELECT ${columns} FROM ${rows}
    WHERE ${isNamed} OR coalesce(measurement_uid IN (
      SELECT measurement_uid FROM ${rows} WHERE ${isNamed} AND measurement_uid <> ''), false))
  FROM known
  UNION ALL
  SELECT ${columns} FROM ${rows}
  WHERE NOT ${isNamed} AND coalesce(measurement_uid, '') = ''
    AND (report_id, measurement_start_time, test_name, coalesce(input, '')) IN (
      SELECT (report_id, measurement_start_time, test_name, coalesce(input, '')) FROM known WHERE report_id <> '')`;
}

/** SELECT of the first rows that are not picked, as samples of duplicates. */
export function repeatsSql(rows: string, picked: string): string {
  return `
    SELECT r.part, r.part_row, CASE WHEN ${IS_LISTED} THEN r.test_name ELSE 'experiment' END || ' of ' || strftime(r.measurement_start_time, '%Y-%m-%d') AS detail
    FROM ${rows} r JOIN parts p USING (part) ANTI JOIN ${picked} USING (part, part_row)
    ORDER BY p.dump, r.part_row LIMIT 3`;
}

/**
 * SELECT of the uids of a span whose own date is of another span: the same measurement may stand in both. All other rows with
 * one uid, or with one report, time, test and input, are in one span. A uid without a date may be anywhere.
 */
export function strayUidsSql(rows: string, span: string): string {
  return `SELECT DISTINCT measurement_uid AS uid FROM ${rows}
    WHERE measurement_uid <> '' AND NOT ${datedSql('measurement_uid', span)}`;
}

/** SQL for whether the date in a uid (`20241107…`) is of a span. */
export const datedSql = (uid: string, span: string): string =>
  `starts_with(${uid}, '${span.replaceAll('-', '')}')`;
