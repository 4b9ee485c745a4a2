/** Names in the head of a page what its scripts import, so that all of it comes in one round. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { listPages } from './site-pages.ts';

const SCRIPT = /<script type="module" src="([^"]*\/)(_astro\/[^"]+)"/g;
/** An import that a script cannot begin without; one with parentheses comes later. */
const NEEDED = /\b(?:from|import)\s*(["'`])(\.[^"'`]+\.js)\1/g;

export function preloadScripts(): AstroIntegration {
  return {
    name: 'preload-scripts',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const dist = fileURLToPath(dir);
        const known = new Map<string, readonly string[]>();
        const neededBy = async (script: string): Promise<readonly string[]> => {
          const text = known.has(script) ? '' : await readFile(path.join(dist, script), 'utf8');
          const needed =
            known.get(script) ??
            [...text.matchAll(NEEDED)].map(([, , to = '']) =>
              path.posix.join(path.posix.dirname(script), to),
            );
          known.set(script, needed);
          return needed;
        };
        for (const page of listPages(dist)) {
          // Frames for other sites keep their bytes from release to release.
          if (page.startsWith('embed/')) continue;
          const file = path.join(dist, page);
          const html = await readFile(file, 'utf8');
          const scripts = [...html.matchAll(SCRIPT)];
          const wanted = new Set(scripts.map(([, , script = '']) => script));
          const named = wanted.size;
          // What is added is visited in turn.
          for (const script of wanted) for (const one of await neededBy(script)) wanted.add(one);
          const base = scripts[0]?.[1] ?? '';
          const links = [...wanted]
            .slice(named)
            .map((script) => `<link rel="modulepreload" href="${base}${script}">`);
          if (links.length > 0)
            await writeFile(
              file,
              html.replace('</head>', () => `${links.join('')}</head>`),
            );
        }
      },
    },
  };
}
