/**
 * Shapes of text that must never leave the build: what could lead to a person, and marks that nobody sees but that turn
 * the text around them, hide in it, or drive a terminal. Every published text column is scanned for them, and a hit
 * stops the build. Written so that RE2 (DuckDB), JavaScript and Java (Spark) read them alike; always matched without case.
 */

import { foldSql, foldText, isSpelled, isSpelledSql } from './spellings.ts';
import { quoteText } from './sql.ts';

/** Also with zeros before it. */
const OCTET = '(?:25[0-5]|2[0-4][0-9]|[01]?[0-9]?[0-9])';
const GROUP = '[0-9a-f]{1,4}';
/** A letter, or any mark beyond ASCII: classes of Unicode cost four times as much to read. */
const LETTER = 'a-z\u00A1-\u{10FFFF}';
const WORD = `0-9${LETTER}`;
const SPACE = '\\x00-\\x20';

/** What stands before the name of a host. */
const BEFORE_HOST = `(?:^|//|[${SPACE}=,;@{("\\[<>|])`;
/** Where the name of a host begins, and what of it may stand before an address. */
const HOST = `${BEFORE_HOST}(?:[${WORD}._-]*[${LETTER}._]-*)?`;
/** Providers name lines and machines after their addresses. Such a name lies below a domain of its provider. */
const BELOW = `(?:\\.[${WORD}_-]+)+\\.[${LETTER}]`;
const DASHED_IPV4 = `(?:${OCTET}[._xz-]){3}${OCTET}(?:[${LETTER}_-][${WORD}_-]*)?`;
/** Digits of the same: octets with zeros before them, and numbers of telephones and devices. No name of a website has so many. */
const NUMBERED = '[0-9]{11,20}';

/** So many hexadecimal digits, among them a letter and a figure: words and dates are not meant. */
const mixedHex = (length: number): string =>
  Array.from({ length: length - 1 }, (_, at) => {
    const [first, rest] = [at + 1, length - at - 2];
    return `(?:[0-9]{${first}}[a-f]|[a-f]{${first}}[0-9])[0-9a-f]{${rest}}`;
  }).join('|');
/** An address of IPv4, of a device (MAC), or of the network of a household in IPv6, written as one number. */
const HEX_ADDRESS = `(?:${mixedHex(8)}|${mixedHex(12)}|[23](?:${mixedHex(15)}))`;
/** A number ends with its label, or before a dash; before it stands no letter that could be of it. */
const NUMBERED_HOST = `${BEFORE_HOST}(?:[${WORD}._-]*[g-z\u00A1-\u{10FFFF}._-])?(?:${NUMBERED}|${HEX_ADDRESS})(?:[_-][${WORD}_-]*)?`;

/** Those in use begin with 2 or 3; other groups between dashes are words or dates. */
const DASHED_IPV6 = `[23][0-9a-f]{3}(?:(?:-${GROUP}){7}|(?:-${GROUP}){1,5}--(?:${GROUP}(?:-${GROUP})*)?)`;

/** So that programs do not take them for addresses: `203[.]0[.]113[.]7`, `someone (at) example.org`. */
const SPELLED_DOT = '[\\x00-\\x20]?[\\[({](?:\\.|dot)[\\])}][\\x00-\\x20]?';
const SPELLED_AT = '(?:[\\x00-\\x20]?[\\[({](?:@|at)[\\])}][\\x00-\\x20]?|&(?:commat|#64|#x40);)';
/** Numbers of the octets of IPv4 that programs read as well: hexadecimal, or octal. */
const ODD_OCTET = '(?:0x[0-9a-f]{1,2}|0[0-3][0-7]{2})';

/** Digits, with what people write between them. */
const spacedDigits = (least: number): string => `[0-9](?:[ ().-]{0,2}[0-9]){${least - 1},}`;

/** Four hexadecimal digits, among them a letter. */
const LETTERED = '(?:[a-f][0-9a-f]{3}|[0-9][a-f][0-9a-f]{2}|[0-9]{2}[a-f][0-9a-f]|[0-9]{3}[a-f])';

/** Degrees to a hundred meters or nearer. */
const DEGREES = '-?[0-9]{1,3}\\.[0-9]{3,}';

/** Not the joiners U+200C and U+200D, which names in Persian and Indian scripts need. */
const UNSEEN_MARK =
  '[\\x00-\\x1f\\x7f-\\x9f\u00AD\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]';

export const PRIVATE_SHAPES = {
  ipv4: `(?:^|[^0-9.])(?:${OCTET}\\.){3}${OCTET}(?:[^0-9]|$)`,
  odd_ipv4: `(?:^|[^0-9a-z])(?:${ODD_OCTET}\\.(?:[0-9a-fx]{1,4}\\.){2}[0-9a-fx]{1,4}|(?:${OCTET}${SPELLED_DOT}){3}${OCTET})(?:[^0-9a-z]|$)`,
  // In whatever notation, where it is said what the number is.
  address_value:
    '(?:^|[^a-z])(?:(?:(?:client|remote|user|src|source|real|my|your|public|local|host|visitor)[_-]?)?ip(?:v[46])?|ip_?addr(?:ess)?|(?:client|remote|source|src|user)[_-]?addr(?:ess)?|mac(?:_?addr(?:ess)?)?|bssid)=[0-9a-fx\\[][0-9a-fx.:_-]{5,}(?:[^0-9a-z]|$)',
  ipv6: `(?:^|[^0-9a-z:])(?:(?:${GROUP}:){7}${GROUP}|(?:${GROUP}:){1,6}:(?:${GROUP}(?::${GROUP})*)?|::(?:${GROUP}:)*${GROUP})(?:[^0-9a-z:]|$)`,
  host_address: `${HOST}(?:${DASHED_IPV4}|${DASHED_IPV6})${BELOW}`,
  host_number: `${NUMBERED_HOST}${BELOW}`,
  email: `[${WORD}._%+-](?:@|%40|${SPELLED_AT})[${WORD}-]+(?:\\.[${WORD}-]+)*\\.[${LETTER}]{2,}`,
  mac: `(?:^|[^0-9a-f:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?:[^0-9a-f:-]|$)|(?:^|[^0-9a-z.])(?:${LETTERED}\\.[0-9a-f]{4}\\.[0-9a-f]{4}|[0-9a-f]{4}\\.${LETTERED}\\.[0-9a-f]{4}|[0-9a-f]{4}\\.[0-9a-f]{4}\\.${LETTERED})(?:[^0-9a-z.]|$)`,
  // Rows of figures have a comma or a bracket before them.
  coordinates: `(?:^|[=@/:(_ ])${DEGREES}(?:[,;/] ?|[_ ])${DEGREES}(?:[^0-9.]|\\.[^0-9]|\\.?$)|(?:^|[^a-z])(?:lat|lon|lng|long|latitude|longitude)[=:]-?[0-9]{1,3}\\.[0-9]|[0-9](?:°|º) ?[0-9]{1,2}['′’]`,
  jwt: 'eyj[a-z0-9_-]{6,}\\.[a-z0-9_-]{6,}',
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  long_hex: '(?:^|[^0-9a-z])[0-9a-f]{32,}(?:[^0-9a-z]|$)',
  credential: `(?:(?:token|api[_-]?key|passw(?:or)?d|session_?(?:id)?|secret|auth|sid|phpsessid)=|key=aiza)[^&${SPACE}]{6,}`,
  login: `(?:^|[^0-9a-z])(?:user(?:[_-]?name)?|login|pwd|pass)=[^&${SPACE}]{3,}`,
  // In the international form, or where it is said that the number is of a telephone or a device.
  phone: `(?:^|[^0-9a-z+])\\+[1-9](?:[ ().-]{0,2}[0-9]){8,14}(?:[^0-9]|$)|(?:^|[^a-z])(?:(?:tel|sms|callto):|wa\\.me/|(?:(?:tele|cell|mobile)?phone(?:[_-]?(?:number|no))?|tel|fax|mobile|cell|gsm|whatsapp|msisdn|imei|imsi|meid)=)[+ (]{0,3}${spacedDigits(6)}`,
  // Secrets that say by their first letters whose they are.
  access_key:
    '(?:^|[^0-9a-z])(?:gh[opsur]_[0-9a-z]{30,}|github_pat_[0-9a-z_]{30,}|glpat-[0-9a-z_-]{20,}|akia[0-9a-z]{16}|xox[abeoprs]-[0-9a-z-]{10,}|[rs]k_live_[0-9a-z]{16,})',
  unseen_mark: UNSEEN_MARK,
} as const satisfies Record<string, string>;
export type PrivateShape = keyof typeof PRIVATE_SHAPES;

const anyOf = (shapes: readonly string[]): string =>
  shapes.map((shape) => `(?:${shape})`).join('|');

/** All shapes as one pattern, for texts that hold no other spelling: see `foldText`. */
export const PRIVATE_TEXT: string = anyOf(Object.values(PRIVATE_SHAPES));

/** Those that are looked for in other spellings, too; an unseen mark that is spelled can be seen. */
const FOLDED_SHAPES = Object.entries(PRIVATE_SHAPES).filter(([name]) => name !== 'unseen_mark');
const FOLDED_TEXT: string = anyOf(FOLDED_SHAPES.map(([, shape]) => shape));

/** SQL (DuckDB) for whether a text has one of the shapes, in whatever spelling; false for null. */
export function holdsPrivateSql(expression: string): string {
  const has = (text: string, shapes: string): string =>
    `regexp_matches(${text}, ${quoteText(shapes)}, 'i')`;
  return `CASE WHEN ${has(expression, PRIVATE_TEXT)} THEN true
    WHEN ${isSpelledSql(expression)} THEN ${has(foldSql(expression), FOLDED_TEXT)} ELSE false END`;
}

const IN_TEXT = new RegExp(PRIVATE_TEXT, 'iu');
const IN_FOLDED = new RegExp(FOLDED_TEXT, 'iu');

/** Whether a text has one of the shapes, in whatever spelling. */
export function holdsPrivateText(text: string): boolean {
  return IN_TEXT.test(text) || (isSpelled(text) && IN_FOLDED.test(foldText(text)));
}

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
  if (!holdsPrivateText(text)) return [];
  const folded = foldText(text);
  return Object.entries(PRIVATE_SHAPES)
    .filter(([name, shape]) => {
      const pattern = new RegExp(shape, 'iu');
      return pattern.test(text) || (name !== 'unseen_mark' && pattern.test(folded));
    })
    .map(([name]) => name);
}

/** The text with each unseen mark as its bytes, `%E2%80%AE`: for names of files, which must be told apart. */
export function spellUnseen(text: string): string {
  return text.replace(new RegExp(UNSEEN_MARK, 'g'), encodeURIComponent);
}
