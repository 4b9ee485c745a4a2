/**
 * Bundled scripts say their words in each language of the build. Those that speak, and those that import them, lie in a folder of
 * their own for every language but the first; all others are shared. Pages are pointed to the scripts of their language.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { builtLanguages } from './languages.ts';
import { hasWords, speak } from './words-plugin.ts';

const FOLDER = '_astro';
/** An import of the script beside it. */
const BESIDE = /(["'`])\.\/([^"'`/]+\.js)\1/g;
/** A script named by its place in the site, as pages and lists of what to preload name it. */
const PLACED = /\b_astro\/([\w.@~-]+\.js)\b/g;

export function spokenScripts(): AstroIntegration {
  return {
    name: 'spoken-scripts',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        const out = fileURLToPath(dir);
        const scripts = await readScripts(path.join(out, FOLDER));
        const speaking = findSpeaking(scripts);
        const [first, ...others] = builtLanguages();
        for (const { tag } of others) {
          const folder = path.join(out, FOLDER, tag);
          await mkdir(folder, { recursive: true });
          for (const name of speaking) {
            const text = speak(scripts.get(name) ?? '', tag).replaceAll(
              BESIDE,
              (whole, quote: string, other: string) =>
                speaking.has(other) ? whole : `${quote}../${other}${quote}`,
            );
            await writeFile(path.join(folder, name), pointTo(text, tag, speaking));
          }
          for (const file of await listPages(path.join(out, tag)))
            await writeFile(file, pointTo(await readFile(file, 'utf8'), tag, speaking));
        }
        for (const [name, text] of scripts)
          if (hasWords(text)) await writeFile(path.join(out, FOLDER, name), speak(text, first.tag));
      },
    },
  };
}

async function readScripts(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const read = names.map(
    async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const,
  );
  return new Map(await Promise.all(read));
}

/** Scripts that bring words, or that load one which does. */
function findSpeaking(scripts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const speaking = new Set([...scripts].flatMap(([name, text]) => (hasWords(text) ? [name] : [])));
  for (let before = -1; before !== speaking.size;) {
    before = speaking.size;
    for (const [name, text] of scripts)
      if ([...text.matchAll(BESIDE)].some(([, , other = '']) => speaking.has(other)))
        speaking.add(name);
  }
  return speaking;
}

function pointTo(text: string, tag: string, speaking: ReadonlySet<string>): string {
  return text.replaceAll(PLACED, (whole, name: string) =>
    speaking.has(name) ? `${FOLDER}/${tag}/${name}` : whole,
  );
}

async function listPages(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  return entries.filter((name) => name.endsWith('.html')).map((name) => path.join(folder, name));
}
