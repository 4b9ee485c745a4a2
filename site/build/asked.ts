/** Questions that a page was made of, written down as they were asked, so that a reader can ask them again. */
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import { catalogFiles } from '../catalog/files.ts';
import type { BuildData } from '../engine/build-data.ts';
import { formatSql } from '../query/sql-text.ts';
import type { Ask } from '../catalog/ask.ts';

export interface Asked {
  /** Each once, in the order of asking. */
  readonly sql: readonly string[];
  /** That could hold a row of an answer. */
  readonly files: readonly ManifestFile[];
}

/** Asks as `data` does; `asked` tells what was asked so far. */
export function recordAsk({ ask, manifest }: Pick<BuildData, 'ask' | 'manifest'>): {
  readonly ask: Ask;
  readonly asked: () => Asked;
} {
  const sql = new Set<string>();
  const files = new Set<ManifestFile>();
  return {
    ask: (query, scope = {}) => {
      sql.add(formatSql(query));
      for (const table of query.tables)
        for (const file of catalogFiles(manifest, { ...scope, table })) files.add(file);
      return ask(query, scope);
    },
    asked: () => ({ sql: [...sql], files: [...files] }),
  };
}
