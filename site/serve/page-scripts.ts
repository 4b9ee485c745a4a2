/**
 * What scripts begin with lies in few files: one for what every page needs, one for what the map of the front page needs
 * besides, and one for what the chart builder needs besides both, however many parts of them are also used by what comes later.
 */
import type { Plugin } from 'vite';

/** What every page begins with; `layouts/Page.astro` names the same. */
const EVERY = /\/site\/islands\/(?:page|search-box)\.ts$/;
const MAP = /\/site\/islands\/world-map\.ts$/;
const BUILDER = /\/site\/islands\/explorer\.ts$/;

/** A module belongs to the first whose scripts begin with it. */
const FILES = [
  ['shared', EVERY],
  ['map', MAP],
  ['builder', BUILDER],
] as const;

export function pageScripts(): Plugin {
  return {
    name: 'page-scripts',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        groups: FILES.map(([name, first], index) => ({
          debugName: name,
          priority: FILES.length - index,
          name(id, graph) {
            const importersOf = (of: string) => graph.getModuleInfo(of)?.importers ?? [];
            return !first.test(id) && isImportedByFirst(id, first, importersOf) ? name : null;
          },
        })),
      },
    }),
  };
}

/** `importersOf` leaves out what imports only when something is asked for. */
function isImportedByFirst(
  id: string,
  first: RegExp,
  importersOf: (id: string) => readonly string[],
  seen = new Set<string>(),
): boolean {
  if (first.test(id)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return importersOf(id).some((importer) => isImportedByFirst(importer, first, importersOf, seen));
}
