/**
 * Words travel with the scripts that speak them: each module that goes to a browser brings the messages whose keys it
 * names, parsed at build, so that a page loads neither the other words nor a parser.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';
import { FIRST_LANGUAGE } from '../../data-build/words/language.ts';
import type { Message } from '../../data-build/words/messages.ts';
import { WORDS as CONTRACT_WORDS } from '../../data-build/words/words.ts';
import { WORDS } from '../words/words.ts';

const SITE = fileURLToPath(new URL('..', import.meta.url));
const DATA_BUILD = path.join(SITE, '../data-build/');
const WORD_FILES: readonly string[] = [
  path.join(SITE, 'words/words.ts'),
  path.join(DATA_BUILD, 'words/words.ts'),
];
const FILL = path.join(DATA_BUILD, 'words/messages.ts');
const PREFIX = '\0words-of:';
const PARSER = '@formatjs/icu-messageformat-parser';
const MESSAGES = { ...WORDS[FIRST_LANGUAGE], ...CONTRACT_WORDS[FIRST_LANGUAGE] };

/** `chart.rate.title` in quotes, or a template as `chart.${name}.title`: whatever could be put in it. */
const QUOTED = /(['"])([a-z_]+(?:\.[\w-]+)+)\1/g;
const TEMPLATE = /`([a-z_]+\.(?:[\w.-]|\$\{[^{}`]*\})*\$\{[^`]*?\}[\w.-]*)`/g;

/** A term that is named brings its meaning. */
export function findKeys(code: string): readonly string[] {
  const all = Object.keys(MESSAGES);
  const named = [...code.matchAll(QUOTED)].map(([, , key = '']) => key);
  const patterns = [...code.matchAll(TEMPLATE)].map(([, template = '']) => {
    const fixed = template.split(/\$\{[^{}]*\}/).map((part) => part.replaceAll('.', '\\.'));
    return new RegExp(`^${fixed.join('[\\w.-]+')}$`);
  });
  const wanted = new Set(named);
  return all.filter(
    (key) =>
      wanted.has(key.replace(/\.about$/, '')) ||
      wanted.has(key) ||
      patterns.some((pattern) => pattern.test(key)),
  );
}

function compileMessage(text: string): Message {
  return /[{']/.test(text) ? parse(text, { captureLocation: false, ignoreTag: true }) : text;
}

export function words(): Plugin {
  const keys = new Map<string, readonly string[]>();
  return {
    name: 'words',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    async resolveId(id) {
      if (id.startsWith(PREFIX)) return id;
      // Messages are parsed here: what reads them needs the names of their parts alone.
      return id === PARSER ? this.resolve(`${PARSER}/no-parser.js`) : null;
    },
    load(id) {
      if (WORD_FILES.includes(id)) return 'export const WORDS = {};';
      if (!id.startsWith(PREFIX)) return null;
      const own = keys.get(id.slice(PREFIX.length)) ?? [];
      const messages = own.map((key) => [key, compileMessage(MESSAGES[key] ?? '')]);
      return (
        `import { addMessages } from ${JSON.stringify(FILL)};\n` +
        `addMessages(${JSON.stringify(FIRST_LANGUAGE)}, ${JSON.stringify(Object.fromEntries(messages))});`
      );
    },
    transform(code, id) {
      const ours = id.startsWith(SITE) || id.startsWith(DATA_BUILD);
      if (!ours || !/\.(?:ts|astro)\b/.test(id) || WORD_FILES.includes(id)) return null;
      const own = findKeys(code);
      if (own.length === 0) return null;
      keys.set(id, own);
      return { code: `${code}\nimport ${JSON.stringify(PREFIX + id)};`, map: null };
    },
  };
}
