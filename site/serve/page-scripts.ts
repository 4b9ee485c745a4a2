/** What the first script of every page needs lies in one file beside it, however many other scripts use parts of it. */
import type { Plugin } from 'vite';

/** What every page begins with; `layouts/Page.astro` names the same. */
const FIRST = /\/site\/islands\/(?:page|search-box)\.ts$/;

export function pageScripts(): Plugin {
  return {
    name: 'page-scripts',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        groups: [
          {
            debugName: 'shared',
            name: (id, graph) =>
              !FIRST.test(id) &&
              isImportedByFirst(id, (other) => graph.getModuleInfo(other)?.importers ?? [])
                ? 'shared'
                : null,
          },
        ],
      },
    }),
  };
}

/** `importersOf` leaves out what imports only when something is asked for. */
function isImportedByFirst(
  id: string,
  importersOf: (id: string) => readonly string[],
  seen = new Set<string>(),
): boolean {
  if (FIRST.test(id)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return importersOf(id).some((importer) => isImportedByFirst(importer, importersOf, seen));
}
