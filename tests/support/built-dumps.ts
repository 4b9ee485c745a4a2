/** Dumps, or measurements made by hand, built into a data folder and asked as pages ask. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildData } from '../../data-build/build.ts';
import type { Day } from '../../data-build/contract/brands.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { catalogFiles } from '../../site/catalog/files.ts';
import { loadManifest, type BuildData } from '../../site/engine/build-data.ts';
import { openNodeEngine } from '../../site/engine/duckdb-node.ts';
import { recordEffects } from './quiet-effects.ts';

export interface BuiltDumps extends BuildData {
  readonly close: () => Promise<void>;
}

export async function buildLines(scratch: string, lines: readonly string[]): Promise<BuiltDumps> {
  const dumps = path.join(scratch, 'dumps');
  await mkdir(dumps);
  await writeFile(path.join(dumps, 'lines.jsonl'), `${lines.join('\n')}\n`);
  return buildDumps(scratch, dumps);
}

/** `scratch` gets the cache and the data folder. */
export async function buildDumps(scratch: string, dumps: string): Promise<BuiltDumps> {
  const effects = recordEffects();
  const cacheDir = path.join(scratch, 'cache');
  const out = path.join(scratch, 'data');
  const request = { dumps: [dumps], cacheDir, jobs: 1, shard: null, effects };
  const options = { edition: 'all', since: null, until: null, strict: false } as const;
  await buildData(() => readDumps(request), { out, cacheDir, ...options }, effects);
  const manifest = await loadManifest(out);
  const engine = await openNodeEngine(out);
  return {
    folder: out,
    manifest,
    ask: async (query, scope = {}) => {
      for (const table of query.tables)
        await engine.open(table, catalogFiles(manifest, { ...scope, table }));
      return engine.run(query);
    },
    close: () => engine.close(),
  };
}

export interface WebsiteTest {
  readonly input: string;
  readonly day: Day;
  readonly place: string;
  readonly asn: number;
  /** Tells it from the others. */
  readonly index: number;
  /** It got a false DNS answer. */
  readonly blocked: boolean;
}

export function websiteLine({ input, day, place, asn, index, blocked }: WebsiteTest): string {
  const time = `${day} 12:00:0${String(index % 10)}`;
  return JSON.stringify({
    input,
    measurement_start_time: time,
    test_start_time: time,
    probe_asn: `AS${String(asn)}`,
    probe_cc: place,
    report_id: `${day.replaceAll('-', '')}T120000Z_webconnectivity_${place}_${String(asn)}_n1_${String(index).padStart(16, '0')}`,
    software_name: 'ooniprobe-android',
    software_version: '4.0.0',
    test_name: 'web_connectivity',
    test_version: '0.5.28',
    test_runtime: 1,
    test_keys: blocked
      ? { accessible: false, blocking: 'dns', dns_experiment_failure: 'dns_nxdomain_error' }
      : { accessible: true, blocking: false },
  });
}
