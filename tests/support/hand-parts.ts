/** Hand-made parts, so that the roll-up can be tested without dumps. */
import { join } from 'node:path';
import { quoteText } from '../../data-build/contract/sql.ts';
import { hashOf } from '../../data-build/hash.ts';
import {
  partColumns,
  type PartKind,
  type PartRow,
  type PlacedPart,
} from '../../data-build/parts.ts';
import type { Database } from '../../data-build/rollup/database.ts';

type Cell = string | number | boolean | null;
/** A row of a part as it is written by hand; DuckDB reads each cell as its column’s type. */
export type HandRow<K extends PartKind> = Readonly<Partial<Record<keyof PartRow<K>, Cell>>>;

export const MEASUREMENT: HandRow<'measurements'> = {
  form: 1,
  measurement_uid: null,
  report_id: '20241107T100000Z_telegram_KE_64496_n1_handmade00000001',
  line_hash: null,
  measurement_start_time: '2024-11-07 10:00:00',
  probe_cc: 'KE',
  probe_asn: 33771,
  probe_network_name: 'Safaricom',
  test_name: 'telegram',
  test_version: '0.3.1',
  input: null,
  domain: null,
  outcome: 'ok',
  blocking_method: null,
  blocking_detail: null,
  failure_class: null,
  rule_id: 'telegram.ok',
  confirmed_in_country: false,
  software_family: 'ooniprobe_android',
  unattended: true,
  ndt_download_mbps: null,
  ndt_upload_mbps: null,
  ndt_min_rtt_ms: null,
  dash_median_bitrate_mbps: null,
  bootstrap_time_s: null,
};

export const COUNTS: HandRow<'counts'> = {
  day: '2024-11-07',
  probe_cc: 'KE',
  probe_asn: null,
  test_name: 'telegram',
  measurement_count: 10,
  ok_count: 6,
  anomaly_count: 3,
  confirmed_count: 0,
  failure_count: 1,
  reconciled: false,
};

function toValues(
  row: Readonly<Record<string, Cell | undefined>>,
  columns: readonly { readonly name: string }[],
): string {
  return `(${columns.map(({ name }) => sqlValue(row[name] ?? null)).join(', ')})`;
}

function sqlValue(value: Cell): string {
  return typeof value === 'string' ? quoteText(value) : String(value);
}

/** Writes rows as the part of a dump called `dump`, columns that a row lacks as null; the dump's hash is made from its name and rows. */
export async function writeHandPart<K extends PartKind>(
  db: Database,
  folder: string,
  kind: K,
  dump: string,
  rows: readonly HandRow<K>[],
): Promise<PlacedPart> {
  const hash = hashOf(JSON.stringify([kind, rows]));
  const parquet = `${hash}.parquet`;
  const columns = partColumns(kind);
  const values = rows.map((row) => toValues(row, columns)).join(', ');
  const select = columns.map(({ name, type }) => `"${name}"::${type} AS "${name}"`).join(', ');
  await db.run(`COPY (SELECT ${select} FROM (VALUES ${values}) v(${columns.map(({ name }) => `"${name}"`).join(', ')}))
    TO '${join(folder, parquet)}' (FORMAT parquet)`);
  return {
    kind,
    source: 'ooni',
    dump_sha256: hash,
    rows_in: rows.length,
    rows_out: rows.length,
    rejects: [],
    synthetic: false,
    parquet,
    folder,
    dump,
  };
}
