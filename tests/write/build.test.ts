import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildData, type BuildOptions, type MadeParts } from '../../data-build/build.ts';
import { NothingUsable, StrictFailure, UsageError } from '../../data-build/outcome.ts';
import { toDay } from '../../data-build/contract/brands.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { hashFile, hashOf } from '../../data-build/hash.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { COUNTS, MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { recordEffects } from '../support/quiet-effects.ts';

let folder: string;
let made: MadeParts;
let out: string;

const WEB = {
  ...MEASUREMENT,
  test_name: 'web_connectivity',
  input: 'https://example.org/',
  domain: 'example.org',
  rule_id: 'web_connectivity.ok',
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'build-'));
  out = join(folder, 'public', 'data');
  const db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const rows = Array.from({ length: 50 }, (_, n) => ({
    ...(n % 2 === 0 ? MEASUREMENT : WEB),
    probe_cc: n % 3 === 0 ? 'KE' : 'UG',
    probe_asn: 1 + (n % 4),
    report_id: `r${n}`,
    measurement_start_time: `2024-${n % 5 === 0 ? '10' : '11'}-${String(10 + (n % 7))} 00:00:00`,
    outcome: n % 4 === 0 ? 'anomaly' : 'ok',
    blocking_method: n % 4 === 0 ? 'dns' : null,
  }));
  made = {
    parts: [
      await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows),
      await writeHandPart(db, folder, 'counts', 'c.csv', [{ ...COUNTS, probe_cc: 'TZ' }]),
    ],
    lists: [{ path: 'global.csv', sha256: hashOf('list'), rows: 1 }],
    categories: [
      { list: 'global', url: 'https://example.org/', category_code: 'NEWS', domain: 'example.org' },
    ],
    rejects: [],
    references: [],
  };
  await db.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function build(from: MadeParts, more: Partial<BuildOptions> = {}) {
  const effects = recordEffects();
  const manifest = buildData(
    () => Promise.resolve(from),
    {
      out,
      cacheDir: join(folder, 'cache'),
      edition: 'all',
      since: null,
      until: null,
      strict: false,
      ...more,
    },
    effects,
  );
  return manifest.then((value) => ({ manifest: value, lines: effects.lines }));
}

/** The folder as a build of `made` leaves it, for tests of what it holds or of what comes after. */
function built() {
  return build(made, { unlessUnchanged: true });
}

async function hashes(root: string): Promise<Record<string, string>> {
  const entries: [string, string][] = [];
  for (const path of await listFiles(root)) entries.push([path, await hashFile(join(root, path))]);
  return Object.fromEntries(entries);
}

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(out, name), 'utf8'));
}

describe('a data folder', () => {
  it('is byte for byte the same when built twice, wherever the dumps lie', async () => {
    await build(made);
    const first = await hashes(out);
    await build({ ...made, parts: made.parts.toReversed() });
    expect(await hashes(out)).toEqual(first);
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
    expect(await readJson('latest.json')).toEqual({ data_version: manifest.data_version });
    expect(manifest.sources.map((source) => [source.id, source.rows_in, source.rows_out])).toEqual([
      ['ooni', 51, 51],
      ['test-lists', 1, 1],
    ]);
    expect(manifest.cells).toMatchObject({ aggregation: 1, superseded: 0 });
  });

  it('gives each country or territory CSV and JSON with the same rows, and a licence', async () => {
    await built();
    const csv = await readFile(join(out, 'country/KE/interference_country_daily.csv'), 'utf8');
    const json = await readJson('country/KE/interference_country_daily.json');
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
    const text = JSON.stringify(await readJson('datapackage.json'));
    expect(text).toContain('"name":"interference_country_daily"');
    expect(text).toContain('"type":"datetime"');
    expect(text).not.toContain('created');
  });
});

describe('earlier releases', () => {
  const since = (day: string) => ({ since: toDay(day), keep: { newest: 2, months: 0 } });
  const ofItself = (all: Record<string, string>) =>
    Object.entries(all).filter(([path]) => !path.startsWith('releases/'));
  const kept = async () => {
    const index = await readJson('releases/index.json');
    return (
      JSON.stringify(index)
        .match(/\d{4}-\d\d-\d\d-[0-9a-f]{8}/g)
        ?.slice(1) ?? []
    );
  };

  it('stay below the folder, newest first, as they were, and none twice', async () => {
    await rm(out, { recursive: true, force: true });
    const one = await build(made, since('2024-10-11'));
    const before = await hashes(out);
    expect(await kept()).toEqual([]);
    const two = await build(made, since('2024-10-12'));
    expect(await kept()).toEqual([one.manifest.data_version]);
    const three = await build(made, since('2024-10-13'));
    await build(made, since('2024-10-14'));
    expect(await kept()).toEqual([three.manifest.data_version, two.manifest.data_version]);
    expect(await listFiles(join(out, 'releases'))).not.toContain(
      `${one.manifest.data_version}/manifest.json`,
    );
    // Going back to what was kept makes it the current one again.
    await build(made, since('2024-10-12'));
    expect(await kept()).not.toContain(two.manifest.data_version);
    await build(made, since('2024-10-11'));
    expect(ofItself(await hashes(out))).toEqual(ofItself(before));
    expect(await verifyFolder(out, recordEffects())).toBe(true);
  });

  it('are thinned to the first of each month where that is asked for', async () => {
    await rm(out, { recursive: true, force: true });
    const keep = { newest: 1, months: 12 };
    const versions: string[] = [];
    for (const day of ['2024-10-20', '2024-10-30', '2024-11-05', '2024-11-10'])
      versions.push((await build(made, { until: toDay(day), keep })).manifest.data_version);
    const [first, , third] = versions;
    expect(await kept()).toEqual([third, first]);
    expect(await readJson('releases/index.json')).toMatchObject({ keep });
    expect(await verifyFolder(out, recordEffects())).toBe(true);
  });

  it('are brought over by the next build where the last one was cut before it had', async () => {
    await rm(out, { recursive: true, force: true });
    const one = await build(made, since('2024-10-11'));
    const two = await build(made, since('2024-10-12'));
    await build(made, since('2024-10-13'));
    const whole = await hashes(out);
    const former = join(folder, 'public', '.data.previous');
    const homeOf = (base: string, { manifest }: typeof one) =>
      join(base, 'releases', manifest.data_version);
    for (const isFirstMoved of [false, true]) {
      await rename(homeOf(out, two), former);
      await mkdir(join(former, 'releases'));
      if (!isFirstMoved) await rename(homeOf(out, one), homeOf(former, one));
      await build(made, since('2024-10-13'));
      expect(await hashes(out)).toEqual(whole);
    }
  });

  it('keep the embeds that a build of the site made of them, with sums of their own', async () => {
    await rm(out, { recursive: true, force: true });
    const { manifest } = await build(made, since('2024-10-11'));
    const embed = 'embed/at/x/country/KE/outcomes/index.html';
    const put = async (path: string, text: string): Promise<void> => {
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, text);
    };
    await put(join(out, 'embeds', embed), 'as it was made');
    const sum = await hashFile(join(out, 'embeds', embed));
    await put(join(out, 'embeds/SHA256SUMS'), `${sum}  ${embed}\n`);
    expect(await verifyFolder(out, recordEffects())).toBe(true);
    // Built again, and gone back to: the release is the same, and so are its embeds.
    await build(made, since('2024-10-11'));
    expect(await readFile(join(out, 'embeds', embed), 'utf8')).toBe('as it was made');
    await build(made, since('2024-10-12'));
    await build(made, since('2024-10-11'));
    expect(await readFile(join(out, 'embeds', embed), 'utf8')).toBe('as it was made');
    await build(made, since('2024-10-12'));
    const home = join(out, 'releases', manifest.data_version, 'embeds');
    expect(await readFile(join(home, embed), 'utf8')).toBe('as it was made');
    expect(await listFiles(out)).not.toContain(`embeds/${embed}`);
    expect(await verifyFolder(out, recordEffects())).toBe(true);
    await rm(join(home, embed));
    await put(join(home, embed), 'as it was not');
    const effects = recordEffects();
    expect(await verifyFolder(out, effects)).toBe(false);
    expect(effects.lines.join('\n')).toContain(
      `${manifest.data_version}: embeds: ${embed} has changed`,
    );
  });

  it('of another edition, or synthetic beside real, are not kept', async () => {
    await build(made, since('2024-10-11'));
    const parts = made.parts.map((part) => ({ ...part, synthetic: true }));
    await build({ ...made, parts }, { keep: { newest: 2, months: 0 } });
    expect(await kept()).toEqual([]);
  });

  it('of a contract that the site cannot read are not kept', async () => {
    await build(made, since('2024-10-11'));
    const file = join(out, 'manifest.json');
    const manifest: unknown = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(
      file,
      JSON.stringify(Object.assign({}, manifest, { contract_version: '0.9.0' })),
    );
    await build(made, { keep: { newest: 2, months: 0 } });
    expect(await kept()).toEqual([]);
  });

  it('are checked by verify', async () => {
    await build(made, since('2024-10-11'));
    await build(made, since('2024-10-12'));
    const [version = ''] = await kept();
    const file = join(out, 'releases', version, 'rejects.json');
    await rm(file);
    await writeFile(file, '[ ]');
    const effects = recordEffects();
    expect(await verifyFolder(out, effects)).toBe(false);
    expect(effects.lines.join('\n')).toContain(`${version}: rejects.json has changed`);
  });
});

describe('a build that does not end well', () => {
  it('leaves the old folder when nothing is usable', async () => {
    await built();
    const before = await hashes(out);
    await expect(build({ ...made, parts: [] })).rejects.toBeInstanceOf(NothingUsable);
    await expect(build(made, { edition: 'cc0' })).rejects.toThrow(/CC0/);
    expect(await hashes(out)).toEqual(before);
  });

  it('leaves the old folder when the privacy gate closes, and says where without repeating it', async () => {
    await built();
    const before = await hashes(out);
    const db = await openDatabase({ spillDir: join(folder, 'spill') });
    const bad = await writeHandPart(db, folder, 'measurements', 'bad.jsonl', [
      { ...MEASUREMENT, rule_id: 'seen at 203.0.113.77' },
    ]);
    await db.close();
    const attempt = build({ ...made, parts: [bad] });
    await expect(attempt).rejects.toThrow(/measurements\.rule_id .* ipv4 \(report_id 20241107T/);
    await expect(attempt).rejects.not.toThrow(/203\.0/);
    expect(await hashes(out)).toEqual(before);
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
    const before = await hashes(out);
    await rename(out, join(folder, 'public', '.data.previous'));
    await mkdir(join(folder, 'public', '.data.next'));
    await expect(build(made, { strict: true })).resolves.toBeDefined();
    expect(await hashes(out)).toEqual(before);
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
