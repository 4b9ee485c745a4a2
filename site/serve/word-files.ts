/**
 * Words of further languages: folders of files beside the English ones, with the same names and keys. A language is its
 * folders and a line in `data-build/words/languages.ts`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isFields } from '../../data-build/contract/fields.ts';
import { hashOf } from '../../data-build/hash.ts';
import { FIRST_LANGUAGE, languageOf } from '../../data-build/words/languages.ts';
import type { Message, Messages } from '../../data-build/words/messages.ts';
import { rewriteMessage } from '../../data-build/words/pseudo.ts';

type Texts = Readonly<Record<string, string>>;

/** Both halves of the Atlas have words. Builds run at the root of the tree. */
export const WORD_FOLDERS = ['site/words', 'data-build/words'] as const;

/** Who read a file and stands for it, e.g. `{ "safe.json": "A. Name, 2027-01-31" }`. */
const SIGNED = 'reviewed.json';
/** Of which English text, and of which own one, each message was last looked at; see `serve/stamp-words`. */
export const STAMPS = 'stamps.json';

const known = new Map<string, Messages>();

/** None where there is no such file. Throws where it holds something else than texts. */
export function readTexts(file: string): Texts {
  const read: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  if (!isFields(read))
    throw new Error(`${file} is not a table of texts.\nWrite { "key": "text" }.`);
  return Object.fromEntries(
    Object.entries(read).map(([key, text]) => {
      if (typeof text !== 'string')
        throw new Error(`${file} has something else than a text for ${key}.\nWrite a text.`);
      return [key, text];
    }),
  );
}

/** Names of the files with messages. */
export function wordFilesOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter(
    (name) => name.endsWith('.json') && name !== SIGNED && name !== STAMPS,
  );
}

/** All texts of a folder, whatever the file. */
export function textsIn(folder: string): Texts {
  return Object.fromEntries(
    wordFilesOf(folder).flatMap((name) => Object.entries(readTexts(path.join(folder, name)))),
  );
}

/** A short hash of a text. */
export function stampOf(text: string): string {
  return hashOf(text).slice(0, 8);
}

/** Messages whose English text is still the one that they were made from. */
function fresh(parent: string, tag: string): readonly (readonly [string, string])[] {
  const english = textsIn(path.join(parent, FIRST_LANGUAGE));
  const stamps = readTexts(path.join(parent, tag, STAMPS));
  return Object.entries(textsIn(path.join(parent, tag))).filter(([key]) => {
    const source = english[key];
    return source !== undefined && stamps[key]?.startsWith(stampOf(source)) === true;
  });
}

/**
 * The messages of a language that has folders of its own; none for English, which is code. A message is left out where
 * the English one was reworded after it: pages then say it in English, since a sentence of before may be too strong.
 */
export function wordFilesIn(tag: string): Messages {
  const { words: whose } = languageOf(tag);
  if (whose !== undefined) return wordFilesIn(whose);
  if (tag === FIRST_LANGUAGE) return {};
  const before = known.get(tag);
  if (before !== undefined) return before;
  // Names from elsewhere stand in sentences that run the other way: each is isolated from what is around it.
  const written = (text: string): Message => {
    if (languageOf(tag).direction !== 'rtl') return text;
    const led = leadFromRight(text);
    return led.includes('{') ? rewriteMessage(led, (piece) => piece) : led;
  };
  const words = Object.fromEntries(
    WORD_FOLDERS.flatMap((parent) => fresh(parent, tag)).map(([key, text]) => [key, written(text)]),
  );
  known.set(tag, words);
  return words;
}

/**
 * A mark before a message that begins with Latin letters and goes on in its own: as a part of a sentence, in a drawing and in a
 * cell the first letter says from which side all of it is read.
 */
function leadFromRight(text: string): string {
  const isTurned =
    /^[^\p{L}{]*\p{Script=Latin}/u.test(text) && /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text);
  return isTurned ? `\u200F${text}` : text;
}

/** How many files of words a language has, and how many of them a person has signed; none for English. */
export function countSigned(tag: string): { readonly files: number; readonly signed: number } {
  const { words: whose } = languageOf(tag);
  if (whose !== undefined) return countSigned(whose);
  if (tag === FIRST_LANGUAGE) return { files: 0, signed: 0 };
  const counts = WORD_FOLDERS.map((parent) => {
    const folder = path.join(parent, tag);
    const files = wordFilesOf(folder);
    const signed = readTexts(path.join(folder, SIGNED));
    return { files: files.length, signed: files.filter((name) => name in signed).length };
  });
  return {
    files: counts.reduce((sum, { files }) => sum + files, 0),
    signed: counts.reduce((sum, { signed }) => sum + signed, 0),
  };
}
