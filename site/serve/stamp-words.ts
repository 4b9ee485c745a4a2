/**
 * `npm run words -- fa`: notes of which English text each message of a language was made. Run it after a message was
 * written or looked at again. What is missing, and what was reworded in English since, is named; what English no longer
 * says is removed.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { FIRST_LANGUAGE } from '../../data-build/words/languages.ts';
import { readTexts, stampOf, STAMPS, textsIn, WORD_FOLDERS, wordFilesOf } from './word-files.ts';

function write(file: string, texts: Readonly<Record<string, string>>): void {
  writeFileSync(file, `${JSON.stringify(texts, null, 2)}\n`);
}

function stampFolder(parent: string, tag: string, looked: readonly string[]): void {
  const folder = path.join(parent, tag);
  const english = textsIn(path.join(parent, FIRST_LANGUAGE));
  const own = textsIn(folder);
  const before = readTexts(path.join(folder, STAMPS));
  const stamps: Record<string, string> = {};
  for (const [key, source] of Object.entries(english)) {
    const text = own[key];
    const stamp = before[key];
    if (text === undefined) process.stdout.write(`${folder}: ${key} is missing\n`);
    else if (stamp === undefined || !stamp.endsWith(stampOf(text)) || looked.includes(key))
      stamps[key] = `${stampOf(source)} ${stampOf(text)}`;
    else {
      stamps[key] = stamp;
      if (!stamp.startsWith(stampOf(source)))
        process.stdout.write(`${folder}: ${key} was reworded in English: ${source}\n`);
    }
  }
  for (const name of wordFilesOf(folder)) {
    const file = path.join(folder, name);
    const said = Object.entries(readTexts(file)).filter(([key]) => key in english);
    write(file, Object.fromEntries(said));
  }
  write(path.join(folder, STAMPS), stamps);
}

const [tag = FIRST_LANGUAGE, ...looked] = process.argv.slice(2);
if (tag === FIRST_LANGUAGE) {
  process.stderr.write(
    'No language was named.\nUse: npm run words -- TAG [KEY…], with keys that still fit the reworded English.\n',
  );
  process.exitCode = 2;
} else WORD_FOLDERS.forEach((parent) => stampFolder(parent, tag, looked));
