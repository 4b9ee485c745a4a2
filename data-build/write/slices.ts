/**
 * Parts of tables at addresses that never change: per country or territory, per group of networks, per website. CSV begins
 * with comment lines (`# `) that hold licence and attribution; JSON carries them beside its rows, Parquet in its
 * footer. Rows under different licences are never in one file.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  type SliceKind,
} from '../contract/slices.ts';
import { LICENCES } from '../contract/publishers.ts';
import { syntheticNotice } from '../contract/publisher-words.ts';
import { describeTable } from '../contract/table-words.ts';
import { tableColumns, TABLES } from '../contract/tables.ts';
import { quoteText } from '../contract/sql.ts';
import { numberIn, textIn, type Database } from '../rollup/database.ts';
import { printSql } from '../rollup/select.ts';
import { fileLicence, licenceNote } from './attribution.ts';
import { translate } from '../words/translate.ts';
import type { FileLedger } from './file-ledger.ts';
import { FORMS, type Cut, type SliceTag } from './slice-forms.ts';
import { KEYS, openSliceTexts } from './slice-texts.ts';

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
    const print = printSql(tableColumns(table).map(({ name }) => name));
    const licenceSql = fixed === 'row' ? 'licence' : quoteText(fixed);
    const rows = await db.all(`
      SELECT ${KEYS[kind]} AS key, ${licenceSql} AS licence, count(*) AS rows, ${print} AS print FROM "${table}"
      WHERE (${KEYS[kind]}) IS NOT NULL GROUP BY ALL ORDER BY key, licence`);
    for (const row of rows) {
      const key = textIn(row, 'key');
      if (keys !== null && !keys.has(key)) continue;
      const licence = fileLicence(table, { licence: textIn(row, 'licence') });
      const among = fixed === 'row' ? `licence = ${quoteText(licence)}` : 'true';
      const where = `(${whereKey(kind, key)}) AND ${among}`;
      cuts.push({
        kind,
        key,
        table,
        licence,
        among,
        where,
        rows: numberIn(row, 'rows'),
        print: textIn(row, 'print'),
      });
    }
  }
  return cuts;
}

/** The rows of a key, as a condition that lets the engine skip row groups. */
function whereKey(kind: SliceKind, key: string): string {
  if (kind === 'country') return `probe_cc = ${quoteText(key)}`;
  if (kind === 'domain')
    return `domain_bucket = substr(sha256(${quoteText(key)}), 1, 2) AND domain = ${quoteText(key)}`;
  const group = Number(key.slice(2, -2));
  return `probe_asn BETWEEN ${group * 100} AND ${group * 100 + 99}`;
}

/** Writes the slices of one kind and table, with rows under one licence. */
async function writeCuts(
  db: Database,
  folder: string,
  cuts: readonly Cut[],
  tag: SliceTag,
  ledger: FileLedger,
): Promise<readonly SliceFile[]> {
  const changed = cuts.filter(
    (cut) => !ledger.isNoted(slicePath({ ...cut, format: 'csv' }), printOf(cut, '')),
  );
  const texts = openSliceTexts(db, join(folder, '.slices'), changed);
  const files: SliceFile[] = [];
  for (const cut of cuts) {
    const { kind, key, table, licence, rows } = cut;
    for (const format of SLICED[kind].formats) {
      if (format === 'json' && rows > MOST_JSON_ROWS) continue;
      const name = slicePath({ kind, key, table, licence, format });
      const form = FORMS[format]({ db, texts }, cut, tag);
      const { path, bytes, sha256 } = await ledger.make(folder, {
        ...form,
        name,
        print: printOf(cut, form.print),
        pathOf: () => name,
      });
      files.push({ path, kind, key, table, licence, format, rows, bytes, sha256 });
    }
  }
  await texts.close();
  return files;
}

const printOf = (cut: Cut, form: string): string => `${cut.print} ${form}`;

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
  ledger: FileLedger,
): Promise<readonly SliceFile[]> {
  const files: SliceFile[] = [];
  // One thread, so that rows keep the order of the table.
  await db.run('SET threads = 1');
  for (const kind of SLICE_KINDS) {
    const cuts = await listCuts(db, kind, edition);
    for (const own of Map.groupBy(cuts, ({ table }) => table).values()) {
      const byLicence = [...Map.groupBy(own, ({ licence }) => licence)];
      for (const [, same] of byLicence.toSorted(([a], [b]) => (a < b ? -1 : 1)))
        files.push(...(await writeCuts(db, folder, same, tag, ledger)));
    }
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
