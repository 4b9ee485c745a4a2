/**
 * Words travel with the scripts that speak them: each module that goes to a browser brings the messages whose keys it
 * names, so that a page loads neither the other words nor a parser. While scripts are bundled a mark with those keys stands in
 * for them; `serve/spoken-scripts` puts the words of each language in its place.
 */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';
import { FIRST_LANGUAGE } from '../../data-build/words/language.ts';
import { borrow, type Message, type Messages } from '../../data-build/words/messages.ts';
import { wordsIn as contractWordsIn } from '../../data-build/words/words.ts';
import { wordsIn } from '../words/words.ts';
import { builtLanguages } from './languages.ts';
import { wordFilesIn } from './word-files.ts';

const SITE = fileURLToPath(new URL('..', import.meta.url));
const DATA_BUILD = path.join(SITE, '../data-build/');
const WORD_FILES: readonly string[] = [
  path.join(SITE, 'words/words.ts'),
  path.join(DATA_BUILD, 'words/words.ts'),
];
const FILL = path.join(DATA_BUILD, 'words/messages.ts');
const PREFIX = '\0words-of:';
const PARSER = '@formatjs/icu-messageformat-parser';

/** By language: each script asks, in each language of the build. */
const known = new Map<string, Messages>();
const FIRST_WORDS = allWordsIn(FIRST_LANGUAGE);

function allWordsIn(tag: string): Messages {
  const words = known.get(tag) ?? {
    ...wordsIn(tag),
    ...contractWordsIn(tag),
    ...wordFilesIn(tag),
  };
  known.set(tag, words);
  return words;
}

/** `chart.rate.title` in quotes, or a template as `chart.${name}.title`: whatever could be put in it. */
const QUOTED = /(['"])([a-z_]+(?:\.[\w-]+)+)\1/g;
const TEMPLATE = /`([a-z_]+\.(?:[\w.-]|\$\{[^{}`]*\})*\$\{[^`]*?\}[\w.-]*)`/g;

/** A term that is named brings its meaning. */
export function findKeys(code: string): readonly string[] {
  const named = [...code.matchAll(QUOTED)].map(([, , key = '']) => key);
  const patterns = [...code.matchAll(TEMPLATE)].map(([, template = '']) => {
    const fixed = template.split(/\$\{[^{}]*\}/).map((part) => part.replaceAll('.', '\\.'));
    return new RegExp(`^${fixed.join('[\\w.-]+')}$`);
  });
  const wanted = new Set(named);
  return Object.keys(FIRST_WORDS).filter(
    (key) =>
      wanted.has(key.replace(/\.about$/, '')) ||
      wanted.has(key) ||
      patterns.some((pattern) => pattern.test(key)),
  );
}

function compileMessage(message: Message): Message {
  return typeof message === 'string' && /[{']/.test(message)
    ? parse(message, { captureLocation: false, ignoreTag: true })
    : message;
}

/** The messages of `keys` in a language, as an expression of a script. */
function writeWords(keys: readonly string[], tag: string): string {
  const own = allWordsIn(tag);
  const find = (key: string): Message => {
    const first = FIRST_WORDS[key] ?? '';
    return own[key] ?? (typeof first === 'string' ? borrow(first, tag) : first);
  };
  return writeLiteral(Object.fromEntries(keys.map((key) => [key, compileMessage(find(key))])));
}

/** As JSON, with names that need no quotes without them. */
function writeLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeLiteral).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).flatMap(([name, field]) =>
    field === undefined
      ? []
      : [`${/^[a-z]\w*$/i.test(name) ? name : JSON.stringify(name)}:${writeLiteral(field)}`],
  );
  return `{${fields.join()}}`;
}

/** Names all words of the build too, so that the name of a script changes with what it will say. */
function writeMark(keys: readonly string[]): string {
  const all = builtLanguages().map(({ tag }) => writeWords(keys, tag));
  const hash = createHash('sha256').update(all.join()).digest('hex').slice(0, 8);
  return `@words ${hash} ${keys.join(' ')}`;
}

const MARK = /(["'`])@words [0-9a-f]{8} ([\w. -]+)\1/g;

export function hasWords(script: string): boolean {
  return script.search(MARK) >= 0;
}

/** A bundled script as it is in a language. */
export function speak(script: string, tag: string): string {
  return script.replaceAll(MARK, (_, __, keys: string) => writeWords(keys.split(' '), tag));
}

export function words(): Plugin {
  const spoken = new Map<string, readonly string[]>();
  let bundled = false;
  return {
    name: 'words',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    configResolved({ command }) {
      bundled = command === 'build';
    },
    async resolveId(id) {
      if (id.startsWith(PREFIX)) return id;
      // Messages are parsed here: what reads them needs the names of their parts alone.
      return id === PARSER ? this.resolve(`${PARSER}/no-parser.js`) : null;
    },
    load(id) {
      if (WORD_FILES.includes(id)) return 'export const wordsIn = () => ({});';
      if (!id.startsWith(PREFIX)) return null;
      const keys = spoken.get(id.slice(PREFIX.length)) ?? [];
      const tables = builtLanguages().map(
        ({ tag }) => `${JSON.stringify(tag)}:${writeWords(keys, tag)}`,
      );
      const own = bundled
        ? JSON.stringify(writeMark(keys))
        : `({${tables.join()}})[document.documentElement.lang]`;
      return (
        `import { addWords } from ${JSON.stringify(FILL)};\n` +
        `const words = ${own};\naddWords(() => words);`
      );
    },
    transform(code, id) {
      const ours = id.startsWith(SITE) || id.startsWith(DATA_BUILD);
      if (!ours || !/\.(?:ts|astro)\b/.test(id) || WORD_FILES.includes(id)) return null;
      const own = findKeys(code);
      if (own.length === 0) return null;
      spoken.set(id, own);
      return { code: `${code}\nimport ${JSON.stringify(PREFIX + id)};`, map: null };
    },
  };
}
