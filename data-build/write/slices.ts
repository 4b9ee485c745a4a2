/**
 * Per country or territory, the daily counts as CSV and JSON at addresses that stay: `country/KE/<table>.csv`.
 * The CSV is plain, so that every tool loads it; its licence stands in `README.txt` beside it. The JSON carries it.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { tableColumns, TABLES, type TableColumn, type TableName } from '../contract/tables.ts';
import { quoteText, textIn, type Database } from '../rollup/database.ts';
import { licenceNote } from './attribution.ts';

const SLICES = [
  'interference_country_daily',
  'interference_network_daily',
] as const satisfies TableName[];

/** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function neutralizedSql({ name, type }: TableColumn): string {
  if (type !== 'VARCHAR') return `"${name}"`;
  return `CASE WHEN regexp_matches("${name}", '^[=+@\\t\\r-]') THEN '''' || "${name}" ELSE "${name}" END AS "${name}"`;
}

function plainSql({ name, type }: TableColumn): string {
  return type === 'DATE' || type === 'TIMESTAMP'
    ? `CAST("${name}" AS VARCHAR) AS "${name}"`
    : `"${name}"`;
}

async function writeCsv(
  db: Database,
  table: TableName,
  where: string,
  path: string,
): Promise<void> {
  const columns = tableColumns(table).map(neutralizedSql).join(', ');
  await db.run(
    `COPY (SELECT ${columns} FROM "${table}" WHERE ${where}) TO ${quoteText(path)} (FORMAT csv, HEADER)`,
  );
}

async function* jsonText(
  db: Database,
  table: TableName,
  where: string,
  head: Readonly<Record<string, unknown>>,
): AsyncGenerator<string> {
  const columns = tableColumns(table).map(plainSql).join(', ');
  yield `${JSON.stringify(head).slice(0, -1)},"rows":[`;
  let separator = '\n';
  for await (const rows of db.batches(`SELECT ${columns} FROM "${table}" WHERE ${where}`)) {
    if (rows.length === 0) continue;
    yield separator + rows.map((row) => JSON.stringify(row)).join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}

/** What a slice says of its release. */
interface SliceTag {
  readonly dataVersion: string;
  readonly synthetic: boolean;
}

function readme(probeCc: string, tag: SliceTag): string {
  const note = licenceNote('interference_country_daily', 'cc-by-nc-sa', tag.synthetic);
  const tables = SLICES.map((table) => `${table}.csv, ${table}.json: ${TABLES[table].about}`);
  return [
    `Interference Atlas: ${probeCc}, data release ${tag.dataVersion}`,
    '',
    ...tables,
    '',
    'Columns are explained in dictionary.json at the top of the data folder.',
    'The counts describe tests that volunteers ran, not everything that happened; see the methods page.',
    '',
    `Licence: ${note.licence} (${note.licence_url})`,
    note.attribution,
    '',
  ].join('\n');
}

/** Writes the slices of every country or territory with counts. */
export async function writeSlices(db: Database, folder: string, tag: SliceTag): Promise<void> {
  const countries = await db.all(
    'SELECT DISTINCT probe_cc FROM interference_country_daily ORDER BY probe_cc',
  );
  for (const row of countries) {
    const probeCc = textIn(row, 'probe_cc');
    const home = join(folder, 'country', probeCc);
    const where = `probe_cc = ${quoteText(probeCc)}`;
    await mkdir(home, { recursive: true });
    for (const table of SLICES) {
      await writeCsv(db, table, where, join(home, `${table}.csv`));
      const head = {
        table,
        probe_cc: probeCc,
        data_version: tag.dataVersion,
        synthetic: tag.synthetic,
        ...licenceNote(table, 'cc-by-nc-sa', tag.synthetic),
      };
      await pipeline(
        jsonText(db, table, where, head),
        createWriteStream(join(home, `${table}.json`)),
      );
    }
    await writeFile(join(home, 'README.txt'), readme(probeCc, tag));
  }
}
