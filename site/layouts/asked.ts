/** Questions that a page was made of, written down as they were asked, so that a reader can ask them again. */
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import { catalogFiles, type FileQuestion } from '../catalog/files.ts';
import type { BuildData } from '../engine/build-data.ts';
import type { Query } from '../query/query.ts';
import { formatSql } from '../query/sql-text.ts';
import type { Ask } from '../view/ask.ts';

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

/** One question that is answered from elsewhere. */
export function toAsked(
  manifest: BuildData['manifest'],
  query: Query<unknown>,
  scope: Omit<FileQuestion, 'table'>,
): Asked {
  return {
    sql: [formatSql(query)],
    files: query.tables.flatMap((table) => catalogFiles(manifest, { ...scope, table })),
  };
}

/** What rests on several parts that were asked apart. */
export function joinAsked(...parts: readonly Asked[]): Asked {
  return {
    sql: [...new Set(parts.flatMap(({ sql }) => sql))],
    files: [...new Set(parts.flatMap(({ files }) => files))],
  };
}
