import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BuildOptions, MadeParts } from '../../data-build/build.ts';
import { toDay } from '../../data-build/contract/brands.ts';
import { NothingUsable, StrictFailure, UsageError } from '../../data-build/outcome.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { buildHand, hashTree, readJsonFile, writeTwoMonths } from '../support/hand-build.ts';
import { MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';

let made: MadeParts;
const folder = scratchFolder('build');
const out = join(folder, 'public', 'data');

beforeAll(async () => {
  made = await writeTwoMonths(folder);
});

function build(from: MadeParts, more: Partial<BuildOptions> = {}) {
  return buildHand(from, { out, cacheDir: join(folder, 'cache'), ...more });
}

/** The folder as a build of `made` leaves it, for tests of what it holds or of what comes after. */
function built() {
  return build(made, { unlessUnchanged: true });
}

describe('a data folder', () => {
  it('is byte for byte the same when built twice, wherever the dumps lie', async () => {
    await build(made);
    const first = await hashTree(out);
    await build({ ...made, parts: made.parts.toReversed() });
    expect(await hashTree(out)).toEqual(first);
    expect(Object.keys(first)).toContain('country/KE/interference_network_daily.json');
  });

  it('passes verify', async () => {
    await built();
    const effects = recordEffects();
    expect(await verifyFolder(out, effects), effects.lines.join('\n')).toBe(true);
    expect(effects.lines.filter((line) => !line.startsWith('ok '))).toEqual([]);
  });

  it('has Hive paths, names that end in the hash, spans and licences in its manifest', async () => {
    const { manifest } = await built();
    const [file] = manifest.files.filter(
      (one) => one.table === 'measurements' && one.partition['probe_cc'] === 'UG',
    );
    expect(file).toMatchObject({
      partition: { month: '2024-10', probe_cc: 'UG' },
      since: '2024-10-10',
      until: '2024-10-17',
      licence: 'cc-by-nc-sa',
    });
    expect(file?.path).toMatch(
      /^measurements\/month=2024-10\/probe_cc=UG\/measurements-2024-10-UG-[0-9a-f]{8}\.parquet$/,
    );
    expect(manifest.data_version).toMatch(/^2024-11-16-[0-9a-f]{8}$/);
    expect([manifest.since, manifest.until]).toEqual(['2024-10-10', '2024-11-17']);
    expect(await readJsonFile(join(out, 'latest.json'))).toEqual({
      data_version: manifest.data_version,
    });
    expect(manifest.sources.map((source) => [source.id, source.rows_in, source.rows_out])).toEqual([
      ['ooni', 51, 51],
      ['test-lists', 1, 1],
    ]);
    expect(manifest.cells).toMatchObject({ aggregation: 1, superseded: 0 });
  });

  it('gives each country or territory CSV and JSON with the same rows, and a licence', async () => {
    await built();
    const csv = await readFile(join(out, 'country/KE/interference_country_daily.csv'), 'utf8');
    const json = await readJsonFile(join(out, 'country/KE/interference_country_daily.json'));
    const all = csv.trim().split('\n');
    const lines = all.filter((line) => !line.startsWith('#'));
    expect(all[2]).toContain('CC-BY-NC-SA-4.0');
    expect(lines[0]).toMatch(/^day,probe_cc,test_name,measurement_count/);
    expect(json).toMatchObject({ licence: 'CC-BY-NC-SA-4.0', probe_cc: 'KE', synthetic: false });
    expect(json).toHaveProperty('rows.length', lines.length - 1);
    expect(json).toHaveProperty('columns', lines[0]?.split(','));
    expect(json).toHaveProperty('rows.0.0', lines[1]?.slice(0, 10));
    expect(await readFile(join(out, 'country/KE/README.txt'), 'utf8')).toContain('CC-BY-NC-SA-4.0');
  });

  it('says synthetic in manifest, files and slices when a dump does', async () => {
    const parts = made.parts.map((part) => ({ ...part, synthetic: true }));
    const { manifest, lines } = await build({ ...made, parts });
    expect(manifest.synthetic).toBe(true);
    expect(lines.at(-1)).toContain('(synthetic)');
    expect(await readFile(join(out, 'country/TZ/README.txt'), 'utf8')).toContain(
      'Synthetic sample',
    );
    expect(await verifyFolder(out, recordEffects())).toBe(true);
  });

  it('names every resource of the data package with its schema', async () => {
    await built();
    const text = JSON.stringify(await readJsonFile(join(out, 'datapackage.json')));
    expect(text).toContain('"name":"interference_country_daily"');
    expect(text).toContain('"type":"datetime"');
    expect(text).not.toContain('created');
  });
});

describe('a build that does not end well', () => {
  it('leaves the old folder when nothing is usable', async () => {
    await built();
    const before = await hashTree(out);
    await expect(build({ ...made, parts: [] })).rejects.toBeInstanceOf(NothingUsable);
    await expect(build(made, { edition: 'cc0' })).rejects.toThrow(/CC0/);
    expect(await hashTree(out)).toEqual(before);
  });

  it('leaves the old folder when the privacy gate closes, and says where without repeating it', async () => {
    await built();
    const before = await hashTree(out);
    const db = await openDatabase({ spillDir: join(folder, 'spill') });
    const bad = await writeHandPart(db, folder, 'measurements', 'bad.jsonl', [
      { ...MEASUREMENT, rule_id: 'seen at 203.0.113.77' },
    ]);
    await db.close();
    const attempt = build({ ...made, parts: [bad] });
    await expect(attempt).rejects.toThrow(/measurements\.rule_id .* ipv4 \(report_id 20241107T/);
    await expect(attempt).rejects.not.toThrow(/203\.0/);
    expect(await hashTree(out)).toEqual(before);
    expect((await listFiles(join(folder, 'public'))).filter((p) => p.startsWith('.'))).toEqual([]);
  });

  it('stops on rejects under --strict', async () => {
    const rejects = [
      {
        reason: 'unrecognised_file',
        source: null,
        count: 1,
        samples: [{ file: 'x.bin', line: null, detail: '' }],
      },
    ] as const;
    await expect(build({ ...made, rejects }, { strict: true })).rejects.toBeInstanceOf(
      StrictFailure,
    );
    const { lines } = await build({ ...made, rejects });
    expect(lines.join('\n')).toContain('x.bin');
  });

  it('does not take days that were asked to be left out for rejects', async () => {
    const since = toDay('2024-11-01');
    const { manifest, lines } = await build(made, { strict: true, since });
    const outside = manifest.sources.flatMap(({ rejects }) => rejects);
    expect(outside).toEqual([{ stage: 'rollup', reason: 'outside_dates', count: 10 }]);
    expect(lines.indexOf('Left out, as asked:')).toBeGreaterThan(-1);
    expect(lines.join('\n')).toMatch(/outside_dates +10 .*\n.*a\.jsonl \(2024-10-10 to 2024-10-1/);
    const rejects = [{ reason: 'empty_line', source: 'ooni', count: 1, samples: [] }] as const;
    await expect(build({ ...made, rejects }, { strict: true, since })).rejects.toThrow(
      '1 kinds of rejects',
    );
  });

  it('does not replace a folder of other files', async () => {
    const other = join(folder, 'other');
    await mkdir(other, { recursive: true });
    await writeFile(join(other, 'thesis.txt'), 'mine');
    await expect(build(made, { out: other })).rejects.toBeInstanceOf(UsageError);
    expect((await stat(join(other, 'thesis.txt'))).size).toBe(4);
  });

  it('brings the old folder back when the last swap was cut in the middle', async () => {
    await built();
    const before = await hashTree(out);
    await rename(out, join(folder, 'public', '.data.previous'));
    await mkdir(join(folder, 'public', '.data.next'));
    await expect(build(made, { strict: true })).resolves.toBeDefined();
    expect(await hashTree(out)).toEqual(before);
  });
});

describe('verify', () => {
  it('finds a changed byte, an unlisted file and a missing one', async () => {
    const { manifest } = await built();
    const [file] = manifest.files;
    if (file === undefined) throw new Error('no file');
    await writeFile(join(out, 'extra.txt'), 'x');
    await rm(join(out, 'country/KE/README.txt'));
    await writeFile(join(out, 'latest.json'), '{}');
    const effects = recordEffects();
    expect(await verifyFolder(out, effects)).toBe(false);
    const text = effects.lines.join('\n');
    expect(text).toContain('extra.txt is not listed');
    expect(text).toContain('country/KE/README.txt is missing');
    expect(text).toContain('latest.json has changed');
  });

  it('asks for a data folder when there is none', async () => {
    await expect(verifyFolder(folder, recordEffects())).rejects.toBeInstanceOf(UsageError);
  });
});
