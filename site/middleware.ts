/** Pages are drawn side by side, so each carries its language through everything that is called while it is drawn. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { defineMiddleware } from 'astro:middleware';
import { readLanguageFrom } from '../data-build/words/language.ts';
import { addWords } from '../data-build/words/messages.ts';
import { basePath } from './serve/base.ts';
import { languageOfPath } from './serve/languages.ts';
import { wordFilesIn } from './serve/word-files.ts';

const languages = new AsyncLocalStorage<string>();
addWords(wordFilesIn);
readLanguageFrom(() => languages.getStore() ?? languageOfPath(''));

/** The text is read here, since the last parts of a page are drawn while it is read. */
export const onRequest = defineMiddleware(async ({ url }, next) =>
  languages.run(languageOfPath(url.pathname.slice(basePath().length)), async () => {
    const page = await next();
    return page.body === null ? page : new Response(await page.arrayBuffer(), page);
  }),
);
