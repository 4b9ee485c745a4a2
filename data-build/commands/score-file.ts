/** `npm run score`: the publisher's flags and the Atlas's outcome for every line of a file, as JSON lines. */
import { readFileSync } from 'node:fs';
import { isProblem, problem, type Problem } from '../contract/problem.ts';
import { copyNative } from '../convert/native-text.ts';
import { normalizeEnvelope } from '../publishers/ooni/envelope.ts';
import { publisherDiscard } from '../publishers/ooni/place.ts';
import { parseFileTime } from '../normalize/time.ts';
import { stringAt, type JsonObject, type JsonValue } from '../parse/json.ts';
import { parseMeasurementLine } from '../parse/measurement-line.ts';
import { compileFingerprints, type FingerprintMatcher } from '../score/fingerprints.ts';
import { scoreMeasurement } from '../score/score.ts';
import { fileErrorOf, readBytes } from '../read/byte-stream.ts';
import { decodeText } from '../read/decode.ts';
import { OONI_DUMPS } from '../publishers/ooni/dumps.ts';
import { walkDumps } from '../read/dump-folder.ts';
import { createLineSplitter } from '../read/line-splitter.ts';

/** One line of output. Flags are null when the line could not be read at all. */
export interface ScoredLine {
  /** Counted from 1. */
  readonly line: number;
  readonly test_name: string | null;
  readonly report_id: string | null;
  /** As in the line; a list stays a list. */
  readonly input: JsonValue;
  readonly outcome: string | null;
  readonly anomaly: boolean | null;
  readonly confirmed: boolean | null;
  readonly failure: boolean | null;
  readonly blocking_type: string | null;
  readonly blocking_method: string | null;
  readonly rule_ids: readonly string[];
  /** Why the publisher discards the line, or why it cannot be read; else null. */
  readonly discarded: string | null;
}

export interface ScoreRequest {
  readonly file: string;
  /** Folder with fingerprints; null: score without. */
  readonly lists: string | null;
  readonly write: (line: string) => void;
}

/** Resolves to the Problem that ended the reading early, or null. Throws when `lists` does not exist. */
export async function runScore({ file, lists, write }: ScoreRequest): Promise<Problem | null> {
  const fingerprints = loadFingerprints(lists);
  const fileMs = parseFileTime(file);
  const put = (scored: ScoredLine): void => write(JSON.stringify(scored));
  const splitter = createLineSplitter({
    onLine(bytes, line) {
      const text = decodeText(bytes);
      if (text === null) {
        put(unreadable(line, 'invalid_utf8'));
        return;
      }
      const parsed = parseMeasurementLine(text);
      if (isProblem(parsed)) put(unreadable(line, parsed.reason));
      else put(scoreLine(parsed.raw, line, fileMs, fingerprints));
    },
    onTooLong(line) {
      put(unreadable(line, 'line_too_long'));
    },
  });
  const failed = await readBytes(file, splitter.push).catch((error: unknown) => {
    const code = fileErrorOf(error);
    if (code === null) throw error;
    return problem('unreadable_file', code);
  });
  splitter.end(failed === null);
  return failed;
}

function loadFingerprints(folder: string | null): FingerprintMatcher {
  const files = folder === null ? [] : walkDumps([folder], OONI_DUMPS).files;
  const read = (kind: string): string => {
    const found = files.find((file) => file.kind === kind);
    return found === undefined ? '' : readFileSync(found.path, 'utf8');
  };
  return compileFingerprints(read('fingerprints_http'), read('fingerprints_dns'), copyNative);
}

function unreadable(line: number, discarded: string): ScoredLine {
  return {
    line,
    test_name: null,
    report_id: null,
    input: null,
    outcome: null,
    anomaly: null,
    confirmed: null,
    failure: null,
    blocking_type: null,
    blocking_method: null,
    rule_ids: [],
    discarded,
  };
}

function scoreLine(
  raw: JsonObject,
  line: number,
  fileMs: number | null,
  fingerprints: FingerprintMatcher,
): ScoredLine {
  const envelope = normalizeEnvelope(raw, { fileMs, measurement_uid: null });
  if (isProblem(envelope)) {
    return {
      ...unreadable(line, publisherDiscard(raw) ?? envelope.reason),
      report_id: stringAt(raw, 'report_id'),
    };
  }
  // Without the time rule: the publisher's scorer does not know the receive time either.
  const verdict = scoreMeasurement(raw, { ...envelope, clockFault: null }, fingerprints);
  return {
    line,
    test_name: envelope.test_name,
    report_id: envelope.report_id,
    input: raw['input'] ?? null,
    outcome: verdict.outcome,
    anomaly: verdict.flags.anomaly,
    confirmed: verdict.flags.confirmed,
    failure: verdict.flags.failure,
    blocking_type: verdict.flags.blockingType,
    blocking_method: verdict.blocking_method,
    rule_ids: verdict.ruleIds,
    discarded: publisherDiscard(raw),
  };
}
