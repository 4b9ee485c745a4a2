/** One dump file → one part: sources, parse, normalize and score in a row. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sha256 } from '../contract/brands.ts';
import { isProblem, problem } from '../contract/problem.ts';
import { normalizeCounts } from '../normalize/counts.ts';
import { parseAggregationCsv, parseAggregationJson } from '../parse/aggregation.ts';
import { isJsonObject } from '../parse/json.ts';
import type { JsonObject } from '../parse/json.ts';
import { parseJson } from '../parse/measurement-line.ts';
import type { Part } from '../parts.ts';
import type { FingerprintMatcher } from '../score/fingerprints.ts';
import { readBytes } from '../sources/byte-stream.ts';
import type { DumpFile } from '../sources/dump-folder.ts';
import type { FileKind } from '../sources/file-kind.ts';
import { readFastpath, readJsonl, readPostcan } from './measurement-reader.ts';
import type { PartDatabase } from './part-writer.ts';
import { createRejectCounts } from './reject-counts.ts';

const PARQUET = 'rows.parquet';

/** Kinds of files that become parts. */
export type PartFileKind = Extract<
  FileKind,
  'ooni_jsonl' | 'ooni_postcan' | 'ooni_fastpath' | 'ooni_aggregation'
>;
export interface PartDump extends DumpFile {
  readonly kind: PartFileKind;
}

export function isPartDump(file: DumpFile): file is PartDump {
  return (
    file.kind === 'ooni_jsonl' ||
    file.kind === 'ooni_postcan' ||
    file.kind === 'ooni_fastpath' ||
    file.kind === 'ooni_aggregation'
  );
}

/** Largest aggregation reply that is read; they are read whole. */
const LONGEST_REPLY = 256 * 1024 * 1024;

/** Writes `rows.parquet` into `folder` and returns what `part.json` says of it. */
export async function convertDump(
  file: PartDump,
  sha256: Sha256,
  fingerprints: FingerprintMatcher,
  database: PartDatabase,
  folder: string,
): Promise<Part> {
  return file.kind === 'ooni_aggregation'
    ? convertCounts(file, sha256, database, folder)
    : convertMeasurements(file, file.kind, sha256, fingerprints, database, folder);
}

async function convertMeasurements(
  file: DumpFile,
  kind: Exclude<PartFileKind, 'ooni_aggregation'>,
  sha256: Sha256,
  fingerprints: FingerprintMatcher,
  database: PartDatabase,
  folder: string,
): Promise<Part> {
  const rejects = createRejectCounts();
  const writer = await database.openWriter('measurements');
  const sink = { onRow: writer.append, onReject: rejects.add };
  const read = {
    ooni_jsonl: () => readJsonl(file, fingerprints, sink),
    ooni_postcan: () => readPostcan(file, fingerprints, sink),
    ooni_fastpath: () => readFastpath(file, sink),
  }[kind];
  const { rowsIn, synthetic } = await read();
  await writer.finish(join(folder, PARQUET));
  return {
    kind: 'measurements',
    source: 'ooni',
    dump_sha256: sha256,
    rows_in: rowsIn,
    rows_out: writer.rows,
    rejects: rejects.list(),
    synthetic,
    parquet: PARQUET,
  };
}

async function convertCounts(
  file: DumpFile,
  sha256: Sha256,
  database: PartDatabase,
  folder: string,
): Promise<Part> {
  const rejects = createRejectCounts();
  const writer = await database.openWriter('counts');
  let rowsIn = 0;
  const text = await readText(file.path);
  const reply = isProblem(text)
    ? text
    : /^\s*[[{]/.test(text)
      ? parseAggregationJson(text)
      : parseAggregationCsv(text);
  const counts = isProblem(reply) ? reply : normalizeCounts(reply, readSidecar(file.sidecar));
  if (!isProblem(reply)) rowsIn = reply.rows.length + reply.problems.length;
  if (isProblem(counts)) {
    rejects.add(counts, null);
  } else {
    for (const row of counts.rows) writer.append(row);
    for (const { line, problem: found } of counts.problems) rejects.add(found, line);
  }
  await writer.finish(join(folder, PARQUET));
  return {
    kind: 'counts',
    source: 'ooni',
    dump_sha256: sha256,
    rows_in: rowsIn,
    rows_out: writer.rows,
    rejects: rejects.list(),
    synthetic: false,
    parquet: PARQUET,
  };
}

async function readText(path: string): Promise<string | ReturnType<typeof problem>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const failed = await readBytes(path, (chunk) => {
    bytes += chunk.length;
    if (bytes <= LONGEST_REPLY) chunks.push(Buffer.from(chunk));
  });
  if (failed !== null) return failed;
  if (bytes > LONGEST_REPLY) return problem('unreadable_file', 'a reply of more than 256 MiB');
  return Buffer.concat(chunks).toString('utf8');
}

/** `{"probe_cc": …, "test_name": …}`; an unreadable sidecar says nothing. */
function readSidecar(path: string | null): JsonObject {
  if (path === null) return {};
  const value = parseJson(readFileSync(path, 'utf8'));
  return isJsonObject(value) ? value : {};
}
