/** Parsed JSON, of which nothing is known yet but that it is an object: neither a list nor a plain value. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
