/**
 * Payloads planted in every text of several sources, through a whole build: feeds, tables and slices stay what they are,
 * and none of what is published turns, hides in, or drives what stands around it. The pages: text-safety.long.test.ts.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { buildData } from '../../data-build/build.ts';
import { readDumps } from '../../data-build/read-dumps.ts';
import { formatPsiphonUsage, formatTorUsage } from '../../data-build/sample/tool-usage.ts';
import { createWorld } from '../../data-build/sample/world.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { findTextFaults } from '../support/hostile-site.ts';
import { HOSTILE, plantInSample } from '../support/hostile-text.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';

const root = scratchFolder('text-safety');

it('leaves every file of a build what it is', async () => {
  const dumps = path.join(root, 'dumps');
  cpSync(path.join(import.meta.dirname, 'inputs-and-lists/dumps'), dumps, { recursive: true });
  const world = createWorld('small');
  const few = { ...world, places: world.places.slice(0, 2) };
  for (const [name, text] of [
    ['tor/userstats-relay-country.csv', formatTorUsage(few, 1)],
    ['psiphon/circumvention-usage.csv', formatPsiphonUsage(few, 1)],
  ] as const) {
    mkdirSync(path.dirname(path.join(dumps, name)), { recursive: true });
    writeFileSync(path.join(dumps, name), text);
  }
  expect(plantInSample(dumps, 10).payloads).toBeGreaterThan(2_000);

  const out = path.join(root, 'data');
  const cacheDir = path.join(root, 'cache');
  const effects = recordEffects();
  const manifest = await buildData(
    () => readDumps({ dumps: [dumps], cacheDir, jobs: 2, shard: null, effects }),
    { out, cacheDir, edition: 'all', since: null, until: null, strict: false },
    effects,
  );
  const rows = (table: string): number =>
    manifest.files.reduce((sum, file) => sum + (file.table === table ? file.rows : 0), 0);
  for (const table of ['measurements', 'domains', 'networks', 'circumvention_daily'])
    expect(rows(table), table).toBeGreaterThan(0);
  const { faults, read } = findTextFaults(out);
  expect(faults).toEqual([]);
  for (const kind of ['xml', 'json', 'ics', 'csv'])
    expect(read[kind] ?? 0, kind).toBeGreaterThan(0);
  const said = effects.lines.join('\n');
  for (const mark of [HOSTILE.turned.slice(-8), '\u2067', '\u200B', '\u0000'])
    expect(said.includes(mark), JSON.stringify(mark)).toBe(false);
  const verified = recordEffects();
  expect(await verifyFolder(out, verified), verified.lines.join('\n')).toBe(true);
});
