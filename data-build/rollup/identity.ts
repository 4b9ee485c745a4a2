/** One measurement counts once, in however many dumps and forms it arrives. */
import type { RejectSample } from '../contract/manifest.ts';
import { TESTS_FROM } from '../contract/publishers.ts';
import { numberIn, textIn, type Database } from './database.ts';
import { IS_LISTED } from './select.ts';
import type { Reject } from '../rejects.ts';

/**
 * Identity, as a 128-bit number: the uid where there is one; else report, time, test and input when the report
 * has an id; else the hash of the line. A row without a uid whose report, time, test and input are those of a
 * row that has one is that measurement, and takes its uid (the smallest, should there be several).
 * Of equal rows the form with the lower FORM_PRECEDENCE is kept; ties go to the row that had its own uid, then by
 * line hash and by the dump's hash, so that the choice does not depend on order or file names.
 */
const PICKED_SQL = `
  CREATE TABLE picked AS
  WITH named AS (
    SELECT report_id, measurement_start_time, test_name, coalesce(input, '') AS input_key,
      min(measurement_uid) AS uid
    FROM dump_rows
    WHERE measurement_uid <> '' AND report_id IN (
      SELECT report_id FROM dump_rows WHERE coalesce(measurement_uid, '') = '' AND report_id <> '')
    GROUP BY ALL
  ),
  owned AS (
    SELECT r.part, r.part_row, r.form, r.line_hash, r.report_id, r.measurement_start_time, r.test_name,
      coalesce(r.input, '') AS input_key, nullif(r.measurement_uid, '') AS own_uid
    FROM dump_rows r
  ),
  keyed AS (
    SELECT o.part, o.part_row, o.form, o.line_hash, o.own_uid IS NULL AS borrowed,
      coalesce(o.own_uid, n.uid) AS uid,
      CASE
        WHEN coalesce(o.own_uid, n.uid) IS NOT NULL
          THEN md5_number('uid ' || coalesce(o.own_uid, n.uid))
        WHEN o.report_id <> '' THEN md5_number(concat('report ', length(o.report_id), ' ', o.report_id, ' ',
          epoch_us(o.measurement_start_time), ' ', length(o.test_name), ' ', o.test_name, ' ', o.input_key))
        ELSE md5_number('line ' || o.line_hash)
      END AS identity
    FROM owned o LEFT JOIN named n USING (report_id, measurement_start_time, test_name, input_key)
  )
  SELECT identity, any_value(uid) AS uid,
    unnest(arg_min({part: k.part, part_row: k.part_row},
      (k.form, k.borrowed, coalesce(k.line_hash, ''), p.dump_sha256, k.part_row)))
  FROM keyed k JOIN parts p USING (part)
  GROUP BY identity`;

async function sampleDuplicates(db: Database): Promise<readonly RejectSample[]> {
  const rows = await db.all(`
    SELECT p.dump, CASE WHEN ${IS_LISTED} THEN r.test_name ELSE 'experiment' END || ' of ' || strftime(r.measurement_start_time, '%Y-%m-%d') AS detail
    FROM dump_rows r JOIN parts p USING (part) ANTI JOIN picked USING (part, part_row)
    ORDER BY p.dump, r.part_row LIMIT 3`);
  return rows.map((row) => ({
    file: textIn(row, 'dump'),
    line: null,
    detail: textIn(row, 'detail').slice(0, 80),
  }));
}

/** Creates `picked(identity, uid, part, part_row)`: the one row of each measurement. Returns the duplicates. */
export async function pickMeasurements(db: Database): Promise<readonly Reject[]> {
  await db.run(PICKED_SQL);
  const [counted] = await db.all(`
    SELECT (SELECT count(*) FROM dump_rows) AS given, (SELECT count(*) FROM picked) AS kept`);
  const duplicates = numberIn(counted, 'given') - numberIn(counted, 'kept');
  if (duplicates === 0) return [];
  const samples = await sampleDuplicates(db);
  return [{ reason: 'duplicate', source: TESTS_FROM, count: duplicates, samples }];
}
