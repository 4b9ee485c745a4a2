/**
 * Parts of tables at addresses that never change: per country or territory, per group of networks, per website. CSV begins
 * with comment lines (`# `) that hold licence and attribution; JSON carries them beside its rows, Parquet in its
 * footer. Rows under different licences are never in one file. Long ones in text are given compressed.
 */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Edition } from '../contract/feed-paths.ts';
import {
  MOST_JSON_ROWS,
  SLICED,
  SLICE_KINDS,
  slicePath,
  sliceStem,
  type SliceFile,
} from '../contract/slices.ts';
import type { ManifestFile } from '../contract/manifest.ts';
import { LICENCES } from '../contract/publishers.ts';
import { syntheticNotice } from '../contract/publisher-words.ts';
import { describeTable } from '../contract/table-words.ts';
import type { Database } from '../rollup/database.ts';
import { licenceNote } from './attribution.ts';
import { translate } from '../words/translate.ts';
import { listCuts, type Cut } from './cuts.ts';
import type { FileLedger } from './file-ledger.ts';
import type { FileTag } from './parquet.ts';
import { FORMS, nameOfKey } from './slice-forms.ts';
import { openSliceTexts, type KeyedRows } from './slice-texts.ts';

/** Facts of the release; the text beside the slices of a place names it. */
export interface SliceTag extends FileTag {
  readonly dataVersion: string;
}

/** The rows of a place in a table that has a file for each. */
function partitionsIn(folder: string, files: readonly ManifestFile[]): (cut: Cut) => string | null {
  const byPlace = new Map(
    files
      .filter(({ partition }) => Object.keys(partition).join() === 'probe_cc')
      .map(({ table, partition, path }) => [`${table} ${partition['probe_cc']}`, path]),
  );
  return ({ kind, table, key }) => {
    const path = kind === 'country' ? byPlace.get(`${table} ${key}`) : undefined;
    return path === undefined ? null : join(folder, path);
  };
}

/** Writes the slices of one kind and table, with rows under one licence. */
async function writeCuts(
  db: Database,
  folder: string,
  partitionOf: (cut: Cut) => string | null,
  cuts: readonly Cut[],
  tag: FileTag,
  ledger: FileLedger,
): Promise<readonly SliceFile[]> {
  const [sort] = cuts;
  if (sort === undefined) return [];
  const nameOf = (cut: Cut) => slicePath({ ...cut, format: 'csv' });
  const changed = cuts.filter((cut) => !ledger.isNoted(nameOf(cut), printOf(cut, '')));
  const [growing, others] = [new Array<KeyedRows>(), new Array<Cut>()];
  for (const cut of changed) {
    if (cut.days !== undefined && ledger.mayGrow(nameOf(cut), cut.days.former))
      growing.push(cut.days.added);
    else others.push(cut);
  }
  const texts = openSliceTexts(db, join(folder, '.slices'), others);
  const added = openSliceTexts(db, join(folder, '.added'), growing);
  const files: SliceFile[] = [];
  const forms = SLICED[sort.kind].formats.map((format) => ({
    format,
    formOf: FORMS[format]({ db, texts, added, partitionOf }, sort, tag),
  }));
  for (const cut of cuts) {
    const { kind, key, table, licence, rows } = cut;
    for (const { format, formOf } of forms) {
      if (format === 'json' && rows > MOST_JSON_ROWS) continue;
      const name = slicePath({ ...cut, format });
      const form = formOf(cut);
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
  await added.close();
  return files;
}

const printOf = (cut: Cut, form: string): string => `${cut.print} ${form}`;

function readme(key: string, files: readonly SliceFile[], tag: SliceTag): string {
  const stems = new Map(files.map((file) => [sliceStem(file.table, file.licence), file]));
  const formats = (stem: string) =>
    files
      .filter((file) => sliceStem(file.table, file.licence) === stem)
      .map(({ path }) => basename(path).slice(stem.length))
      .join(', ');
  return [
    translate('slices.title', { key: nameOfKey(key), version: tag.dataVersion }),
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
  tableFiles: readonly ManifestFile[],
): Promise<readonly SliceFile[]> {
  const files: SliceFile[] = [];
  const partitionOf = partitionsIn(folder, tableFiles);
  // One thread, so that rows keep the order of the table.
  await db.run('SET threads = 1');
  for (const kind of SLICE_KINDS) {
    const cuts = await listCuts(db, kind, edition, ledger);
    for (const own of Map.groupBy(cuts, ({ table }) => table).values()) {
      const byLicence = [...Map.groupBy(own, ({ licence }) => licence)];
      for (const [, same] of byLicence.toSorted(([a], [b]) => (a < b ? -1 : 1)))
        files.push(...(await writeCuts(db, folder, partitionOf, same, tag, ledger)));
    }
  }
  await db.run('RESET threads');
  const explained = Map.groupBy(
    files.filter(({ kind }) => kind === 'country' || kind === 'world'),
    ({ kind, key }) => join(kind, key),
  );
  for (const [place, own] of explained)
    await writeFile(join(folder, place, 'README.txt'), readme(basename(place), own, tag));
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
