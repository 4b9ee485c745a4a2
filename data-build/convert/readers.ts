/** Ways to read a dump that any source may use: a table, a JSON value, the members of an archive, lines. */
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { isProblem, problem } from '../contract/problem.ts';
import { type CsvTable, parseCsvTable } from '../parse/csv-table.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../parse/json.ts';
import { parseJson, parseMeasurementLine } from '../parse/measurement-line.ts';
import { readBytes } from '../read/byte-stream.ts';
import { decodeText } from '../read/decode.ts';
import type { DumpFile } from '../read/dump-folder.ts';
import { createLineSplitter, LONGEST_LINE } from '../read/line-splitter.ts';
import { createTarReader } from '../read/tar-members.ts';
import type { Pieces, Read, Refuse } from './conversion.ts';
import { readText } from './whole-file.ts';

/** The table that a CSV file holds, as one piece. */
export const readTable: Read<CsvTable> = async (file, { take, refuse }) => {
  const text = await readText(file.path);
  const table = isProblem(text) ? text : parseCsvTable(text);
  if (isProblem(table)) {
    refuse(table, null);
    return { rowsIn: 0 };
  }
  take(table, null);
  return { rowsIn: table.rows.length + table.problems.length };
};

/** The value that a JSON file holds, as one piece. A list counts as its entries. */
export const readJson: Read<JsonValue> = async (file, { take, refuse }) => {
  const text = await readText(file.path);
  const value = isProblem(text) ? text : (parseJson(text) ?? invalidJson(file));
  if (isProblem(value)) {
    refuse(value, null);
    return { rowsIn: 0 };
  }
  take(value, null);
  return { rowsIn: isJsonArray(value) ? value.length : 1 };
};

/** As `readJson`, of a file that is one record. */
export const readJsonObject: Read<JsonObject> = async (file, { take, refuse }) => {
  const only: Pieces<JsonValue> = {
    take(value, line) {
      if (isJsonObject(value)) take(value, line);
      else refuse(invalidJson(file), line);
    },
    refuse,
  };
  await readJson(file, only);
  return { rowsIn: 1 };
};

const invalidJson = (file: DumpFile) => problem('invalid_json', basename(file.path));

/** Members of a tar archive whose name fits, whole, counted from 1. Returns how many there were. */
export async function readMembers(
  file: DumpFile,
  wanted: RegExp,
  onMember: (name: string, content: Buffer, number: number) => void,
  refuse: Refuse,
): Promise<number> {
  let members = 0;
  const reader = createTarReader(
    {
      onMember(name, size) {
        if (!wanted.test(name)) return false;
        members += 1;
        if (size > LONGEST_LINE) refuse(problem('line_too_long'), members);
        return true;
      },
      onContent: (name, content) => onMember(name, content, members),
    },
    LONGEST_LINE,
  );
  const failed = await readBytes(file.path, reader.push);
  const whole = reader.end();
  if (failed !== null) refuse(failed, null);
  else if (!whole) refuse(problem('truncated_file', 'the archive ends early'), null);
  return members;
}

/** JSON members of a tar archive, plain or gzipped once more. */
export const readJsonMembers: Read<JsonObject> = async (file, { take, refuse }) => {
  const onMember = (_name: string, content: Buffer, number: number): void => {
    const raw = parseMember(content);
    if (isProblem(raw)) refuse(raw, number);
    else take(raw, number);
  };
  return { rowsIn: await readMembers(file, /\.json(\.gz)?$/, onMember, refuse) };
};

function parseMember(content: Buffer) {
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
  if (isJsonObject(raw)) return raw;
  return problem(raw === undefined ? 'invalid_json' : 'not_an_object');
}

/** Lines of a file that are UTF-8, counted from 1. Returns how many there were. */
export async function readLines(
  file: DumpFile,
  onLine: (text: string, number: number, bytes: Buffer) => void,
  refuse: Refuse,
): Promise<number> {
  const splitter = createLineSplitter({
    onLine(line, number) {
      const text = decodeText(line);
      if (text === null) refuse(problem('invalid_utf8', `${line.length} bytes`), number);
      else onLine(text, number, line);
    },
    onTooLong: (number) => refuse(problem('line_too_long'), number),
  });
  const failed = await readBytes(file.path, splitter.push);
  splitter.end(failed === null);
  if (failed !== null) refuse(failed, null);
  return splitter.count;
}

/** One object per line. */
export const readJsonLines: Read<JsonObject> = async (file, { take, refuse }) => {
  const onLine = (text: string, number: number): void => {
    const parsed = parseMeasurementLine(text);
    if (isProblem(parsed)) refuse(parsed, number);
    else take(parsed.raw, number);
  };
  return { rowsIn: await readLines(file, onLine, refuse) };
};
