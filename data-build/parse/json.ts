/** JSON from outside, in any shape. */

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** True for every result of JSON.parse; undefined marks a failed parse. */
export function isJsonValue(value: unknown): value is JsonValue {
  return value !== undefined;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under `key`, or an empty one. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

/** `Array.isArray` that keeps the element type. */
export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The array under `key`, or an empty one. */
export function arrayAt(object: JsonObject, key: string): readonly JsonValue[] {
  const value = object[key];
  return isJsonArray(value) ? value : [];
}

/** The string under `key`, or null when it is anything else. */
export function stringAt(object: JsonObject, key: string): string | null {
  const value = object[key];
  return typeof value === 'string' ? value : null;
}

/** The finite number under `key`, or null when it is anything else. */
export function numberAt(object: JsonObject, key: string): number | null {
  const value = object[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
