/** Dumps of M-Lab, Tor Metrics and usage tables → parts: read whole, normalized, written. */
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Sha256 } from '../contract/brands.ts';
import { assertNever, isProblem, type Problem, problem } from '../contract/problem.ts';
import type { SourceId } from '../contract/sources.ts';
import { iqbPlace, iqbSelect } from '../normalize/iqb.ts';
import {
  isProductionArchive,
  normalizeAnnotation,
  normalizeNdt7,
  type NdtPlace,
  type NdtTest,
} from '../normalize/ndt-test.ts';
import { normalizeNdtExport } from '../normalize/ndt-export.ts';
import { normalizeDailyStatistics, type ThroughputDay } from '../normalize/throughput.ts';
import { normalizeTorUse, normalizeUsage, type ToolUse } from '../normalize/tool-use.ts';
import { type CsvTable, parseCsvTable } from '../parse/csv-table.ts';
import { isJsonObject } from '../parse/json.ts';
import { parseJson } from '../parse/measurement-line.ts';
import type { Part, PartKind, PartRow } from '../parts.ts';
import { readBytes } from '../sources/byte-stream.ts';
import type { DumpFile } from '../sources/dump-folder.ts';
import type { FileKind } from '../sources/file-kind.ts';
import { LONGEST_LINE } from '../sources/line-splitter.ts';
import { createTarReader } from '../sources/tar-members.ts';
import type { PartDatabase } from './part-writer.ts';
import { createRejectCounts, type RejectCounts } from './reject-counts.ts';
import { readText } from './whole-file.ts';

/** Kinds of files that become parts of figures rather than of measurements. */
export const FIGURE_KINDS = [
  'tor_userstats',
  'tool_usage',
  'mlab_statistics',
  'iqb_parquet',
  'ndt_archive',
  'ndt_result',
  'ndt_export',
  'mlab_annotation',
] as const satisfies readonly FileKind[];
export type FigureKind = (typeof FIGURE_KINDS)[number];

export interface FigureDump extends DumpFile {
  readonly kind: FigureKind;
}

/** What the path says and the content does not: it decides the part as well. */
export function pathHint(file: DumpFile): string {
  if (file.kind === 'iqb_parquet')
    return file.path.replaceAll('\\', '/').split('/').slice(-4).join('/');
  return file.kind === 'ndt_archive' ? basename(file.path) : '';
}

const PARQUET = 'rows.parquet';

/** Writes `rows.parquet` into `folder` and returns what `part.json` says of it. */
export async function convertFigures(
  file: FigureDump,
  sha256: Sha256,
  database: PartDatabase,
  folder: string,
): Promise<Part> {
  const rejects = createRejectCounts();
  const target = join(folder, PARQUET);
  const made = await convertKind(file, database, target, rejects);
  return {
    ...made,
    dump_sha256: sha256,
    rejects: rejects.list(),
    synthetic: false,
    parquet: PARQUET,
  };
}

type Made = Pick<Part, 'kind' | 'source' | 'rows_in' | 'rows_out'>;

async function convertKind(
  file: FigureDump,
  database: PartDatabase,
  target: string,
  rejects: RejectCounts,
): Promise<Made> {
  switch (file.kind) {
    case 'tor_userstats':
      return convertToolUse(file, normalizeTorUse, database, target, rejects);
    case 'tool_usage':
      return convertToolUse(file, normalizeUsage, database, target, rejects);
    case 'mlab_statistics':
      return convertStatistics(file, database, target, rejects);
    case 'iqb_parquet':
      return convertIqb(file, database, target, rejects);
    case 'ndt_archive':
      return convertArchive(file, database, target, rejects);
    case 'ndt_result':
      return convertResult(file, database, target, rejects);
    case 'ndt_export':
      return convertExport(file, database, target, rejects);
    case 'mlab_annotation':
      return convertAnnotation(file, database, target, rejects);
    default:
      return assertNever(file.kind);
  }
}

async function write<K extends PartKind>(
  database: PartDatabase,
  kind: K,
  rows: Iterable<PartRow<K>>,
  target: string,
  made: { readonly source: SourceId; readonly rowsIn: number },
): Promise<Made> {
  const writer = await database.openWriter(kind);
  for (const row of rows) writer.append(row);
  await writer.finish(target);
  return { kind, source: made.source, rows_in: made.rowsIn, rows_out: writer.rows };
}

/** The table a CSV file holds; a file that cannot be read is one reject and an empty table. */
async function readTable(file: DumpFile, rejects: RejectCounts): Promise<CsvTable> {
  const text = await readText(file.path);
  const table = isProblem(text) ? text : parseCsvTable(text);
  if (!isProblem(table)) return table;
  rejects.add(table, null);
  return { kind: 'csv-table', columns: [], rows: [], problems: [] };
}

async function convertToolUse(
  file: FigureDump,
  normalize: (table: CsvTable) => ToolUse | Problem,
  database: PartDatabase,
  target: string,
  rejects: RejectCounts,
): Promise<Made> {
  const table = await readTable(file, rejects);
  const use = table.columns.length === 0 ? null : normalize(table);
  if (use !== null && isProblem(use)) rejects.add(use, null);
  const good = use === null || isProblem(use) ? { rows: [], problems: [] } : use;
  for (const { line, problem: found } of good.problems) rejects.add(found, line);
  const rows = good.rows.map((row) => ({
    day: row.day,
    probe_cc: row.probeCc,
    tool: row.tool,
    metric: row.metric,
    value: row.value,
    lower: row.lower,
    upper: row.upper,
    coverage: row.coverage,
    source: row.source,
    licence: row.licence,
  }));
  const source =
    good.rows[0]?.source ?? (file.kind === 'tor_userstats' ? 'tor-metrics' : 'psiphon');
  const rowsIn = table.rows.length + table.problems.length;
  return write(database, 'tool_use', rows, target, { source, rowsIn });
}

async function convertStatistics(
  file: FigureDump,
  database: PartDatabase,
  target: string,
  rejects: RejectCounts,
): Promise<Made> {
  const text = await readText(file.path);
  const value = isProblem(text) ? undefined : parseJson(text);
  const days =
    value === undefined
      ? isProblem(text)
        ? text
        : problem('invalid_json', basename(file.path))
      : normalizeDailyStatistics(value);
  if (isProblem(days)) {
    rejects.add(days, null);
    return write(database, 'throughput_days', [], target, { source: 'mlab', rowsIn: 0 });
  }
  for (const { line, problem: found } of days.problems) rejects.add(found, line);
  const rows = days.rows.map(toStatisticsRow);
  return write(database, 'throughput_days', rows, target, { source: 'mlab', rowsIn: days.rowsIn });
}

function toStatisticsRow(row: ThroughputDay): PartRow<'throughput_days'> {
  return {
    day: row.day,
    probe_cc: row.probeCc,
    probe_asn: row.probeAsn,
    download_sample_count: row.downloadSamples,
    upload_sample_count: row.uploadSamples,
    download_mbps_p25: row.downloadMbps.p25,
    download_mbps_p50: row.downloadMbps.p50,
    download_mbps_p75: row.downloadMbps.p75,
    upload_mbps_p25: row.uploadMbps.p25,
    upload_mbps_p50: row.uploadMbps.p50,
    upload_mbps_p75: row.uploadMbps.p75,
    min_rtt_ms_p50: row.minRttMsP50,
    below_0p56_mbps_ratio: row.below0p56MbpsRatio,
  };
}

/** Parquet in, Parquet out: DuckDB reads the columns and puts their labels right. */
async function convertIqb(
  file: FigureDump,
  database: PartDatabase,
  target: string,
  rejects: RejectCounts,
): Promise<Made> {
  const empty = () =>
    write(database, 'throughput_months', [], target, { source: 'mlab', rowsIn: 0 });
  const place = iqbPlace(file.path);
  if (isProblem(place)) {
    rejects.add(place, null);
    return empty();
  }
  const columns = await database.columnsOf(file.path).catch(() => null);
  const select =
    columns === null ? problem('unreadable_file', 'no Parquet') : iqbSelect(place, columns);
  if (isProblem(select)) {
    rejects.add(select, null);
    return empty();
  }
  const copied = await database
    .copy('throughput_months', file.path, select, target)
    .catch(() => problem('unreadable_file', 'Parquet whose rows cannot be read'));
  if (isProblem(copied)) {
    rejects.add(copied, null);
    return empty();
  }
  const { rowsIn, rowsOut } = copied;
  if (rowsIn > rowsOut) {
    rejects.add(problem('unknown_country', `${rowsIn - rowsOut} rows without a country`), null);
  }
  return { kind: 'throughput_months', source: 'mlab', rows_in: rowsIn, rows_out: rowsOut };
}

/** Tests and places can be in the same archive; one archive holds one kind, as the publisher packs them. */
async function convertArchive(
  file: FigureDump,
  database: PartDatabase,
  target: string,
  rejects: RejectCounts,
): Promise<Made> {
  const tests: PartRow<'ndt_tests'>[] = [];
  const places: PartRow<'ndt_places'>[] = [];
  const production = isProductionArchive(basename(file.path));
  let members = 0;
  const reader = createTarReader(
    {
      onMember(name) {
        if (!/\.json(\.gz)?$/.test(name)) return false;
        members += 1;
        return true;
      },
      onContent(_name, content) {
        const value = parseMember(content);
        if (isProblem(value)) rejects.add(value, members);
        else if (value.kind === 'place') takePlace(value.raw, places, rejects, members);
        else takeTest(value.raw, production, tests, rejects, members);
      },
    },
    LONGEST_LINE,
  );
  const failed = await readBytes(file.path, reader.push);
  const whole = reader.end();
  if (failed !== null) rejects.add(failed, null);
  else if (!whole) rejects.add(problem('truncated_file', 'the archive ends early'), null);
  const made = { source: 'mlab', rowsIn: members } as const;
  return tests.length === 0 && places.length > 0
    ? write(database, 'ndt_places', places, target, made)
    : write(database, 'ndt_tests', tests, target, made);
}

type Json = Parameters<typeof normalizeAnnotation>[0];

/** Members are gzipped again, or plain. */
function parseMember(
  content: Buffer,
): { readonly kind: 'test' | 'place'; readonly raw: Json } | Problem {
  let text: string;
  try {
    const gzipped = content[0] === 0x1f && content[1] === 0x8b;
    text = (gzipped ? gunzipSync(content, { maxOutputLength: LONGEST_LINE }) : content).toString(
      'utf8',
    );
  } catch {
    return problem('unreadable_file', 'a member that cannot be decompressed');
  }
  const raw = parseJson(text);
  if (!isJsonObject(raw)) return problem(raw === undefined ? 'invalid_json' : 'not_an_object');
  return { kind: 'Client' in raw && 'UUID' in raw ? 'place' : 'test', raw };
}

function takeTest(
  raw: Json,
  production: boolean,
  tests: PartRow<'ndt_tests'>[],
  rejects: RejectCounts,
  line: number | null,
): void {
  const test = normalizeNdt7(raw, production);
  if (isProblem(test)) rejects.add(test, line);
  else if (test.invalid !== null) rejects.add(problem('invalid_test', test.invalid), line);
  else tests.push(toTestRow(test));
}

function toTestRow(test: NdtTest): PartRow<'ndt_tests'> {
  return {
    day: test.day,
    uuid: test.uuid,
    direction: test.direction,
    throughput_mbps: test.throughputMbps,
    min_rtt_ms: test.minRttMs,
    loss_ratio: test.lossRatio,
    probe_cc: null,
    probe_asn: null,
    name: null,
  };
}

function takePlace(
  raw: Json,
  places: PartRow<'ndt_places'>[],
  rejects: RejectCounts,
  line: number | null,
): void {
  const place = normalizeAnnotation(raw);
  if (isProblem(place)) rejects.add(place, line);
  else places.push(toPlaceRow(place));
}

function toPlaceRow(place: NdtPlace): PartRow<'ndt_places'> {
  return { uuid: place.uuid, probe_cc: place.probeCc, probe_asn: place.probeAsn, name: place.name };
}

async function readObject(file: DumpFile, rejects: RejectCounts): Promise<Json | null> {
  const text = await readText(file.path);
  const raw = isProblem(text) ? undefined : parseJson(text);
  if (isJsonObject(raw)) return raw;
  rejects.add(isProblem(text) ? text : problem('invalid_json', basename(file.path)), null);
  return null;
}

/** A single result does not say which host it comes from: it counts as one from a production host. */
async function convertResult(
  file: FigureDump,
  database: PartDatabase,
  target: string,
  rejects: RejectCounts,
): Promise<Made> {
  const tests: PartRow<'ndt_tests'>[] = [];
  const raw = await readObject(file, rejects);
  if (raw !== null) takeTest(raw, true, tests, rejects, null);
  return write(database, 'ndt_tests', tests, target, { source: 'mlab', rowsIn: 1 });
}

async function convertAnnotation(
  file: FigureDump,
  database: PartDatabase,
  target: string,
  rejects: RejectCounts,
): Promise<Made> {
  const places: PartRow<'ndt_places'>[] = [];
  const raw = await readObject(file, rejects);
  if (raw !== null) takePlace(raw, places, rejects, null);
  return write(database, 'ndt_places', places, target, { source: 'mlab', rowsIn: 1 });
}

async function convertExport(
  file: FigureDump,
  database: PartDatabase,
  target: string,
  rejects: RejectCounts,
): Promise<Made> {
  const table = await readTable(file, rejects);
  const result = normalizeNdtExport(table);
  for (const { line, problem: found } of result.problems) rejects.add(found, line);
  const rowsIn = table.rows.length + table.problems.length;
  return write(database, 'ndt_tests', result.rows, target, { source: 'mlab', rowsIn });
}
