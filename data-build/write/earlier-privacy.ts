/**
 * Whether a release made earlier holds text that would be private today: shapes of private text grow. What was looked at is
 * noted in the cache, and so is each release that is made: none is read twice with the same code.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isFields } from '../contract/fields.ts';
import type { Sha256 } from '../contract/brands.ts';
import { CHECKSUM_FILE } from '../contract/releases.ts';
import { quoteText } from '../contract/sql.ts';
import { TABLE_NAMES } from '../contract/table-names.ts';
import { tableColumns } from '../contract/tables.ts';
import { hashFile } from '../hash.ts';
import { redactName } from '../normalize/redact-detail.ts';
import { textIn, type Database } from '../rollup/database.ts';
import { scanPrivacy, type Scanned } from './privacy-gate.ts';
import { readJson } from './releases.ts';

export interface EarlierPrivacy {
  /** Why the release in a data folder may not be kept, as a clause; null: nothing in it is private today. */
  whyNot(folder: string): Promise<string | null>;
  /** Notes for the next build what was looked at, and the release that was just made in a folder: its own gate has read it. */
  save(made: string): Promise<void>;
}

/** The tables of a release, with those of today's columns that it has. */
async function tablesIn(db: Database, folder: string): Promise<readonly Scanned[]> {
  const there = TABLE_NAMES.filter((table) => existsSync(join(folder, table)));
  return Promise.all(
    there.map(async (table) => {
      const files = quoteText(join(folder, table, '**', '*.parquet'));
      const relation = `read_parquet(${files}, hive_partitioning = true)`;
      const rows = await db.all(`SELECT column_name FROM (DESCRIBE FROM ${relation})`);
      const has = new Set(rows.map((row) => textIn(row, 'column_name')));
      const columns = tableColumns(table).filter(({ name }) => has.has(name));
      return { table, relation, columns };
    }),
  );
}

/** Documents that name dumps and hold a name that is not as it would be published today. */
export async function privateNames(folder: string): Promise<readonly string[]> {
  const documents = ['manifest.json', 'rejects.json'];
  const read = await Promise.all(documents.map((name) => readJson(join(folder, name))));
  return documents.filter((_, at) => namesIn(read[at]).some((name) => redactName(name) !== name));
}

/** Every `path` and `file` in a parsed document. */
function namesIn(json: unknown): readonly string[] {
  if (Array.isArray(json)) return json.flatMap(namesIn);
  if (!isFields(json)) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    (key === 'path' || key === 'file') && typeof value === 'string' ? [value] : namesIn(value),
  );
}

async function readNotes(notes: string, builder: Sha256): Promise<readonly string[]> {
  const [code, ...clean] = (await readFile(notes, 'utf8').catch(() => '')).split('\n');
  return code === builder ? clean : [];
}

/** What cannot be read cannot be vouched for, and no earlier release may stop a build. */
async function lookAt(db: Database, folder: string): Promise<string | null> {
  try {
    const isPrivate = 'it holds text that is private by now';
    // One after the other: a scan of thousands of files takes as much memory as a build.
    for (const table of await tablesIn(db, folder))
      if ((await scanPrivacy(db, [table])).length > 0) return isPrivate;
    return (await privateNames(folder)).length > 0 ? isPrivate : null;
  } catch {
    return 'it cannot be read';
  }
}

/** `notes`: the file where they lie. `builder`: hash of the code. */
export async function openEarlierPrivacy(
  db: Database,
  notes: string,
  builder: Sha256,
): Promise<EarlierPrivacy> {
  const known = new Set(await readNotes(notes, builder));
  const clean = new Set<string>();
  /** Its checksum is that of all its files; null: it has none. */
  const releaseIn = async (folder: string): Promise<Sha256 | null> => {
    const sums = join(folder, CHECKSUM_FILE);
    return existsSync(sums) ? hashFile(sums) : null;
  };
  return {
    whyNot: async (folder) => {
      const release = await releaseIn(folder);
      const why = release !== null && known.has(release) ? null : await lookAt(db, folder);
      if (why === null && release !== null) clean.add(release);
      return why;
    },
    save: async (made) => {
      const own = await releaseIn(made);
      if (own !== null) clean.add(own);
      await mkdir(dirname(notes), { recursive: true });
      await writeFile(notes, [builder, ...clean].join('\n'));
    },
  };
}
