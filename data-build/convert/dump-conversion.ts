/** One dump file → one part: sources, parse, normalize and score in a row. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sha256 } from '../contract/brands.ts';
import { isProblem } from '../contract/problem.ts';
import { normalizeCounts } from '../normalize/counts.ts';
import { parseAggregationCsv, parseAggregationJson } from '../parse/aggregation.ts';
import { isJsonObject, type JsonObject } from '../parse/json.ts';
import { parseJson } from '../parse/measurement-line.ts';
import type { Part } from '../parts.ts';
import type { FingerprintMatcher } from '../score/fingerprints.ts';
import type { DumpFile } from '../sources/dump-folder.ts';
import type { FileKind } from '../sources/file-kind.ts';
import { convertFigures, FIGURE_KINDS, type FigureDump } from './figure-conversion.ts';
import { readFastpath, readJsonl, readPostcan } from './measurement-reader.ts';
import type { PartDatabase } from './part-writer.ts';
import { createRejectCounts } from './reject-counts.ts';
import { readText } from './whole-file.ts';

const PARQUET = 'rows.parquet';

/** Kinds of files whose rows are OONI's. */
const OONI_KINDS = [
  'ooni_jsonl',
  'ooni_postcan',
  'ooni_fastpath',
  'ooni_aggregation',
] as const satisfies readonly FileKind[];
type OoniKind = (typeof OONI_KINDS)[number];

interface OoniDump extends DumpFile {
  readonly kind: OoniKind;
}
/** A file that becomes a part. */
export type PartDump = OoniDump | FigureDump;

const OONI: ReadonlySet<FileKind> = new Set(OONI_KINDS);
const FIGURES: ReadonlySet<FileKind> = new Set(FIGURE_KINDS);

export function isPartDump(file: DumpFile): file is PartDump {
  return isFigureDump(file) || OONI.has(file.kind);
}

function isFigureDump(file: DumpFile): file is FigureDump {
  return FIGURES.has(file.kind);
}

/** Writes `rows.parquet` into `folder` and returns what `part.json` says of it. */
export async function convertDump(
  file: PartDump,
  sha256: Sha256,
  fingerprints: FingerprintMatcher,
  database: PartDatabase,
  folder: string,
): Promise<Part> {
  if (isFigureDump(file)) return convertFigures(file, sha256, database, folder);
  return file.kind === 'ooni_aggregation'
    ? convertCounts(file, sha256, database, folder)
    : convertMeasurements(file, file.kind, sha256, fingerprints, database, folder);
}

async function convertMeasurements(
  file: DumpFile,
  kind: Exclude<OoniKind, 'ooni_aggregation'>,
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

/** `{"probe_cc": …, "test_name": …}`; an unreadable sidecar says nothing. */
function readSidecar(path: string | null): JsonObject {
  if (path === null) return {};
  const value = parseJson(readFileSync(path, 'utf8'));
  return isJsonObject(value) ? value : {};
}
