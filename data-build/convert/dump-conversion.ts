/** One dump file → one part: read, parsed, normalized and scored in a row. */
import { join } from 'node:path';
import type { Sha256 } from '../contract/brands.ts';
import type { PublisherId } from '../contract/publishers.ts';
import type { Part } from '../parts.ts';
import type { DumpFile } from '../read/dump-folder.ts';
import type { Conversion, Tools } from './conversion.ts';
import { createRejectCounts } from './reject-counts.ts';

const PARQUET = 'rows.parquet';

/** Writes `rows.parquet` into `folder` and returns the content of `part.json`. */
export async function convertDump(
  conversion: Conversion,
  source: PublisherId,
  file: DumpFile,
  sha256: Sha256,
  tools: Tools,
  folder: string,
): Promise<Part> {
  const rejects = createRejectCounts();
  const made = await conversion.convert(file, source, tools, join(folder, PARQUET), rejects.add);
  return {
    kind: conversion.part,
    ...made,
    dump_sha256: sha256,
    rejects: rejects.list(),
    parquet: PARQUET,
  };
}
