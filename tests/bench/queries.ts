/** How long the questions of a country page take on the native engine. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { catalogFiles } from '../../site/catalog/files.ts';
import { isManifestFault, parseManifest } from '../../site/catalog/manifest.ts';
import { openNodeEngine } from '../../site/engine/duckdb-node.ts';
import {
  countriesQuery,
  networksQuery,
  outcomesQuery,
  testsQuery,
} from '../../site/query/interference.ts';
import type { InterferenceFilter } from '../../site/query/condition.ts';
import type { Query } from '../../site/query/query.ts';
import { timeBest, type BenchRow } from './report.ts';

const RUNS = 10;

export async function benchQueries(data: string): Promise<readonly BenchRow[]> {
  const manifest = parseManifest(
    JSON.parse(readFileSync(path.join(data, 'manifest.json'), 'utf8')),
  );
  if (isManifestFault(manifest)) {
    throw new Error(`${data} has no manifest that can be read. Run \`npm run data\` for it first.`);
  }
  const everything: InterferenceFilter = {
    probe_cc: [],
    probe_asn: [],
    test_name: [],
    since: null,
    until: null,
  };
  const questions: readonly (readonly [string, Query<unknown>])[] = [
    ['outcomes by day', outcomesQuery(everything, 'day')],
    ['outcomes by week', outcomesQuery(everything, 'week')],
    ['countries', countriesQuery(everything)],
    ['tests', testsQuery(everything)],
    ['networks', networksQuery(everything)],
  ];
  const engine = await openNodeEngine(data);
  try {
    const baseline = await timeBest(RUNS, () =>
      engine.run({ sql: 'SELECT 1 AS one', params: [], tables: [] }),
    );
    const rows: BenchRow[] = [];
    for (const [name, query] of questions) {
      for (const table of query.tables) await engine.open(table, catalogFiles(manifest, { table }));
      const value = await timeBest(RUNS, () => engine.run(query));
      rows.push({
        bench: `query: ${name}`,
        value,
        unit: 'ms',
        ratio: value / baseline,
        note: 'all countries, ratio to SELECT 1',
      });
    }
    return rows;
  } finally {
    await engine.close();
  }
}
