/** OONI's measurements, its published counts, and the fingerprints that confirm. */
import { readCounts } from './count-reader.ts';
import { toFinished, toRows } from '../../convert/conversion.ts';
import {
  normalizeExported,
  normalizeMeasurement,
  readFastpath,
  readJsonl,
  readMeasurementList,
  readPostcan,
} from './measurement-reader.ts';
import { normalizeCounts } from './counts.ts';
import { parseFileTime } from '../../normalize/time.ts';
import { ascii, beginsWithKey, hasColumns, isJsonWith, isTar, type Look } from '../../read/look.ts';
import type { PartKind } from '../../parts.ts';
import type { DumpKinds } from '../dump-kind.ts';

const MEASUREMENT_KEYS = /"(?:test_keys|measurement_start_time|report_id|probe_asn|test_name)"/;
/** First keys of lines that others publish. */
const OTHER_LINES = ['GitShortCommit', 'asn', 'changed', 'organizationId'];
const FINGERPRINT_COLUMNS = ['pattern_type', 'pattern', 'location_found'];

/** The hour that a file's name gives is the latest at which its measurements were received. */
const measurements = {
  part: 'measurements',
  pathHint: (path: string) => String(parseFileTime(path)),
} as const;

/**
 * Text with a line that starts like an object, or with a first line longer than the look. A broken first line does
 * not hide the others.
 */
function isLines(look: Look): boolean {
  if (look.bytes.length === 0) return true;
  // Speed tests and networks of organizations come one per line, too.
  if (OTHER_LINES.some((key) => beginsWithKey(look, key))) return false;
  const isText = !look.bytes.includes(0);
  if (isText && !look.text.includes('\n')) return !look.text.includes('\uFFFD');
  // Not `\s`, which would scan a file of empty lines again from each line.
  return /^[ \t\uFEFF]*\{/m.test(look.text) && (isText || MEASUREMENT_KEYS.test(look.text));
}

/** A list, or an object over several lines: no line is a measurement. */
function isOneValue(text: string): boolean {
  return /^[\s\uFEFF]*(?:\[\s*\{|\{[ \t]*\r?\n\s*")/.test(text);
}

function isCounts(look: Look): boolean {
  return isJsonWith(look, 'measurement_count');
}

const isScoredPart = (kind: PartKind) => ({
  signs: [
    (look: Look) =>
      ascii(look.raw, 0, 4) === 'PAR1' && look.name.endsWith(`.${kind}.scored.parquet`),
  ] as const,
  conversion: toFinished(kind),
});

export const OONI_DUMPS: DumpKinds = {
  /** The large samples. */
  sample_measurements: isScoredPart('measurements'),
  sample_counts: isScoredPart('counts'),
  /** Submissions as posted, in a tar archive. */
  ooni_postcan: {
    signs: [
      (look) =>
        isTar(look) &&
        !look.name.endsWith('.tgz') &&
        ascii(look.bytes, 0, 4096).includes('.post\0'),
      (look) => isTar(look) && /\.tar(?:\.gz)?$/.test(look.name),
    ],
    conversion: toRows({ ...measurements, read: readPostcan, normalize: normalizeMeasurement }),
  },
  /** The monthly export of the fastpath table. */
  ooni_fastpath: {
    signs: [(look) => hasColumns(look, 'test_name', 'anomaly', 'msm_failure')],
    conversion: toRows({ ...measurements, read: readFastpath, normalize: normalizeExported }),
  },
  /** One measurement, indented, or a list of them. */
  ooni_json: {
    signs: [(look) => isOneValue(look.text) && MEASUREMENT_KEYS.test(look.text) && !isCounts(look)],
    conversion: toRows({
      ...measurements,
      read: readMeasurementList,
      normalize: normalizeMeasurement,
    }),
  },
  /** One measurement per line. */
  ooni_jsonl: {
    signs: [
      (look) => /\.jsonl(?:\.gz|\.zst|\.zstd)?$/i.test(look.name) && isLines(look),
      (look) => /^\s*\{/.test(look.text) && MEASUREMENT_KEYS.test(look.text),
    ],
    conversion: toRows({ ...measurements, read: readJsonl, normalize: normalizeMeasurement }),
  },
  /** A reply of the aggregation API. */
  ooni_aggregation: {
    signs: [(look) => hasColumns(look, 'measurement_count', 'anomaly_count') || isCounts(look)],
    conversion: toRows({
      part: 'counts',
      read: readCounts,
      normalize: ({ reply, scope }) => normalizeCounts(reply, scope),
    }),
  },
  fingerprints_dns: {
    signs: [(look) => hasColumns(look, ...FINGERPRINT_COLUMNS) && look.name.includes('dns')],
  },
  fingerprints_http: {
    signs: [(look) => hasColumns(look, ...FINGERPRINT_COLUMNS) && !look.name.includes('dns')],
  },
};
