/** What a query will read: which files, whole or in pieces, and the sentence that says so before anything is loaded. */
import { joinSentences } from '../../data-build/words/sentences.ts';
import { HINTED_BYTES } from '../../data-build/contract/hints.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { TABLES } from '../../data-build/contract/tables.ts';
import { catalogFiles, totalBytes } from '../catalog/files.ts';
import { narrowFiles, planScan, scanBytes } from '../catalog/scan.ts';
import type { ConsoleTable } from '../engine/wasm/console.ts';
import { formatBytes } from '../i18n/bytes.ts';
import { translate } from '../i18n/translate.ts';
import type { Statement } from '../query/statement.ts';
import { describePieces } from './engine-loader.ts';

/** Without hints, tables up to this size are loaded whole. */
const WHOLE_BYTES = 8_000_000;

/** What is read of each table; where the query is not plain and compares a partition column, the engine finds out. */
export async function planTables(
  manifest: Manifest,
  { tables, narrowings, compared, names }: Statement,
): Promise<readonly ConsoleTable[]> {
  const hinted = tables.some((table) =>
    catalogFiles(manifest, { table }).some(({ bytes }) => bytes >= HINTED_BYTES),
  );
  const hints = hinted ? await describePieces(manifest) : new Map<string, never>();
  return tables.map((name) => {
    const all = catalogFiles(manifest, { table: name });
    const known = narrowings.get(name);
    const partition: readonly string[] = TABLES[name].partition;
    const unclear = known === undefined && partition.some((column) => compared.has(column));
    const files = narrowFiles(all, known ?? []);
    const scans = planScan(files, hints, known ?? [], names);
    const found = unclear && files.length > 3;
    return {
      name,
      scans:
        found || (hints.size === 0 && totalBytes(files) > WHOLE_BYTES)
          ? files.map((file) => ({ file, ranges: [], groups: null }))
          : scans,
    };
  });
}

/** What will be read, table by table, before anything is loaded. */
export function formatPlan(manifest: Manifest, tables: readonly ConsoleTable[]): string {
  const lines = tables.map(({ name, scans }) => {
    const all = catalogFiles(manifest, { table: name });
    const groups = scans.flatMap((scan) => scan.groups ?? []);
    const unknown = scans.some(({ ranges }) => ranges?.length === 0);
    const params = {
      table: name,
      count: scans.length,
      files: translate('count.files', { n: all.length }),
      bytes: formatBytes(scanBytes(scans)),
      whole: formatBytes(totalBytes(all)),
      groups: groups.reduce((sum, { read }) => sum + read, 0),
      all: groups.reduce((sum, group) => sum + group.all, 0),
    };
    if (unknown) return translate('console.plan.unknown', params);
    if (scans.every(({ ranges }) => ranges === null))
      return translate(scans.length === all.length ? 'console.plan' : 'console.plan.some', params);
    return translate('console.plan.pieces', params);
  });
  return lines.length === 0 ? translate('console.plan.none') : joinSentences(lines);
}
