/**
 * What scripts begin with lies in few files, however many parts of them are also used by what comes later: many small files
 * take a round of the line for every six of them where the host speaks HTTP/1.1.
 */
import type { Plugin } from 'vite';

const island = (names: string): RegExp => new RegExp(String.raw`/site/islands/(?:${names})\.ts$`);

/** What a filter of a place begins with. */
const FILTER = /\/site\/(?:islands\/country-explorer|engine\/plain-answers)\.ts$/;
/** Helps that need little of it, and come when a reader turns to them. */
const SMALL =
  /\/site\/(?:islands\/(?:search|missing|release-note|keep-place|figure-evidence|changed|query-console|query-editor)|interact\/readout|embed\/look|engine\/wasm\/[\w-]+)\.ts$/;

/**
 * A module belongs to the first of these files each of whose scripts begins with it: what every page needs
 * (`layouts/Page.astro` names the same); what the map of the front page needs besides; the chart builder; what small helps
 * share with filters; tables in the page; what asks; what draws figures; filters; answers without an engine. Nothing imports from
 * a later file.
 */
const FILES: readonly (readonly [string, readonly RegExp[]])[] = [
  ['shared', [island('page|search-box')]],
  ['map', [island('world-map')]],
  ['builder', [island('explorer')]],
  ['common', [FILTER, SMALL]],
  ['table', [island('data-table')]],
  ['queries', [island('shown-figure'), island('changed-ask')]],
  ['drawn', [island('shown-figure')]],
  ['filter', [island('country-explorer')]],
  ['answers', [FILTER]],
];

export function pageScripts(): Plugin {
  return {
    name: 'page-scripts',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        groups: FILES.map(([name, firsts], index) => ({
          debugName: name,
          priority: FILES.length - index,
          name(id, graph) {
            const importersOf = (of: string) => graph.getModuleInfo(of)?.importers ?? [];
            return firsts.every((first) => isImportedByFirst(id, first, importersOf)) ? name : null;
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
