/** What a dump file is, told by its name first and by its first bytes second. */
import { problem, type Problem } from '../contract/problem.ts';
import type { SourceId } from '../contract/sources.ts';
import type { FileHead } from './byte-stream.ts';

/** Every kind of file that the Atlas knows. */
export const FILE_KINDS = {
  ooni_jsonl: 'OONI measurements, one per line',
  ooni_postcan: 'OONI submissions as posted, in a tar archive',
  ooni_fastpath: 'OONI monthly export of the fastpath table',
  ooni_aggregation: 'OONI aggregation API reply',
  fingerprints_http: 'block-page fingerprints',
  fingerprints_dns: 'blocking-address fingerprints',
  test_list: 'Citizen Lab test list',
  test_list_legend: 'legend of the test lists',
  synthetic_marker: 'mark of the sample generator',
  iqb_parquet: 'M-Lab IQB statistics',
  iqb_manifest: 'M-Lab IQB manifest',
  iqb_query_stats: 'how an IQB file was queried',
  mlab_statistics: 'M-Lab statistics API, daily histograms',
  ndt_archive: 'M-Lab NDT archive',
  ndt_result: 'one M-Lab NDT result',
  ndt_export: 'single M-Lab speed tests, exported as a table',
  mlab_annotation: 'M-Lab annotation2 record',
  tor_userstats: 'Tor Metrics user estimates',
  tool_usage: 'circumvention-tool use by country and day',
} as const satisfies Record<string, string>;
export type FileKind = keyof typeof FILE_KINDS;

/** A file’s beginning as text, for the tests below. Bytes that are not UTF-8 become U+FFFD. */
interface Look {
  /** File name without folders. */
  readonly name: string;
  readonly text: string;
  /** Names in the first line that is not a comment, as CSV. */
  readonly columns: ReadonlySet<string>;
  readonly raw: Uint8Array;
  readonly bytes: Uint8Array;
}

const JSONL_NAME = /\.jsonl(?:\.gz|\.zst|\.zstd)?$/i;
const MEASUREMENT_KEYS = /"(?:test_keys|measurement_start_time|report_id|probe_asn|test_name)"/;

/** What a few bytes can unpack to is looked at so far. */
const LONGEST_LOOK = 1024 * 1024;

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder('utf-8');

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return latin1.decode(bytes.subarray(start, end));
}

/** tar has its magic at byte 257 of the first header (POSIX ustar and GNU alike). */
function isTar(bytes: Uint8Array): boolean {
  return ascii(bytes, 257, 262) === 'ustar';
}

function columnsOf(text: string): ReadonlySet<string> {
  const header = text.split(/\r?\n/, 400).find((line) => line !== '' && !line.startsWith('#'));
  return new Set((header ?? '').split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1')));
}

function hasColumns(look: Look, ...names: readonly string[]): boolean {
  return names.every((name) => look.columns.has(name));
}

function hasKeys(look: Look, ...names: readonly string[]): boolean {
  return names.every((name) => look.text.includes(`"${name}"`));
}

/** Kinds in the order they are tried; the first that fits is it. */
const TESTS: readonly (readonly [FileKind, (look: Look) => boolean])[] = [
  ['synthetic_marker', (look) => look.name === 'SYNTHETIC.json' && hasKeys(look, 'synthetic')],
  ['iqb_parquet', (look) => ascii(look.raw, 0, 4) === 'PAR1' && look.name.endsWith('.parquet')],
  ['ndt_archive', (look) => isTar(look.bytes) && look.name.endsWith('.tgz')],
  ['ooni_postcan', (look) => isTar(look.bytes) && ascii(look.bytes, 0, 4096).includes('.post\0')],
  ['ndt_archive', (look) => isTar(look.bytes) && /ndt[57]/.test(ascii(look.bytes, 0, 4096))],
  ['ooni_postcan', (look) => isTar(look.bytes) && /\.tar(?:\.gz)?$/.test(look.name)],
  ['ooni_fastpath', (look) => hasColumns(look, 'test_name', 'anomaly', 'msm_failure')],
  ['ooni_aggregation', (look) => hasColumns(look, 'measurement_count', 'anomaly_count')],
  [
    'fingerprints_dns',
    (look) =>
      hasColumns(look, 'pattern_type', 'pattern', 'location_found') && look.name.includes('dns'),
  ],
  ['fingerprints_http', (look) => hasColumns(look, 'pattern_type', 'pattern', 'location_found')],
  ['test_list', (look) => hasColumns(look, 'url', 'category_code')],
  [
    'test_list_legend',
    (look) =>
      hasColumns(look, 'CategoryCode') ||
      hasColumns(look, 'CountryCode', 'CountryName') ||
      hasColumns(look, 'New Code'),
  ],
  ['tor_userstats', (look) => hasColumns(look, 'date', 'country', 'users', 'frac')],
  ['ndt_export', (look) => hasColumns(look, 'date', 'country_code', 'mbps')],
  ['tool_usage', (look) => hasColumns(look, 'tool', 'metric', 'value')],
  ['ooni_jsonl', (look) => JSONL_NAME.test(look.name) && isLines(look)],
  ['ooni_aggregation', (look) => isJson(look) && hasKeys(look, 'measurement_count')],
  ['mlab_statistics', (look) => isJson(look) && hasKeys(look, 'bucket_min', 'bucket_max')],
  ['mlab_annotation', (look) => isJson(look) && hasKeys(look, 'UUID', 'Server', 'Client')],
  ['ndt_result', (look) => isJson(look) && hasKeys(look, 'GitShortCommit')],
  [
    'iqb_manifest',
    (look) => isJson(look) && hasKeys(look, 'files') && look.text.includes('"cache/v1/'),
  ],
  ['iqb_query_stats', (look) => isJson(look) && hasKeys(look, 'template_hash')],
  ['ooni_jsonl', (look) => /^\s*\{/.test(look.text) && MEASUREMENT_KEYS.test(look.text)],
];

function isJson(look: Look): boolean {
  return /^\s*[[{]/.test(look.text);
}

/**
 * Text in which a line starts as an object does, or whose first line is longer than the look; a broken line at the
 * front does not hide the others.
 */
function isLines(look: Look): boolean {
  if (look.bytes.length === 0) return look.raw.length === 0;
  const isText = !look.bytes.includes(0);
  if (isText && !look.text.includes('\n')) return !look.text.includes('\uFFFD');
  // Within the line: `\s` would look through all of a file of empty lines again from each of them.
  return /^[ \t\uFEFF]*\{/m.test(look.text) && (isText || MEASUREMENT_KEYS.test(look.text));
}

/** Why a file has no kind, in a few words; empty when there is nothing to say. */
function whyNot(name: string, raw: Uint8Array): string {
  if (name.endsWith('.lz4')) return 'lz4: use the re-made JSONL';
  const [first, second] = raw;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return utf16 ? 'UTF-16: save it as UTF-8' : '';
}

/**
 * The kind of a file, or why it has none: `unrecognised_file`, or `unreadable_file` when it is compressed and
 * nothing could be decompressed. `path` may have folders.
 */
export function recogniseFile(path: string, head: FileHead): FileKind | Problem {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (head.compression !== 'none' && head.bytes.length === 0) {
    return problem('unreadable_file', `${head.compression} data that cannot be decompressed`);
  }
  const bytes = head.bytes.subarray(0, LONGEST_LOOK);
  const text = utf8.decode(bytes);
  const look: Look = { name, text, columns: columnsOf(text), raw: head.raw, bytes };
  const found = TESTS.find(([, fits]) => fits(look));
  if (found !== undefined) return found[0];
  return problem('unrecognised_file', whyNot(name, head.raw));
}

/** Who publishes files of this kind; null for marks of our own. */
export function sourceOfKind(kind: FileKind): SourceId | null {
  switch (kind) {
    case 'ooni_jsonl':
    case 'ooni_postcan':
    case 'ooni_fastpath':
    case 'ooni_aggregation':
    case 'fingerprints_http':
    case 'fingerprints_dns':
      return 'ooni';
    case 'test_list':
    case 'test_list_legend':
      return 'test-lists';
    case 'iqb_parquet':
    case 'iqb_manifest':
    case 'iqb_query_stats':
    case 'mlab_statistics':
    case 'ndt_archive':
    case 'ndt_result':
    case 'ndt_export':
    case 'mlab_annotation':
      return 'mlab';
    case 'tor_userstats':
      return 'tor-metrics';
    case 'tool_usage':
    case 'synthetic_marker':
      return null;
  }
}
