/** Every kind of file that becomes a part: one line each. */
import { basename } from 'node:path';
import type { FileKind } from '../sources/file-kind.ts';
import { normalizeCounts } from '../normalize/counts.ts';
import { iqbSelect } from '../normalize/iqb.ts';
import { normalizeNdtExport } from '../normalize/ndt-export.ts';
import { isProductionArchive, normalizeNdtRecord } from '../normalize/ndt-test.ts';
import { normalizeDailyStatistics } from '../normalize/throughput.ts';
import { parseFileTime } from '../normalize/time.ts';
import { normalizeTorUse, normalizeUsage } from '../normalize/tool-use.ts';
import { type Conversion, toParquet, toRows } from './conversion.ts';
import { readCounts } from './count-reader.ts';
import {
  normalizeExported,
  normalizeMeasurement,
  readFastpath,
  readJsonl,
  readPostcan,
} from './measurement-reader.ts';
import { readJson, readJsonMembers, readJsonObject, readTable } from './readers.ts';

/** The hour that a file's name gives is the latest at which its measurements were received. */
const measurements = {
  source: 'ooni',
  part: 'measurements',
  pathHint: (path: string) => String(parseFileTime(path)),
} as const;
const ndt = { source: 'mlab', part: 'ndt_tests' } as const;

const CONVERSIONS: readonly Conversion[] = [
  toRows({
    ...measurements,
    kind: 'ooni_jsonl',
    read: readJsonl,
    normalize: normalizeMeasurement,
  }),
  toRows({
    ...measurements,
    kind: 'ooni_postcan',
    read: readPostcan,
    normalize: normalizeMeasurement,
  }),
  toRows({
    ...measurements,
    kind: 'ooni_fastpath',
    read: readFastpath,
    normalize: normalizeExported,
  }),
  toRows({
    kind: 'ooni_aggregation',
    source: 'ooni',
    part: 'counts',
    read: readCounts,
    normalize: ({ reply, scope }) => normalizeCounts(reply, scope),
  }),
  toRows({
    kind: 'tor_userstats',
    source: 'tor-metrics',
    part: 'tool_use',
    read: readTable,
    normalize: normalizeTorUse,
  }),
  toRows({
    kind: 'tool_usage',
    source: 'psiphon',
    part: 'tool_use',
    read: readTable,
    normalize: normalizeUsage,
  }),
  toRows({
    kind: 'mlab_statistics',
    source: 'mlab',
    part: 'throughput_days',
    read: readJson,
    normalize: normalizeDailyStatistics,
  }),
  toParquet({
    kind: 'iqb_parquet',
    source: 'mlab',
    part: 'throughput_months',
    pathHint: (path) => path.replaceAll('\\', '/').split('/').slice(-4).join('/'),
    select: iqbSelect,
  }),
  toRows({
    ...ndt,
    kind: 'ndt_archive',
    read: readJsonMembers,
    pathHint: basename,
    normalize: (raw, { hint }) => normalizeNdtRecord(raw, isProductionArchive(hint)),
  }),
  // A single result does not say which host it comes from: it counts as one from a production host.
  toRows({
    ...ndt,
    kind: 'ndt_result',
    read: readJsonObject,
    normalize: (raw) => normalizeNdtRecord(raw, true),
  }),
  toRows({
    ...ndt,
    kind: 'mlab_annotation',
    read: readJsonObject,
    normalize: (raw) => normalizeNdtRecord(raw, true),
  }),
  toRows({ ...ndt, kind: 'ndt_export', read: readTable, normalize: normalizeNdtExport }),
];

const BY_KIND: ReadonlyMap<FileKind, Conversion> = new Map(
  CONVERSIONS.map((conversion) => [conversion.kind, conversion]),
);

/** How a file of this kind becomes a part; null for those that become none. */
export function conversionOf(kind: FileKind): Conversion | null {
  return BY_KIND.get(kind) ?? null;
}
