/** Every page once more for each further language of a build, below a folder with its name. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { builtLanguages, languageFolder } from './languages.ts';

/** Made once: what a host answers where there is no page, pages for development, and files without words. */
const ONCE = /^(?:404|gallery\/.*|world\/.*|(?:llms|reading)\.txt|mirrors\.json)\.\w+$/;

export function languageRoutes(): AstroIntegration {
  return {
    name: 'language-routes',
    hooks: {
      'astro:config:setup': async ({ config, injectRoute }) => {
        const pages = new URL('pages/', config.srcDir);
        const files = (await readdir(fileURLToPath(pages), { recursive: true }))
          .filter((file) => /\.(?:astro|ts)$/.test(file))
          .map((file) => file.replaceAll('\\', '/'))
          .filter((file) => !ONCE.test(file))
          .sort();
        for (const { tag } of builtLanguages().slice(1))
          for (const file of files)
            injectRoute({
              pattern: `/${languageFolder(tag)}${file.replace(/(?:(?:^|\/)index)?\.(?:astro|ts)$/, '')}`,
              entrypoint: fileURLToPath(new URL(file, pages)),
              prerender: true,
            });
      },
    },
  };
}
