/** Published counts: the reply of an API, and the sidecar with the values that all rows share. */
import { readFileSync } from 'node:fs';
import { isProblem } from '../../contract/problem.ts';
import { type AggregationReply, parseAggregationCsv, parseAggregationJson } from './aggregation.ts';
import { isJsonObject, type JsonObject } from '../../parse/json.ts';
import { parseJson } from '../../parse/measurement-line.ts';
import type { Read } from '../../convert/conversion.ts';
import { readText } from '../../convert/whole-file.ts';

interface ScopedReply {
  readonly reply: AggregationReply;
  /** `{"probe_cc": …, "test_name": …}` */
  readonly scope: JsonObject;
}

/** A reply with its scope, as one piece. */
export const readCounts: Read<ScopedReply> = async (file, { take, refuse }) => {
  const text = await readText(file.path);
  const reply = isProblem(text)
    ? text
    : /^\s*[[{]/.test(text)
      ? parseAggregationJson(text)
      : parseAggregationCsv(text);
  if (isProblem(reply)) {
    refuse(reply, null);
    return { rowsIn: 0 };
  }
  take({ reply, scope: readSidecar(file.sidecar) }, null);
  return { rowsIn: reply.rows.length + reply.problems.length };
};

/** An unreadable sidecar counts as empty. */
function readSidecar(path: string | null): JsonObject {
  if (path === null) return {};
  const value = parseJson(readFileSync(path, 'utf8'));
  return isJsonObject(value) ? value : {};
}
