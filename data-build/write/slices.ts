/**
 * Parts of tables at addresses that never change: per country or territory, per group of networks, per website. CSV begins
 * with comment lines (`# `) that hold licence and attribution; JSON carries them beside its rows, Parquet in its
 * footer. Rows under different licences are never in one file.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Edition } from '../contract/feed-paths.ts';
import {
  isFolderName,
  MOST_DOMAIN_SLICES,
  MOST_JSON_ROWS,
  SLICED,
  SLICE_KINDS,
  slicePath,
  sliceStem,
  type SliceFile,
  type SliceFormat,
  type SliceKind,
} from '../contract/slices.ts';
import { LICENCES, type LicenceSlug } from '../contract/publishers.ts';
import { syntheticNotice } from '../contract/publisher-words.ts';
import { describeTable } from '../contract/table-words.ts';
import { tableColumns, TABLES, type TableColumn, type TableName } from '../contract/tables.ts';
import { quoteText } from '../contract/sql.ts';
import { numberIn, textIn, type Database } from '../rollup/database.ts';
import { fileLicence, licenceNote } from './attribution.ts';
import { translate } from '../words/translate.ts';
import { hashFile } from '../hash.ts';
import { footerTags, type FileTag } from './parquet.ts';

/** Facts of the release that a slice names. */
export interface SliceTag extends FileTag {
  readonly dataVersion: string;
}

/** What a slice is cut from and where it goes; `where` picks its rows. */
interface Cut {
  readonly kind: SliceKind;
  readonly key: string;
  readonly table: TableName;
  readonly licence: LicenceSlug;
  readonly rows: number;
  readonly where: string;
}

/** SQL for the key of a row in each kind of slice; null keys have none. */
const KEYS: Readonly<Record<SliceKind, string>> = {
  country: 'probe_cc',
  network: "'AS' || (probe_asn // 100) || 'xx'",
  domain: 'domain',
};

/** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function neutralizedSql({ name, type }: TableColumn): string {
  if (type !== 'VARCHAR') return `"${name}"`;
  return `CASE WHEN regexp_matches("${name}", '^[=+@\\t\\r\\n|%-]') THEN '''' || "${name}" ELSE "${name}" END AS "${name}"`;
}

function plainSql({ name, type }: TableColumn): string {
  return type === 'DATE' || type === 'TIMESTAMP'
    ? `CAST("${name}" AS VARCHAR) AS "${name}"`
    : `"${name}"`;
}

/** The lines above the header of a CSV file, without their `# `. */
function csvPreface({ table, licence, key }: Cut, tag: SliceTag): readonly string[] {
  const note = licenceNote(table, licence, tag.synthetic);
  return [
    translate('csv.head', {
      table,
      key,
      version: tag.dataVersion,
      about: describeTable(table),
    }),
    note.attribution,
    translate('csv.licence', { licence: note.licence, url: note.licence_url }),
    translate('csv.comments'),
  ];
}

async function writeCsv(db: Database, cut: Cut, path: string, tag: SliceTag): Promise<void> {
  const columns = tableColumns(cut.table);
  const head = [
    ...csvPreface(cut, tag).map((line) => `# ${line}`),
    columns.map(({ name }) => name).join(','),
    '',
  ].join('\n');
  await db.run(
    `COPY (SELECT ${columns.map(neutralizedSql).join(', ')} FROM "${cut.table}" WHERE ${cut.where})
      TO ${quoteText(path)} (FORMAT csv, HEADER false, PREFIX ${quoteText(head)}, SUFFIX '\n')`,
  );
}

async function* jsonText(
  db: Database,
  { table, where }: Cut,
  head: Readonly<Record<string, unknown>>,
): AsyncGenerator<string> {
  const columns = tableColumns(table);
  const names = columns.map(({ name }) => name);
  yield `${JSON.stringify({ ...head, columns: names }).slice(0, -1)},"rows":[`;
  let separator = '\n';
  const select = columns.map(plainSql).join(', ');
  for await (const rows of db.batches(`SELECT ${select} FROM "${table}" WHERE ${where}`)) {
    if (rows.length === 0) continue;
    yield (
      separator +
      rows.map((row) => JSON.stringify(names.map((name) => row[name] ?? null))).join(',\n')
    );
    separator = ',\n';
  }
  yield '\n]}\n';
}

async function writeJson(db: Database, cut: Cut, path: string, tag: SliceTag): Promise<void> {
  const { kind, key, table, licence } = cut;
  const head = {
    table,
    [kind === 'country' ? 'probe_cc' : kind]: key,
    data_version: tag.dataVersion,
    synthetic: tag.synthetic,
    ...licenceNote(table, licence, tag.synthetic),
  };
  await pipeline(jsonText(db, cut, head), createWriteStream(path));
}

async function writeSliceParquet(
  db: Database,
  { table, licence, where }: Cut,
  path: string,
  tag: SliceTag,
): Promise<void> {
  const columns = tableColumns(table).map(({ name }) => `"${name}"`);
  await db.run(
    `COPY (SELECT ${columns.join(', ')} FROM "${table}" WHERE ${where}) TO ${quoteText(path)}
      (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${footerTags(table, licence, tag)}})`,
  );
}

const WRITERS: Readonly<Record<SliceFormat, typeof writeCsv>> = {
  csv: writeCsv,
  json: writeJson,
  parquet: writeSliceParquet,
};

/** Keys that have slices, by kind: websites by how much they were measured, others all. */
async function keysOf(db: Database, kind: SliceKind): Promise<ReadonlySet<string> | null> {
  if (kind !== 'domain') return null;
  const rows = await db.all(
    'SELECT domain FROM domains ORDER BY measurement_count DESC, domain LIMIT 100000',
  );
  const names = rows.map((row) => textIn(row, 'domain')).filter(isFolderName);
  return new Set(names.slice(0, MOST_DOMAIN_SLICES));
}

async function listCuts(db: Database, kind: SliceKind, edition: Edition): Promise<readonly Cut[]> {
  const keys = await keysOf(db, kind);
  const cuts: Cut[] = [];
  for (const table of SLICED[kind].tables) {
    const { licence: fixed } = TABLES[table];
    if (edition === 'cc0' && fixed !== 'row' && fixed !== 'cc0') continue;
    const licenceSql = fixed === 'row' ? 'licence' : quoteText(fixed);
    const rows = await db.all(`
      SELECT ${KEYS[kind]} AS key, ${licenceSql} AS licence, count(*) AS rows FROM "${table}"
      WHERE (${KEYS[kind]}) IS NOT NULL GROUP BY ALL ORDER BY key, licence`);
    for (const row of rows) {
      const key = textIn(row, 'key');
      if (keys !== null && !keys.has(key)) continue;
      const licence = fileLicence(table, { licence: textIn(row, 'licence') });
      const ofLicence = fixed === 'row' ? ` AND licence = ${quoteText(licence)}` : '';
      const where = `(${whereKey(kind, key)})${ofLicence}`;
      cuts.push({ kind, key, table, licence, rows: numberIn(row, 'rows'), where });
    }
  }
  return cuts;
}

/** The rows of a key, as a condition that lets the engine skip row groups. */
function whereKey(kind: SliceKind, key: string): string {
  if (kind === 'country') return `probe_cc = ${quoteText(key)}`;
  if (kind === 'domain') return `domain = ${quoteText(key)}`;
  const group = Number(key.slice(2, -2));
  return `probe_asn BETWEEN ${group * 100} AND ${group * 100 + 99}`;
}

async function writeCut(
  db: Database,
  folder: string,
  cut: Cut,
  tag: SliceTag,
): Promise<readonly SliceFile[]> {
  const { kind, key, table, licence, rows } = cut;
  const files: SliceFile[] = [];
  for (const format of SLICED[kind].formats) {
    if (format === 'json' && rows > MOST_JSON_ROWS) continue;
    const path = slicePath({ kind, key, table, licence, format });
    const full = join(folder, path);
    await mkdir(dirname(full), { recursive: true });
    await WRITERS[format](db, cut, full, tag);
    const { size } = await stat(full);
    const sha256 = await hashFile(full);
    files.push({ path, kind, key, table, licence, format, rows, bytes: size, sha256 });
  }
  return files;
}

function readme(key: string, files: readonly SliceFile[], tag: SliceTag): string {
  const stems = new Map(files.map((file) => [sliceStem(file.table, file.licence), file]));
  const formats = (stem: string) =>
    files
      .filter((file) => sliceStem(file.table, file.licence) === stem)
      .map(({ format }) => `.${format}`)
      .join(', ');
  return [
    translate('slices.title', { key, version: tag.dataVersion }),
    '',
    ...(tag.synthetic ? [syntheticNotice(), ''] : []),
    ...[...stems].flatMap(([stem, { table, licence, rows }]) => {
      const note = licenceNote(table, licence, false);
      return [
        translate('slices.table', {
          name: stem,
          formats: formats(stem),
          about: describeTable(table),
        }),
        `  ${translate('slices.rows', {
          n: rows,
          rows: String(rows),
          licence: note.licence,
          url: note.licence_url,
          use: LICENCES[licence].use,
        })}`,
        `  ${note.attribution}`,
        '',
      ];
    }),
    translate('slices.notes'),
    '',
  ].join('\n');
}

/** Writes all slices and a README for every country or territory; returns what was written, in the order of paths. */
export async function writeSlices(
  db: Database,
  folder: string,
  tag: SliceTag,
  edition: Edition,
): Promise<readonly SliceFile[]> {
  const files: SliceFile[] = [];
  // One thread, so that rows keep the order of the table.
  await db.run('SET threads = 1');
  for (const kind of SLICE_KINDS) {
    for (const cut of await listCuts(db, kind, edition))
      files.push(...(await writeCut(db, folder, cut, tag)));
  }
  await db.run('RESET threads');
  const places = Map.groupBy(
    files.filter(({ kind }) => kind === 'country'),
    ({ key }) => key,
  );
  for (const [key, own] of places)
    await writeFile(join(folder, 'country', key, 'README.txt'), readme(key, own, tag));
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
