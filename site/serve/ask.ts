/** A reader's SQL, answered from a published site or a data folder, with the words that belong to the answer. */
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { attributionOf, syntheticNotice } from '../../data-build/contract/publisher-words.ts';
import type { Manifest, ManifestFile } from '../../data-build/contract/manifest.ts';
import { hashFile, hashOf } from '../../data-build/hash.ts';
import { catalogFiles } from '../catalog/files.ts';
import { isLarge } from '../catalog/large-tables.ts';
import { readManifest } from '../catalog/manifest.ts';
import { toProvenance } from '../catalog/provenance.ts';
import { narrowFiles } from '../catalog/scan.ts';
import { openNodeEngine } from '../engine/duckdb-node.ts';
import type { DataFile } from '../engine/engine.ts';
import { toAnswerRecords } from '../export/answer-records.ts';
import type { Records } from '../export/records.ts';
import {
  formatAnswerSource,
  formatStatementFault,
  guardNotes,
} from '../figures/result/answer-words.ts';
import { toGuard, type AnswerRow, type AnswerValue } from '../figures/result/held-answer.ts';
import { translate } from '../i18n/translate.ts';
import { isStatementFault, readStatement } from '../query/statement.ts';
import { parseStatus, STATUS_FILE } from './status.ts';

export interface Question {
  readonly sql: string;
  /** A folder, or an address: of a built site, or of its data. */
  readonly site: string;
  /** Where files that were fetched are kept, by their checksum. */
  readonly cacheDir: string;
  readonly say: (line: string) => void;
}

export interface AskAnswer {
  readonly records: Records;
  /** Release, licence, attribution, and what is held back. */
  readonly notes: readonly string[];
}

/** Where the data of a release lie. */
interface Place {
  readonly manifest: Manifest;
  /** The folder below which `take` puts files, or finds them. */
  readonly folder: string;
  readonly take: (file: ManifestFile) => Promise<DataFile>;
}

/** Throws a two-part error when the text may not run, or the data cannot be had. */
export async function ask({ sql, site, cacheDir, say }: Question): Promise<AskAnswer> {
  const statement = readStatement(sql);
  if (isStatementFault(statement)) throw new Error(formatStatementFault(sql, statement));
  const place = /^https?:/.test(site)
    ? await openSite(site, cacheDir, say)
    : await openFolder(site);
  const { manifest, folder, take } = place;
  const engine = await openNodeEngine(folder);
  try {
    const used: ManifestFile[] = [];
    for (const table of statement.tables) {
      const all = catalogFiles(manifest, { table });
      const files = narrowFiles(all, statement.narrowings.get(table) ?? []);
      used.push(...files);
      const taken: DataFile[] = [];
      for (const file of files) taken.push(await take(file));
      await engine.open(table, taken);
    }
    const { tables } = statement;
    const found = await engine
      .run<Readonly<Record<string, AnswerValue>>>({ sql: statement.sql, params: [], tables })
      .catch((error: unknown) => {
        throw toSqlFault(error);
      });
    const names = Object.keys(found[0] ?? {});
    const rows: readonly AnswerRow[] = found.map((row) => names.map((name) => row[name] ?? null));
    const columns = names.map((name, index) => ({
      name,
      kind: rows.some((row) => typeof row[index] === 'number')
        ? ('number' as const)
        : ('text' as const),
    }));
    const guard = toGuard(columns, rows, statement.shares);
    const provenance = toProvenance(manifest, used);
    return {
      records: toAnswerRecords(columns, rows, guard),
      notes: [
        ...(rows.length === 0 ? [translate('console.empty')] : []),
        ...(manifest.synthetic ? [syntheticNotice()] : []),
        formatAnswerSource(provenance, manifest),
        ...provenance.sources.map(attributionOf),
        ...guardNotes(guard, true),
      ],
    };
  } finally {
    await engine.close();
  }
}

function toSqlFault(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`${translate('engine.sql.what', { message })}\n${translate('engine.sql.todo')}`);
}

/** `data/` first: a built site holds its data there. */
const MANIFESTS = ['data/manifest.json', 'manifest.json'];

async function openFolder(folder: string): Promise<Place> {
  for (const name of MANIFESTS) {
    const file = path.join(folder, name);
    const text = await readFile(file, 'utf8').catch(() => null);
    if (text !== null)
      return {
        manifest: readManifest(text, file),
        folder: path.resolve(path.dirname(file)),
        take: (own) => Promise.resolve(own),
      };
  }
  throw new Error(
    `There are no data in ${folder}.\nName a data folder, a built site, or the address of a published one: --site https://example.org/.`,
  );
}

async function openSite(
  site: string,
  cacheDir: string,
  say: (line: string) => void,
): Promise<Place> {
  const base = site.replace(/\/?$/, '/');
  for (const name of MANIFESTS) {
    const url = new URL(name, base).href;
    const bytes = await fetchBytes(url);
    if (bytes === null) continue;
    let large: Promise<string> | undefined;
    return {
      manifest: readManifest(new TextDecoder().decode(bytes), url),
      folder: cacheDir,
      take: async (file) => {
        const home = isLarge(file.path) ? await (large ??= findLargeTables(url)) : url;
        return keepFile(new URL(encodeURI(file.path), home).href, file, cacheDir, say);
      },
    };
  }
  throw new Error(
    `There is no manifest of an Atlas below ${base}.\nName the address of its front page, or of its data folder.`,
  );
}

/** Where a site has its large tables: below its manifest, or where it says. */
async function findLargeTables(manifest: string): Promise<string> {
  const bytes = await fetchBytes(new URL(`../${STATUS_FILE}`, manifest).href);
  const status = parseStatus(new TextDecoder().decode(bytes ?? new Uint8Array()));
  return (status.ok ? status.value.large_tables_url : undefined) ?? manifest;
}

/** Null: there is no such file. */
async function fetchBytes(url: string): Promise<Uint8Array | null> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new Error(`${url} cannot be reached.\nCheck the address and the connection.`);
  }
  if (response.status === 404) return null;
  if (!response.ok)
    throw new Error(`${url} was answered with ${response.status}.\nTry again later.`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Fetches a file once; what the manifest does not vouch for is not kept. */
async function keepFile(
  url: string,
  { bytes, sha256 }: ManifestFile,
  cacheDir: string,
  say: (line: string) => void,
): Promise<DataFile> {
  const name = `${sha256}.parquet`;
  const file = path.join(cacheDir, name);
  const kept = await stat(file).catch(() => null);
  if (kept === null || (await hashFile(file)) !== sha256) {
    say(url);
    const data = await fetchBytes(url);
    if (data === null || hashOf(data) !== sha256)
      throw new Error(
        `${url} is not the file that the manifest names.\nThe site was probably updated in between: ask again.`,
      );
    await mkdir(cacheDir, { recursive: true });
    await writeFile(`${file}.part`, data);
    await rename(`${file}.part`, file);
  }
  return { path: name, bytes };
}
