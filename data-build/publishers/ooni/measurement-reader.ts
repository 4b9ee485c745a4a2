/** Measurements of a dump, whatever its form: lines, postcan members or export rows. */
import { isProblem, problem, type Problem } from '../../contract/problem.ts';
import { normalizeEnvelope, type LineOrigin } from './envelope.ts';
import { placeEnvelope } from './place.ts';
import { parseFileTime } from '../../normalize/time.ts';
import { createCsvJoiner } from '../../parse/csv.ts';
import {
  parseFastpathHeader,
  parseFastpathRecord,
  type FastpathHeader,
} from './fastpath-record.ts';
import {
  isJsonArray,
  isJsonObject,
  objectAt,
  stringAt,
  type JsonObject,
  type JsonValue,
} from '../../parse/json.ts';
import { parseMeasurementLine, parsePostcanMember } from '../../parse/measurement-line.ts';
import { FORM_PRECEDENCE, type Normalized } from '../../parts.ts';
import { scoreMeasurement } from '../../score/score.ts';
import { scoreStoredFlags } from '../../score/stored-flags.ts';
import { readBytes } from '../../read/byte-stream.ts';
import { decodeText } from '../../read/decode.ts';
import { createTarReader } from '../../read/tar-members.ts';
import type { Read, Surroundings } from '../../convert/conversion.ts';
import { toMeasurementRow } from './measurement-row.ts';
import { readJson, readLines, readMembers } from '../../convert/readers.ts';

/** A measurement as posted, with facts from its file. */
export interface PostedMeasurement {
  readonly form: number;
  readonly raw: JsonObject;
  readonly origin: LineOrigin;
  /** Its bytes, which identify it without uid and report. */
  readonly bytes: Buffer;
}

/** What the sample generator writes into `software_name` or `annotations.origin`. */
const SAMPLE_MARK = 'atlas-sample';

function isSample(raw: JsonObject): boolean {
  return (
    stringAt(raw, 'software_name') === SAMPLE_MARK ||
    stringAt(objectAt(raw, 'annotations'), 'origin') === SAMPLE_MARK
  );
}

/** One measurement → its row, or why it has none. An error in a scorer is an internal error and rejects only that line. */
export function normalizeMeasurement(
  { form, raw, origin, bytes }: PostedMeasurement,
  { fingerprints }: Surroundings,
): Normalized<'measurements'> | Problem {
  const envelope = normalizeEnvelope(raw, origin);
  if (isProblem(envelope)) return envelope;
  const placed = placeEnvelope(envelope);
  if (isProblem(placed)) return placed;
  try {
    const verdict = scoreMeasurement(raw, placed, fingerprints);
    return { rows: [toMeasurementRow(form, placed, verdict, bytes)], problems: [] };
  } catch (error) {
    return problem('scorer_error', error instanceof Error ? error.message : 'unknown');
  }
}

/** Measurements one per line. */
export const readJsonl: Read<PostedMeasurement> = async (file, { take, refuse }) => {
  const uids = file.twin === null ? [] : await readPostcanUids(file.twin);
  const fileMs = parseFileTime(file.path);
  let synthetic = false;
  const onLine = (text: string, number: number, bytes: Buffer): void => {
    const parsed = parseMeasurementLine(text);
    if (isProblem(parsed)) {
      refuse(parsed, number);
      return;
    }
    const { raw } = parsed;
    synthetic ||= isSample(raw);
    const origin = { fileMs, measurement_uid: pairedUid(uids[number - 1], raw) };
    take({ form: FORM_PRECEDENCE.jsonl, raw, origin, bytes }, number);
  };
  return { rowsIn: await readLines(file, onLine, refuse), synthetic };
};

/** Measurements in one JSON text, counted from 1: one of them, or a list. */
export const readMeasurementList: Read<PostedMeasurement> = async (file, { take, refuse }) => {
  const fileMs = parseFileTime(file.path);
  let synthetic = false;
  const { rowsIn } = await readJson(file, {
    take(value, line) {
      const list: readonly JsonValue[] = isJsonArray(value) ? value : [value];
      list.forEach((raw, index) => {
        const number = isJsonArray(value) ? index + 1 : line;
        if (!isJsonObject(raw)) {
          refuse(problem('not_an_object'), number);
          return;
        }
        synthetic ||= isSample(raw);
        const bytes = Buffer.from(JSON.stringify(raw));
        const origin = { fileMs, measurement_uid: null };
        take({ form: FORM_PRECEDENCE.jsonl, raw, origin, bytes }, number);
      });
    },
    refuse,
  });
  return { rowsIn, synthetic };
};

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
export const readPostcan: Read<PostedMeasurement> = async (file, { take, refuse }) => {
  const fileMs = parseFileTime(file.path);
  let synthetic = false;
  const onMember = (name: string, bytes: Buffer, number: number): void => {
    const text = decodeText(bytes);
    const parsed =
      text === null ? problem('invalid_utf8', `${bytes.length} bytes`) : parsePostcanMember(text);
    if (isProblem(parsed)) {
      refuse(parsed, number);
      return;
    }
    const { raw } = parsed;
    synthetic ||= isSample(raw);
    const origin = { fileMs, measurement_uid: POST.exec(name)?.[1] ?? null };
    take({ form: FORM_PRECEDENCE.postcan, raw, origin, bytes }, number);
  };
  return { rowsIn: await readMembers(file, POST, onMember, refuse), synthetic };
};

/** A row of the monthly export. */
export interface ExportedMeasurement {
  readonly header: FastpathHeader;
  readonly fields: readonly string[];
}

/** Rows of the monthly export. */
export const readFastpath: Read<ExportedMeasurement> = async (file, { take, refuse }) => {
  let header: FastpathHeader | null = null;
  let records = 0;
  const joiner = createCsvJoiner({
    onRecord(fields, line) {
      if (header === null) {
        const parsed = parseFastpathHeader(fields);
        if (isProblem(parsed)) refuse(parsed, line);
        header = isProblem(parsed) ? new Map() : parsed;
        return true;
      }
      records += 1;
      take({ header, fields }, line);
      return fields.length === header.size;
    },
    onBroken(line) {
      records += 1;
      refuse(problem('invalid_csv', 'quotes do not match'), line);
    },
  });
  await readLines(file, joiner.push, refuse);
  joiner.end();
  return { rowsIn: records };
};

/** Judged by the publisher’s stored flags. */
export function normalizeExported({
  header,
  fields,
}: ExportedMeasurement): Normalized<'measurements'> | Problem {
  const record = parseFastpathRecord(header, fields);
  if (isProblem(record)) return record;
  const envelope = normalizeEnvelope(record.raw, { fileMs: null, measurement_uid: null });
  if (isProblem(envelope)) return envelope;
  // The flags already include the publisher's time rule. What is refused is refused as in the other forms.
  const placed = placeEnvelope(envelope);
  if (isProblem(placed)) return placed;
  const { test_name, probe_cc } = placed;
  const verdict = scoreStoredFlags({ ...record, test_name, probe_cc });
  const row = toMeasurementRow(FORM_PRECEDENCE.fastpath, placed, verdict, fields.join('\n'));
  return { rows: [row], problems: [] };
}
