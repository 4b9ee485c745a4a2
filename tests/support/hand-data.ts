/** A served data folder made by hand: places and websites that trip tools up, such as Namibia's NA and Norway's NO. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MadeParts } from '../../data-build/build.ts';
import { hashOf } from '../../data-build/hash.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { buildHand, madeOf } from './hand-build.ts';
import { COUNTS, MEASUREMENT, writeHandPart } from './hand-parts.ts';
import { LARGE_FOLDERS } from '../../site/catalog/large-tables.ts';
import { makeStatus, STATUS_FILE } from '../../site/serve/status.ts';
import { serveStatic, type StaticServer } from './static-server.ts';

export interface ServedData {
  /** Holds `data/`. */
  readonly folder: string;
  /** Serves that folder, so the data as `/data/`. */
  readonly server: StaticServer;
}

/** The folder and its server are the caller's to close. */
export async function serveHandData(name: string): Promise<ServedData> {
  const folder = await mkdtemp(join(tmpdir(), `atlas-${name}-`));
  const db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const rows = ['NA', 'NO', 'KE'].flatMap((probe_cc, place) =>
    ['example.org', 'xn--e1afmkfd.example', 'пример.example', 'a#b.example'].map((domain, n) => ({
      ...MEASUREMENT,
      probe_cc,
      domain,
      input: `https://${domain}/`,
      test_name: 'web_connectivity',
      rule_id: 'web_connectivity.ok',
      report_id: `r${String(place)}${String(n)}`,
      outcome: n === 0 ? 'anomaly' : 'ok',
      blocking_method: n === 0 ? 'dns' : null,
    })),
  );
  const counts = ['NA', 'NO', 'KE'].map((probe_cc) => ({ ...COUNTS, probe_cc, day: '2021-01-02' }));
  const made: MadeParts = {
    ...madeOf([
      await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows),
      await writeHandPart(db, folder, 'counts', 'c.csv', counts),
    ]),
    lists: [{ path: 'global.csv', sha256: hashOf('list'), rows: 1 }],
    // A category that looks like a missing value to nobody, and one website without any.
    categories: [
      { list: 'global', url: 'https://example.org/', category_code: 'NEWS', domain: 'example.org' },
    ],
  };
  await db.close();
  const options = { out: join(folder, 'data'), cacheDir: join(folder, 'cache'), strict: true };
  await buildHand(made, options);
  return { folder, server: await serveStatic(folder) };
}

/** Puts single measurements on another origin, as a build does that is told to, and says so in the site's status. */
export async function moveLarge({ folder }: ServedData): Promise<StaticServer> {
  const there = join(folder, 'elsewhere');
  await mkdir(there);
  for (const name of LARGE_FOLDERS) {
    const own = join(folder, 'data', name);
    if (existsSync(own)) await rename(own, join(there, name));
  }
  const server = await serveStatic(there);
  const size = { files: 1, bytes: 1, largest: { path: 'index.html', bytes: 1 } };
  const status = await makeStatus(join(folder, 'data'), size, `${server.origin}/`);
  await writeFile(join(folder, STATUS_FILE), JSON.stringify(status));
  return server;
}
