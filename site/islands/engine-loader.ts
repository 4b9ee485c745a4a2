/** The one engine and the one manifest of a page, loaded when first needed; `<html data-engine>` tells how far. */
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { HINTS_FILE } from '../../data-build/contract/hints.ts';
import { parseHints, type Hints } from '../catalog/hints.ts';
import { isManifestFault, parseManifest } from '../catalog/manifest.ts';
import type { WritingEngine } from '../engine/engine.ts';
import type { FilesOf, PlainAnswers } from '../engine/plain-answers.ts';
import type { ProgressListener } from '../engine/wasm/download.ts';
import { EngineFailure } from '../engine/wasm/failure.ts';
import type { Query } from '../query/query.ts';
import { dataPlace } from './data-place.ts';
import { borrowPlaceNames } from './place-names.ts';

export interface LoadedData {
  readonly engine: WritingEngine;
  readonly manifest: Manifest;
}

let loading: Promise<LoadedData> | undefined;

/** Loads once; a failed load may be tried again. Rejects with an {@link EngineFailure}. */
export async function loadData(onProgress: ProgressListener): Promise<LoadedData> {
  loading ??= startLoading(onProgress);
  return loading;
}

let plain: Promise<PlainAnswers> | undefined;
/** Who waits now; nobody while files come ahead. */
let waiting: ProgressListener = () => undefined;

async function openPlain(): Promise<PlainAnswers> {
  plain ??= import('../engine/plain-answers.ts').then(({ openPlainAnswers }) =>
    openPlainAnswers(dataPlace(), (progress) => {
      waiting(progress);
    }),
  );
  plain.catch(() => {
    plain = undefined;
  });
  return plain;
}

/**
 * Reads what a question needs before it is asked; false, and nothing is read, where it needs the engine. Rejects as
 * {@link answerQuestion} does.
 */
export async function getReadyFor(query: Query<unknown>, files: FilesOf): Promise<boolean> {
  return query.plain !== undefined && (await openPlain()).getReady(filesFor(query, files));
}

/**
 * Rows from these files: without the engine where that can be, else from it. Rejects with an {@link EngineFailure}, and when
 * the signal says so.
 */
export async function answerQuestion<Row>(
  query: Query<Row>,
  files: FilesOf,
  onProgress: ProgressListener,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  // What is answered is written with them.
  await borrowPlaceNames();
  if (query.plain !== undefined) {
    waiting = onProgress;
    const rows = await (await openPlain()).answer(query, filesFor(query, files));
    signal.throwIfAborted();
    if (rows !== null) return rows;
  }
  const { engine } = await loadData(onProgress);
  signal.throwIfAborted();
  await Promise.all(
    [...filesFor(query, files)].map(async ([table, given]) => engine.open(table, given)),
  );
  return engine.run(query, signal);
}

/** The files of the tables that a question reads; of a table without files it reads nothing. */
function filesFor({ tables }: Query<unknown>, files: FilesOf): FilesOf {
  return new Map(tables.map((table) => [table, files.get(table) ?? []]));
}

let described: Promise<Manifest> | undefined;

/** The manifest alone: what there is and how large, before anything large is loaded. */
export async function describeData(): Promise<Manifest> {
  described ??= loadManifest(dataPlace().home);
  described.catch(() => {
    described = undefined;
  });
  return described;
}

let hinted: Promise<Hints> | undefined;

/** What is known of the inside of large files; nothing when that cannot be had, and then they are read without. */
export async function describePieces({ data_version }: Manifest): Promise<Hints> {
  hinted ??= fetch(new URL(HINTS_FILE, dataPlace().home), { cache: 'no-cache' })
    .then(async (response): Promise<unknown> => (response.ok ? response.json() : null))
    .catch(() => null)
    .then((json) => parseHints(json, data_version));
  return hinted;
}

async function startLoading(onProgress: ProgressListener): Promise<LoadedData> {
  const { dataset } = document.documentElement;
  dataset['engine'] = 'loading';
  try {
    const [manifest, engine] = await Promise.all([
      describeData(),
      import('../engine/duckdb-wasm.ts').then(async ({ openWasmEngine }) =>
        openWasmEngine({ place: dataPlace(), onProgress }),
      ),
    ]);
    dataset['engine'] = 'ready';
    return { manifest, engine };
  } catch (error) {
    dataset['engine'] = 'failed';
    loading = undefined;
    throw error instanceof EngineFailure
      ? error
      : new EngineFailure('unreachable', { url: location.href }, error);
  }
}

/** The manifest of the data folder at an address, or in an answer from there. Rejects with an {@link EngineFailure}. */
export async function loadManifest(folder: string, ahead?: Promise<Response>): Promise<Manifest> {
  const url = new URL('manifest.json', folder).href;
  let json: unknown;
  try {
    const response = await (ahead ?? fetch(url, { cache: 'no-cache' }));
    json = response.ok ? await response.json() : null;
  } catch (cause) {
    throw new EngineFailure('unreachable', { url }, cause);
  }
  if (json === null) throw new EngineFailure('unreachable', { url });
  const manifest = parseManifest(json);
  if (isManifestFault(manifest)) throw new EngineFailure('changed', { url }, manifest.what);
  return manifest;
}
