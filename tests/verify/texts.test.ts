/** What `verify` finds in slices, compressed or not, and in those that are cut. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { serveHandData, type ServedData } from '../support/hand-data.ts';
import { recordEffects } from '../support/quiet-effects.ts';

const TEXTS = 'slices, feeds and rejects hold no address, e-mail or token';
let served: ServedData;

beforeAll(async () => {
  served = await serveHandData('verify-texts');
});
afterAll(async () => {
  await served.server.close();
  await rm(served.folder, { recursive: true, force: true });
});

it('names lines of compressed slices that look private, and slices that are cut', async () => {
  const data = join(served.folder, 'data');
  const slice = join(data, 'country/KE/interference_country_daily.csv');
  const clean = recordEffects();
  expect(await verifyFolder(data, clean), clean.lines.join('\n')).toBe(true);
  const packed = gzipSync(await readFile(slice));
  await writeFile(`${slice}.gz`, packed.subarray(0, packed.length - 20));
  await writeFile(join(data, 'country/KE/private.csv.gz'), gzipSync('# a\r\nx\n203.0.113.7\n'));
  const effects = recordEffects();
  expect(await verifyFolder(data, effects)).toBe(false);
  const at = effects.lines.findIndex((line) => line.endsWith(TEXTS));
  expect(effects.lines[at]).toMatch(/^WRONG/);
  expect(effects.lines.slice(at + 1, at + 3).map((line) => line.trim())).toEqual([
    'country/KE/interference_country_daily.csv.gz cannot be read to its end: truncated_file',
    'country/KE/private.csv.gz:3 looks like ipv4',
  ]);
});

it('finds the name of a dump that is an address', async () => {
  const rejects = join(served.folder, 'data/rejects.json');
  await writeFile(rejects, JSON.stringify([{ samples: [{ file: '203.0.113.7/a.jsonl' }] }]));
  const effects = recordEffects();
  expect(await verifyFolder(join(served.folder, 'data'), effects)).toBe(false);
  const at = effects.lines.findIndex((line) => line.includes('names of dumps'));
  expect(effects.lines.slice(at, at + 2).map((line) => line.trim().replace(/ +/, ' '))).toEqual([
    'WRONG names of dumps hold no address, e-mail or token',
    'rejects.json names a dump by an address or a secret',
  ]);
});
