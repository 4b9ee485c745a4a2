/**
 * JSON values as the publisher's Python scorer reads them: which count as missing, as true, as
 * equal. Where Python would raise an error on a shape, these return null and the line becomes
 * `envelope.unreadable`.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../parse/json.ts';

/** Whether the value is an array; keeps the element type that `Array.isArray` loses. */
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Whether the key itself is present, with whatever value. */
export function hasKey(object: JsonObject, key: string): boolean {
  return Object.hasOwn(object, key);
}

/** The value under an own key; undefined when absent. */
export function valueAt(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Null or absent. */
export function isMissing(value: JsonValue | undefined): value is null | undefined {
  return value === null || value === undefined;
}

/** Truth as in Python: empty strings, lists and objects, zero, false and null are false. */
export function isTruthy(value: JsonValue | undefined): boolean {
  if (isMissing(value) || value === false || value === 0 || value === '') return false;
  if (isJsonArray(value)) return value.length > 0;
  if (isJsonObject(value)) {
    for (const key in value) if (Object.hasOwn(value, key)) return true;
    return false;
  }
  return true;
}

/** Whether the value equals Python's False, which 0 does. */
export function equalsFalse(value: JsonValue | undefined): boolean {
  return value === false || value === 0;
}

/** Whether the value equals Python's True, which 1 does. */
export function equalsTrue(value: JsonValue | undefined): boolean {
  return value === true || value === 1;
}

/** The object under `key`; empty when missing; null when it is something else. */
export function objectOrNull(object: JsonObject, key: string): JsonObject | null {
  const value = valueAt(object, key);
  if (isMissing(value)) return {};
  return isJsonObject(value) ? value : null;
}

/** What iterating the value under `key` yields; empty when missing; null when it is no list. */
export function listOrNull(object: JsonObject, key: string): readonly JsonValue[] | null {
  const value = valueAt(object, key);
  if (isMissing(value)) return [];
  if (isJsonArray(value)) return value;
  return value === '' || (isJsonObject(value) && !isTruthy(value)) ? [] : null;
}

/** The same as `listOrNull`, but every false value (0, false, …) counts as no list at all. */
export function listIfTruthy(object: JsonObject, key: string): readonly JsonValue[] | null {
  return isTruthy(valueAt(object, key)) ? listOrNull(object, key) : [];
}

/** All elements as objects, or null when one is not. */
export function asObjects(values: readonly JsonValue[] | null): readonly JsonObject[] | null {
  if (values === null) return null;
  const objects: JsonObject[] = [];
  for (const value of values) {
    if (!isJsonObject(value)) return null;
    objects.push(value);
  }
  return objects;
}

/**
 * Equality of two JSON values by content, 1 and true being equal. Walks without recursion, so that no
 * depth of nesting can exhaust the stack.
 */
export function equalValues(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  const pending: [JsonValue | undefined, JsonValue | undefined][] = [[left, right]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    if (isJsonArray(a)) {
      if (!isJsonArray(b) || a.length !== b.length) return false;
      for (let index = 0; index < a.length; index += 1) pending.push([a[index], b[index]]);
    } else if (isJsonObject(a)) {
      if (!isJsonObject(b)) return false;
      const keys = Object.keys(a);
      if (keys.length !== Object.keys(b).length) return false;
      for (const key of keys) {
        if (!Object.hasOwn(b, key)) return false;
        pending.push([a[key], b[key]]);
      }
    } else if (!(equalsTrue(a) && equalsTrue(b)) && !(equalsFalse(a) && equalsFalse(b))) {
      return false;
    }
  }
  return true;
}
