/** The language of the page being drawn. Pages are drawn side by side, so each carries its own through everything that is called. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { readLanguageFrom } from '../../data-build/words/language.ts';
import { addWords } from '../../data-build/words/messages.ts';
import { languageOfPath } from './languages.ts';
import { wordFilesIn } from './word-files.ts';

const languages = new AsyncLocalStorage<string>();
addWords(wordFilesIn);
readLanguageFrom(() => languages.getStore() ?? languageOfPath(''));

/** Calls `draw` in the language that a path below the base path, or a pattern of such paths, is in. */
export function inLanguageOf<T>(path: string, draw: () => T): T {
  return languages.run(languageOfPath(path), draw);
}
