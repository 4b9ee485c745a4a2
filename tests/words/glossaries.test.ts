/** What `docs/words/<tag>.md` says of a language is what its pages say. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIRST_LANGUAGE, TRANSLATED } from '../../data-build/words/languages.ts';
import { textsIn, WORD_FOLDERS } from '../../site/serve/word-files.ts';
import { ROOT } from '../support/site-build.ts';

/** The levels, what the search finds, and what pages offer. */
const TERMS = [
  ...['not_tested', 'too_few', 'none', 'some', 'signs', 'confirmed'].map(
    (level) => `safe.level.${level}`,
  ),
  ...['place', 'network', 'domain', 'test', 'event', 'theme', 'finding'].map(
    (kind) => `search.kind.${kind}`,
  ),
  ...['findings', 'recorded', 'keep', 'kit', 'pack'].map((name) => `${name}.title`),
  'hear.play',
];

const wordsOf = (tag: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    WORD_FOLDERS.flatMap((parent) => Object.entries(textsIn(path.join(ROOT, parent, tag)))),
  );
const english = wordsOf(FIRST_LANGUAGE);

describe.each(TRANSLATED)('$endonym ($tag)', ({ tag }) => {
  const document = readFileSync(path.join(ROOT, 'docs/words', `${tag}.md`), 'utf8');
  const own = wordsOf(tag);
  /** Prettier writes some marks of Markdown with a backslash. */
  const lines = document.replace(/\\(?=[*_])/g, '').split('\n');

  it('has its terms in its glossary', () => {
    const rows = lines
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map(([, key, ...cells]) => [key?.replaceAll('`', ''), ...cells.slice(0, 2)]);
    for (const key of TERMS) expect(rows).toContainEqual([key, english[key], own[key]]);
  });

  it('has messages put back into English as they are written now', () => {
    const section = document.slice(document.indexOf('## Messages as they are written'));
    const quoted = [...section.matchAll(/^- `([a-z._]+)`: (.+) → .{20,}$/gm)];
    expect(quoted.length).toBeGreaterThanOrEqual(8);
    for (const [, key = '', text = ''] of quoted)
      expect(text.replace(/\\(?=[*_])/g, ''), key).toBe(own[key]);
  });
});
