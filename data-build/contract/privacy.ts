/**
 * Shapes of text that must never leave the build: what could lead to a person, and marks that nobody sees but that turn
 * the text around them, hide in it, or drive a terminal. Every published text column is scanned for them, and a hit
 * stops the build. Written so that RE2 (DuckDB) and JavaScript read them alike; always matched without case.
 */

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const GROUP = '[0-9a-f]{1,4}';

/** Not the joiners U+200C and U+200D, which names in Persian and Indian scripts need. */
const UNSEEN_MARK =
  '[\\x00-\\x1f\\x7f-\\x9f\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]';

export const PRIVATE_SHAPES = {
  ipv4: `(?:^|[^0-9.])(?:${OCTET}\\.){3}${OCTET}(?:[^0-9]|$)`,
  ipv6: `(?:^|[^0-9a-z:])(?:(?:${GROUP}:){7}${GROUP}|(?:${GROUP}:){1,6}:(?:${GROUP}(?::${GROUP})*)?|::(?:${GROUP}:)*${GROUP})(?:[^0-9a-z:]|$)`,
  email: '[a-z0-9._%+-]+(?:@|%40)[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.[a-z]{2,}',
  mac: '(?:^|[^0-9a-f:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?:[^0-9a-f:-]|$)',
  jwt: 'eyj[a-z0-9_-]{6,}\\.[a-z0-9_-]{6,}',
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  long_hex: '(?:^|[^0-9a-z])[0-9a-f]{32,}(?:[^0-9a-z]|$)',
  credential:
    '(?:token|api_?key|passw(?:or)?d|session_?(?:id)?|secret|auth|sid|phpsessid)=[^&\\s]{6,}',
  unseen_mark: UNSEEN_MARK,
} as const satisfies Record<string, string>;
export type PrivateShape = keyof typeof PRIVATE_SHAPES;

/** All shapes as one pattern, for blanking values before they are published. */
export const PRIVATE_TEXT: string = Object.values(PRIVATE_SHAPES)
  .map((shape) => `(?:${shape})`)
  .join('|');

/**
 * Identifiers that may look like tokens. They must have their own exact shape instead. Source of both:
 * the publisher's report and measurement ids, past and present (docs/sources.md).
 */
export const ID_SHAPES = {
  report_id:
    '^(?:[0-9]{8}T[0-9]{6}Z_(?:[a-z0-9]{1,60}_[A-Z]{2}_[0-9]{1,10}_n[0-9]{1,3}_[A-Za-z0-9]{16}|(?:AS[0-9]{1,10}_)?[A-Za-z0-9]{50})|[A-Za-z0-9]{64})$',
  measurement_uid:
    '^(?:[0-9]{14}\\.[0-9]{6}_[A-Z]{2}_[a-z0-9_]{1,60}_[0-9a-f]{16}|01[0-9]{8}[0-9a-f]{30})$',
  event_id: '^[A-Za-z0-9._:-]{1,120}$',
} as const satisfies Record<string, string>;

/** The shapes found in a text; empty when it may be published. */
export function findPrivateShapes(text: string): readonly string[] {
  return Object.entries(PRIVATE_SHAPES)
    .filter(([, shape]) => new RegExp(shape, 'i').test(text))
    .map(([name]) => name);
}

/** The text with each unseen mark as its bytes, `%E2%80%AE`: for names of files, which must be told apart. */
export function spellUnseen(text: string): string {
  return text.replace(new RegExp(UNSEEN_MARK, 'g'), encodeURIComponent);
}
