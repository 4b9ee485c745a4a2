/** Whether a release made earlier holds what the operator has been asked to take away since. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { quoteText } from '../contract/sql.ts';
import { notNamed, type Exclusion } from '../exclusions.ts';
import { numberIn, type Database } from './database.ts';

/**
 * Asks the published measurements in `folder`: every other table is counted from them. `excluded_rows` must be there. A
 * measurement may have lost its uid, input and domain there, so its report and second will do.
 */
export async function isFreeOf(
  db: Database,
  folder: string,
  exclusions: readonly Exclusion[],
): Promise<boolean> {
  const table = join(folder, 'measurements');
  if (exclusions.length === 0 || !existsSync(table)) return true;
  const [found] = await db.all(
    `SELECT count(*) AS rows FROM read_parquet(${quoteText(`${table}/**/*.parquet`)}, hive_partitioning = true)
    WHERE NOT (${notNamed(exclusions)})
      OR measurement_uid IN (SELECT measurement_uid FROM excluded_rows)
      OR (report_id, measurement_start_time) IN (
        SELECT (report_id, measurement_start_time) FROM excluded_rows WHERE report_id <> '')`,
  );
  return numberIn(found, 'rows') === 0;
}
