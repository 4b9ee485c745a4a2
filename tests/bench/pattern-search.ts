/**
 * Speed of the pattern search on one core, by hand: `node tests/bench/pattern-search.ts`. Patterns and pages
 * are made up in the sizes of the published lists: 1,300 patterns of about 45 characters, pages of 60 kB.
 */
import { copyNative } from '../../data-build/convert/native-text.ts';
import { compilePatterns } from '../../data-build/score/pattern-search.ts';

const WORDS =
  'access denied blocked by order of the court site page http www div class title href gov'.split(
    ' ',
  );
const ROUNDS = 40;

function makeText(length: number, seed: number): string {
  const parts: string[] = [];
  let state = seed;
  for (let size = 0; size < length;) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const word = `${WORDS[(state >>> 16) % WORDS.length] ?? ''}${'<>"/=. '[(state >>> 8) % 7] ?? ''}`;
    parts.push(word);
    size += word.length;
  }
  return parts.join('').slice(0, length);
}

/** Nearly every published pattern names somebody: a host, a company, a law. Here that is a number in base 36. */
const patterns = Array.from(
  { length: 1300 },
  (_, index) =>
    makeText(10 + (index % 30), index + 1) +
    (Math.imul(index + 1, 0x9e3779b1) >>> 0).toString(36).padStart(7, 'q') +
    makeText(10, index + 77),
);
const pages = Array.from({ length: 50 }, (_, index) => makeText(60_000, index + 9001));

function measure(
  texts: readonly string[],
  work: (text: string) => unknown,
  rounds: number,
): string {
  const characters = texts.reduce((sum, text) => sum + text.length, 0) * rounds;
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) for (const text of texts) work(text);
  return `${(characters / 1000 / (performance.now() - start)).toFixed(0)} million characters/s`;
}

const search = compilePatterns(patterns, copyNative);
measure(pages, (text) => search.findIn(text), 5);
console.log(`one pass, one-byte text: ${measure(pages, (text) => search.findIn(text), ROUNDS)}`);
const wide = pages.map((page) => `${page}网`);
console.log(`one pass, two-byte text: ${measure(wide, (text) => search.findIn(text), ROUNDS)}`);
const oneByOne = (text: string) => patterns.filter((pattern) => text.includes(pattern)).length;
console.log(`pattern by pattern:      ${measure(pages.slice(0, 5), oneByOne, 1)}`);
