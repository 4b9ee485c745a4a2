import { defineMiddleware } from 'astro:middleware';
import { basePath } from './serve/base.ts';
import { inLanguageOf } from './serve/page-language.ts';

/** The text is read here, since the last parts of a page are drawn while it is read. */
export const onRequest = defineMiddleware(async ({ url }, next) =>
  inLanguageOf(url.pathname.slice(basePath().length), async () => {
    const page = await next();
    return page.body === null ? page : new Response(await page.arrayBuffer(), page);
  }),
);
