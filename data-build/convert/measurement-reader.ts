/** Measurements of a dump, whatever its form: lines, postcan members or export rows → rows and rejects. */
import { isProblem, problem, type Problem } from '../contract/problem.ts';
import { normalizeEnvelope, type LineOrigin } from '../normalize/envelope.ts';
import { placeEnvelope } from '../normalize/place.ts';
import { parseFileTime } from '../normalize/time.ts';
import { createCsvJoiner } from '../parse/csv.ts';
import {
  parseFastpathHeader,
  parseFastpathRecord,
  type FastpathHeader,
} from '../parse/fastpath-record.ts';
import { stringAt, type JsonObject } from '../parse/json.ts';
import { parseMeasurementLine, parsePostcanMember } from '../parse/measurement-line.ts';
import { FORM_PRECEDENCE } from '../parts.ts';
import type { FingerprintMatcher } from '../score/fingerprints.ts';
import { scoreMeasurement } from '../score/score.ts';
import { scoreStoredFlags } from '../score/stored-flags.ts';
import { readBytes } from '../sources/byte-stream.ts';
import type { DumpFile } from '../sources/dump-folder.ts';
import { decodeText } from '../sources/decode.ts';
import { LONGEST_LINE, createLineSplitter } from '../sources/line-splitter.ts';
import { createTarReader } from '../sources/tar-members.ts';
import { toMeasurementRow, type MeasurementRow } from './measurement-row.ts';

export interface ReadingSink {
  readonly onRow: (row: MeasurementRow) => void;
  /** `line` counts from 1: the line, the member or the row’s first line; null: the file. */
  readonly onReject: (problem: Problem, line: number | null) => void;
}

/** Lines, members or records seen. */
export interface ReadingResult {
  readonly rowsIn: number;
  /** Whether the measurements say of themselves that the sample generator made them. */
  readonly synthetic: boolean;
}

/** What the sample generator writes into `software_name` or `annotations.origin`. */
const SAMPLE_MARK = 'atlas-sample';

function isSample(raw: JsonObject): boolean {
  if (stringAt(raw, 'software_name') === SAMPLE_MARK) return true;
  const annotations = raw['annotations'];
  return (
    typeof annotations === 'object' &&
    annotations !== null &&
    'origin' in annotations &&
    annotations.origin === SAMPLE_MARK
  );
}

/** One measurement → its row, or why it has none. A scorer that throws is our fault, and costs only its line. */
function readMeasurement(
  form: number,
  raw: JsonObject,
  origin: LineOrigin,
  line: Buffer,
  fingerprints: FingerprintMatcher,
): { readonly row: MeasurementRow } | Problem {
  const envelope = normalizeEnvelope(raw, origin);
  if (isProblem(envelope)) return envelope;
  const placed = placeEnvelope(envelope);
  if (isProblem(placed)) return placed;
  try {
    return {
      row: toMeasurementRow(form, placed, scoreMeasurement(raw, placed, fingerprints), line),
    };
  } catch (error) {
    return problem('scorer_error', error instanceof Error ? error.message : 'unknown');
  }
}

/** Measurements one per line. */
export async function readJsonl(
  file: DumpFile,
  fingerprints: FingerprintMatcher,
  sink: ReadingSink,
): Promise<ReadingResult> {
  const uids = file.twin === null ? [] : await readPostcanUids(file.twin);
  const fileMs = parseFileTime(file.path);
  let synthetic = false;
  const splitter = createLineSplitter({
    onLine(line, number) {
      const text = decodeText(line);
      if (text === null) {
        sink.onReject(problem('invalid_utf8', `${line.length} bytes`), number);
        return;
      }
      const parsed = parseMeasurementLine(text);
      if (isProblem(parsed)) {
        sink.onReject(parsed, number);
        return;
      }
      const { raw } = parsed;
      synthetic ||= isSample(raw);
      const origin = { fileMs, measurementUid: pairedUid(uids[number - 1], raw) };
      const read = readMeasurement(FORM_PRECEDENCE.jsonl, raw, origin, line, fingerprints);
      if ('row' in read) sink.onRow(read.row);
      else sink.onReject(read, number);
    },
    onTooLong(number) {
      sink.onReject(problem('line_too_long'), number);
    },
  });
  const failed = await readBytes(file.path, splitter.push);
  splitter.end(failed === null);
  if (failed !== null) sink.onReject(failed, null);
  return { rowsIn: splitter.count, synthetic };
}

/** `20240101…_IT_webconnectivity_….post`: its country and test must be those of the line it is paired with. */
function pairedUid(uid: string | undefined, raw: JsonObject): string | null {
  if (uid === undefined) return null;
  const [, cc, test] = uid.split('_');
  const same =
    cc === stringAt(raw, 'probe_cc')?.toUpperCase() &&
    test === stringAt(raw, 'test_name')?.replaceAll('_', '');
  return same ? uid : null;
}

const POST = /([^/]+)\.post$/;

/** uids of a postcan’s members in order, as far as it can be read; the content is not kept. */
async function readPostcanUids(path: string): Promise<readonly string[]> {
  const uids: string[] = [];
  const reader = createTarReader(
    {
      onMember(name) {
        const uid = POST.exec(name)?.[1];
        if (uid !== undefined) uids.push(uid);
        return false;
      },
      onContent: () => undefined,
    },
    0,
  );
  await readBytes(path, reader.push);
  return uids;
}

/** Submissions as posted, one tar member each; the uid is the member’s name. */
export async function readPostcan(
  file: DumpFile,
  fingerprints: FingerprintMatcher,
  sink: ReadingSink,
): Promise<ReadingResult> {
  const fileMs = parseFileTime(file.path);
  let synthetic = false;
  let members = 0;
  const reader = createTarReader(
    {
      onMember(name, size) {
        if (!POST.test(name)) return false;
        members += 1;
        if (size > LONGEST_LINE) sink.onReject(problem('line_too_long'), members);
        return true;
      },
      onContent(name, content) {
        const text = decodeText(content);
        if (text === null) {
          sink.onReject(problem('invalid_utf8', `${content.length} bytes`), members);
          return;
        }
        const parsed = parsePostcanMember(text);
        if (isProblem(parsed)) {
          sink.onReject(parsed, members);
          return;
        }
        synthetic ||= isSample(parsed.raw);
        const origin = { fileMs, measurementUid: POST.exec(name)?.[1] ?? null };
        const read = readMeasurement(
          FORM_PRECEDENCE.postcan,
          parsed.raw,
          origin,
          content,
          fingerprints,
        );
        if ('row' in read) sink.onRow(read.row);
        else sink.onReject(read, members);
      },
    },
    LONGEST_LINE,
  );
  const failed = await readBytes(file.path, reader.push);
  const whole = reader.end();
  if (failed !== null) sink.onReject(failed, null);
  else if (!whole) sink.onReject(problem('truncated_file', 'the archive ends early'), null);
  return { rowsIn: members, synthetic };
}

/** Rows of the monthly export, judged by the publisher’s stored flags. */
export async function readFastpath(file: DumpFile, sink: ReadingSink): Promise<ReadingResult> {
  let header: FastpathHeader | null = null;
  let records = 0;
  const joiner = createCsvJoiner({
    onRecord(fields, line) {
      if (header === null) {
        const parsed = parseFastpathHeader(fields);
        if (isProblem(parsed)) sink.onReject(parsed, line);
        header = isProblem(parsed) ? new Map() : parsed;
        return;
      }
      records += 1;
      const read = readFastpathRow(header, fields);
      if ('row' in read) sink.onRow(read.row);
      else sink.onReject(read, line);
    },
    onBroken(line) {
      records += 1;
      sink.onReject(problem('invalid_csv', 'quotes do not match'), line);
    },
  });
  const splitter = createLineSplitter({
    onLine(line, number) {
      const text = decodeText(line);
      if (text !== null) joiner.push(text, number);
      else sink.onReject(problem('invalid_utf8', `${line.length} bytes`), number);
    },
    onTooLong(number) {
      sink.onReject(problem('line_too_long'), number);
    },
  });
  const failed = await readBytes(file.path, splitter.push);
  splitter.end(failed === null);
  joiner.end();
  if (failed !== null) sink.onReject(failed, null);
  return { rowsIn: records, synthetic: false };
}

function readFastpathRow(
  header: FastpathHeader,
  fields: readonly string[],
): { readonly row: MeasurementRow } | Problem {
  const record = parseFastpathRecord(header, fields);
  if (isProblem(record)) return record;
  const envelope = normalizeEnvelope(record.raw, { fileMs: null, measurementUid: null });
  if (isProblem(envelope)) return envelope;
  // The publisher has applied its time rule to the flags already; only impossible clocks are left to refuse.
  const placed = placeEnvelope({ ...envelope, receivedMs: null });
  if (isProblem(placed)) return placed;
  const { testName, probeCc } = placed;
  const verdict = scoreStoredFlags({ ...record, testName, probeCc });
  return { row: toMeasurementRow(FORM_PRECEDENCE.fastpath, placed, verdict, fields.join('\n')) };
}
