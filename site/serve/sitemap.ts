/** `sitemap-index.xml`, where a site knows its address: the pages that search engines may show, in lists of at most 45,000. */
import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sitemap from '@astrojs/sitemap';
import type { AstroIntegration } from 'astro';

/** What says in the head of a page whether it is one: it comes within so many bytes. */
const HEAD_BYTES = 8192;

/** Pages of the layout name their own address; frames and pages that only lead on do not, or ask not to be listed. */
export function isListed(file: string): boolean {
  if (!existsSync(file)) return false;
  const head = Buffer.alloc(HEAD_BYTES);
  const open = openSync(file, 'r');
  try {
    const text = head.toString('utf8', 0, readSync(open, head));
    return text.includes('<link rel="canonical"') && !text.includes('content="noindex"');
  } finally {
    closeSync(open);
  }
}

/** None without an address of the site. `base`: the path that it is built for. */
export function sitemaps(site: string | null, base: string): readonly AstroIntegration[] {
  if (site === null) return [];
  let folder = '';
  return [
    {
      name: 'sitemap-folder',
      hooks: {
        'astro:config:done': ({ config }) => {
          folder = fileURLToPath(config.outDir);
        },
      },
    },
    sitemap({
      filter: (page) => {
        const inside = decodeURIComponent(new URL(page).pathname).slice(base.length);
        return isListed(path.join(folder, inside, 'index.html'));
      },
    }),
  ];
}
