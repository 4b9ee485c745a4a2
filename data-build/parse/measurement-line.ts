/** One line of a measurement dump, as text → the JSON object it holds. */
import { isProblem, problem, type Problem } from '../contract/problem.ts';
import { isJsonObject, isJsonValue, type JsonObject, type JsonValue } from './json.ts';

/** Wrapped, so that no line can look like a Problem. */
export interface RawMeasurement {
  readonly kind: 'measurement';
  readonly raw: JsonObject;
}

/** The value, or undefined when the text is not JSON. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonValue(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `{}` and blank lines are `empty_line`: the publisher's mark for a submission that could not be read. */
export function parseMeasurementLine(text: string): RawMeasurement | Problem {
  if (text.length < 64 && text.trim() === '') return problem('empty_line');
  const value = parseJson(text);
  // The message does not quote the text, which can hold private data.
  if (value === undefined) return problem('invalid_json', `${text.length} characters`);
  if (!isJsonObject(value)) {
    return problem('not_an_object', Array.isArray(value) ? 'a list' : `a ${typeof value}`);
  }
  return Object.keys(value).length === 0
    ? problem('empty_line', '{}')
    : { kind: 'measurement', raw: value };
}

/** A postcan member, `{"format": "json", "content": {…}}` → its content. Other formats are not read. */
export function parsePostcanMember(text: string): RawMeasurement | Problem {
  const post = parseMeasurementLine(text);
  if (isProblem(post)) return post;
  const { format, content } = post.raw;
  if (format !== 'json') return problem('invalid_json', 'the submission is not in JSON format');
  return isJsonObject(content)
    ? { kind: 'measurement', raw: content }
    : problem('not_an_object', 'the submission has no content');
}
