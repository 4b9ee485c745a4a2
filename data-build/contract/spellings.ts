/**
 * Spellings under which a text can pass for another: bytes as `%2E`, also twice, and letters that stand for an ASCII one, such
 * as full-width digits. What is said in JavaScript and in SQL is the same.
 */
import { quoteText } from './sql.ts';

const NEXT = '%[89ab][0-9a-f]';
/** Bytes of one letter beyond ASCII. Source: Unicode, table 3-7. */
const LETTER_BYTES = [
  `%(?:c[2-9a-f]|d[0-9a-f])${NEXT}`,
  `%(?:e0%[ab][0-9a-f]|ed%[89][0-9a-f]|e[1-9a-cef]${NEXT})${NEXT}`,
  `%(?:f0%[9ab][0-9a-f]|f[1-3]${NEXT}|f4%8[0-9a-f])${NEXT}${NEXT}`,
].join('|');
/** Letters, and in no group bytes that are of none. */
const BEYOND_ASCII = `(${LETTER_BYTES})|%[89a-f][0-9a-f]`;
/** Stands behind both until all is decoded, so that what remains does not become new bytes. */
const MARK = '\u0001';

/** Where letters lie that have compatible ones. Source: Unicode, NFKC. */
const COMPATIBLE = [
  [0x80, 0xffff],
  [0x1d400, 0x1d7ff],
  [0x1f100, 0x1f1ff],
  [0x1fbf0, 0x1fbf9],
] as const;
let plainLetters: ReadonlyMap<string, string> | undefined;

/** Letters by the one ASCII letter that each stands for. */
function readPlainLetters(): ReadonlyMap<string, string> {
  if (plainLetters !== undefined) return plainLetters;
  // The full stops of Chinese and Japanese part names of hosts, too. Source: UTS 46.
  const found = new Map([
    ['\u3002', '.'],
    ['\uFF61', '.'],
  ]);
  for (const [first, last] of COMPATIBLE)
    for (let code = first; code <= last; code += 1) {
      const letter = String.fromCodePoint(code);
      const plain = letter.normalize('NFKC');
      if (/^[!-~]$/.test(plain)) found.set(letter, plain);
    }
  plainLetters = found;
  return found;
}

function decodePercent(text: string): string {
  const readable = text.replace(new RegExp(BEYOND_ASCII, 'gi'), `$1${MARK}`);
  return decodeURIComponent(readable.replace(/%(?![0-9a-f]{2})/gi, '%25')).replaceAll(MARK, '');
}

/** The text without the spellings that hide a shape: percent signs, also twice, and compatible letters. */
export function foldText(text: string): string {
  const letters = readPlainLetters();
  return decodePercent(decodePercent(text)).replace(
    /[^\0-\x7F]/gu,
    (letter) => letters.get(letter) ?? letter,
  );
}

/** SQL (DuckDB) for what `foldText` gives. */
export function foldSql(expression: string): string {
  const decode = (text: string): string =>
    `replace(url_decode(regexp_replace(${text}, '${BEYOND_ASCII}', '\\1${MARK}', 'gi')), '${MARK}', '')`;
  const letters = readPlainLetters();
  const [from, to] = [[...letters.keys()].join(''), [...letters.values()].join('')];
  return `translate(${decode(decode(expression))}, ${quoteText(from)}, ${quoteText(to)})`;
}

const OTHERWISE = /[%\u{80}-\u{10FFFF}]/u;

/** Whether folding may give another text. */
export const isSpelled = (text: string): boolean => OTHERWISE.test(text);

/** SQL (DuckDB) for the same. */
export const isSpelledSql = (expression: string): string =>
  `regexp_matches(${expression}, '[%[:^ascii:]]')`;
