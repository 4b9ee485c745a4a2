/** Builds of parts that a test wrote by hand. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildData, type BuildOptions, type MadeParts } from '../../data-build/build.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { hashFile, hashOf } from '../../data-build/hash.ts';
import type { PlacedPart } from '../../data-build/parts.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { COUNTS, MEASUREMENT, writeHandPart } from './hand-parts.ts';
import { recordEffects } from './quiet-effects.ts';

/** Parts without a list, a reject or a category. */
export function madeOf(parts: readonly PlacedPart[]): MadeParts {
  return { parts, lists: [], categories: [], rejects: [], references: [] };
}

/** Builds everything into `out`, unless `options` say otherwise, and gives what it logged. */
export async function buildHand(
  made: MadeParts,
  options: Pick<BuildOptions, 'out' | 'cacheDir'> & Partial<BuildOptions>,
  effects = recordEffects(),
): Promise<{ readonly manifest: Manifest; readonly lines: readonly string[] }> {
  const all = { edition: 'all', since: null, until: null, strict: false } as const;
  const manifest = await buildData(() => Promise.resolve(made), { ...all, ...options }, effects);
  return { manifest, lines: effects.lines };
}

/** Two places, two months, four networks, an app and a website, and counts of a third place. */
export async function writeTwoMonths(folder: string): Promise<MadeParts> {
  const db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const web = {
    ...MEASUREMENT,
    test_name: 'web_connectivity',
    input: 'https://example.org/',
    domain: 'example.org',
    rule_id: 'web_connectivity.ok',
  };
  const rows = Array.from({ length: 50 }, (_, n) => ({
    ...(n % 2 === 0 ? MEASUREMENT : web),
    probe_cc: n % 3 === 0 ? 'KE' : 'UG',
    probe_asn: 1 + (n % 4),
    report_id: `r${n}`,
    measurement_start_time: `2024-${n % 5 === 0 ? '10' : '11'}-${String(10 + (n % 7))} 00:00:00`,
    outcome: n % 4 === 0 ? 'anomaly' : 'ok',
    blocking_method: n % 4 === 0 ? 'dns' : null,
  }));
  const parts = [
    await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows),
    await writeHandPart(db, folder, 'counts', 'c.csv', [{ ...COUNTS, probe_cc: 'TZ' }]),
  ];
  await db.close();
  return {
    ...madeOf(parts),
    lists: [{ path: 'global.csv', sha256: hashOf('list'), rows: 1 }],
    categories: [
      { list: 'global', url: 'https://example.org/', category_code: 'NEWS', domain: 'example.org' },
    ],
  };
}

/** Checksums of all files below a folder, by path. */
export async function hashTree(root: string): Promise<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const path of await listFiles(root)) entries.push([path, await hashFile(join(root, path))]);
  return Object.fromEntries(entries);
}

export async function readJsonFile(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
