/** The data folder as pages see it while they are drawn: its manifest, read once, and one engine. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import type { Ask } from '../catalog/ask.ts';
import { catalogFiles, type FileQuestion } from '../catalog/files.ts';
import { findMissing, readManifest } from '../catalog/manifest.ts';
import { rememberAnswers } from '../catalog/remember.ts';
import type { Query } from '../query/query.ts';
import { openNodeEngine } from './duckdb-node.ts';
import type { Engine } from './engine.ts';

/** Where the data lie: `DATA_DIR`, else `public/data` under the working folder. */
export function dataFolder(): string {
  const given = process.env['DATA_DIR'];
  return path.resolve(given === undefined || given === '' ? 'public/data' : given);
}

/** Reads and checks the manifest of a data folder. Throws a two-part error when there is none. */
export async function loadManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, 'manifest.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new Error(
      `There is no data to draw pages from: ${file} is missing.\n` +
        'Make it from dumps with `npm run data -- --dumps DIR`, or start with sample data: `npm start`.',
    );
  }
  return readManifest(text, file);
}

export interface BuildData {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Opens the tables a query reads, narrowed to the files that can answer, and runs it; remembers the latest answers. */
  readonly ask: Ask;
}

/** Rows of answers that are kept for pages that ask the same: some hundred megabytes at most. */
const MOST_ROWS = 1_000_000;

let loaded: Promise<BuildData> | undefined;

/** The one data folder of this process. Pages share it: the manifest is read and DuckDB started once. */
export async function buildData(): Promise<BuildData> {
  loaded ??= openBuildData(dataFolder());
  return loaded;
}

async function openBuildData(folder: string): Promise<BuildData> {
  const manifest = await loadManifest(folder);
  const missing = findMissing(manifest);
  if (missing !== null) throw new Error(missing);
  const engine = await openNodeEngine(folder);
  const opened = new Map<TableName, string>();
  let queue: Promise<unknown> = Promise.resolve();
  const ask: Ask = (query, scope = {}) => {
    // A table name means one set of files at a time, so questions wait for each other.
    const answer = queue.then(async () => askEngine(engine, opened, manifest, query, scope));
    queue = answer.catch(() => undefined);
    return answer;
  };
  return { folder, manifest, ask: rememberAnswers(ask, MOST_ROWS) };
}

async function askEngine<Row>(
  engine: Engine,
  opened: Map<TableName, string>,
  manifest: Manifest,
  query: Query<Row>,
  scope: Omit<FileQuestion, 'table'>,
): Promise<readonly Row[]> {
  for (const table of query.tables) {
    const files = catalogFiles(manifest, { ...scope, table });
    const key = files.map(({ path: file }) => file).join('\n');
    // Most questions of a page are about the files of the one before.
    if (opened.get(table) === key) continue;
    opened.delete(table);
    await engine.open(table, files);
    opened.set(table, key);
  }
  return engine.run(query);
}
