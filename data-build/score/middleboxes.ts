/**
 * http_invalid_request_line and http_header_field_manipulation.
 * Rules: ooni/backend core.py, score_http_invalid_request_line and score_measurement_hhfm.
 */
import { type JsonObject, type JsonValue, isJsonObject } from '../parse/json.ts';
import { parseJson } from '../parse/measurement-line.ts';
import { toFailureClass } from './failure-class.ts';
import { equalValues, hasKey, isJsonArray, valueAt } from './python-values.ts';
import { type Scorer, UNREADABLE, toTestScore } from './test-score.ts';

/** Scores what an echo server sent back; the probe's own `tampering` is not used (ooni/probe issue 1278). */
export const scoreHttpInvalidRequestLine: Scorer = (keys) => {
  const sent = sequenceAt(keys, 'sent');
  const received = sequenceAt(keys, 'received');
  if (sent === null || received === null) return UNREADABLE;
  if (sent.length === 0 && received.length === 0)
    return toTestScore(0, ['http_invalid_request_line.nothing_sent']);
  const compared = Math.min(sent.length, received.length);
  let altered = 0;
  for (let index = 0; index < compared; index += 1)
    if (!equalValues(sent[index], received[index])) altered += 1;
  return altered === 0
    ? toTestScore(0, ['http_invalid_request_line.unaltered'])
    : toTestScore(1, ['http_invalid_request_line.altered'], {
        detail: `unaltered=${compared - altered}/${compared}`,
      });
};

/** What Python iterates over: elements, characters or keys; empty when the key is absent. */
function sequenceAt(keys: JsonObject, key: string): readonly JsonValue[] | null {
  const value = hasKey(keys, key) ? keys[key] : [];
  if (isJsonArray(value)) return value;
  if (typeof value === 'string') return Array.from(value);
  return isJsonObject(value) ? Object.keys(value) : null;
}

/** Scores the headers that a test server says it received against those sent. */
export const scoreHttpHeaderFieldManipulation: Scorer = (keys) => {
  const requests = valueAt(keys, 'requests');
  if (typeof requests === 'string' && requests !== '') return UNREADABLE;
  const noResponse = toTestScore(0, ['http_header_field_manipulation.no_response']);
  if (!isJsonArray(requests) || requests.length === 0) return noResponse;
  const entry = requests[0];
  if (!isJsonObject(entry)) return UNREADABLE;
  const response = hasKey(entry, 'response') ? entry['response'] : {};
  const failure_class = toFailureClass(valueAt(entry, 'failure'));
  if (response === null) return { ...noResponse, failure_class };
  if (!isJsonObject(response)) return UNREADABLE;
  const replaced = toTestScore(1, ['http_header_field_manipulation.replaced'], { failure_class });
  const echoed = parseEcho(valueAt(response, 'body'));
  if (echoed === undefined) return replaced;
  const received = toPairs(echoed, (value) =>
    typeof value === 'string' ? Array.from(value)[0] : isJsonArray(value) ? value[0] : undefined,
  );
  const request = hasKey(entry, 'request') ? entry['request'] : {};
  if (!isJsonObject(request)) return UNREADABLE;
  const sent = toPairs(hasKey(request, 'headers') ? request['headers'] : {}, (value) => value);
  if (received === null || sent === null) return UNREADABLE;
  const missing = countMissing(sent, received);
  const added = countMissing(received, sent);
  return missing + added === 0
    ? toTestScore(0, ['http_header_field_manipulation.unaltered'])
    : toTestScore(1.1, ['http_header_field_manipulation.altered'], {
        detail: `missing=${missing},added=${added}`,
        failure_class,
      });
};

/** `headers_dict` of the server's echo; undefined when the body is not such an echo. */
function parseEcho(body: JsonValue | undefined): JsonValue | undefined {
  if (typeof body !== 'string') return undefined;
  const echo = parseJson(body);
  return isJsonObject(echo) && hasKey(echo, 'headers_dict') ? echo['headers_dict'] : undefined;
}

/** Name–value pairs without `Connection: close`, which servers handle unevenly; null when unreadable. */
function toPairs(
  headers: JsonValue | undefined,
  read: (value: JsonValue | undefined) => JsonValue | undefined,
): ReadonlyMap<string, JsonValue> | null {
  if (!isJsonObject(headers)) return null;
  const pairs = new Map<string, JsonValue>();
  for (const name of Object.keys(headers)) {
    const value = read(headers[name]);
    if (value === undefined || isJsonArray(value) || isJsonObject(value)) return null;
    if (!(name === 'Connection' && value === 'close')) pairs.set(name, value);
  }
  return pairs;
}

function countMissing(
  from: ReadonlyMap<string, JsonValue>,
  within: ReadonlyMap<string, JsonValue>,
): number {
  let missing = 0;
  for (const [name, value] of from)
    if (!within.has(name) || !equalValues(within.get(name), value)) missing += 1;
  return missing;
}
