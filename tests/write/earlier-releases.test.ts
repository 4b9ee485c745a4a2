/** What a build keeps of the releases before it. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BuildOptions, MadeParts } from '../../data-build/build.ts';
import { toDay } from '../../data-build/contract/brands.ts';
import { hashFile } from '../../data-build/hash.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { buildHand, hashTree, readJsonFile, writeTwoMonths } from '../support/hand-build.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { scratchFolder } from '../support/scratch.ts';

let made: MadeParts;
const folder = scratchFolder('earlier-releases');
const out = join(folder, 'public', 'data');

beforeAll(async () => {
  made = await writeTwoMonths(folder);
});

function build(from: MadeParts, more: Partial<BuildOptions> = {}) {
  return buildHand(from, { out, cacheDir: join(folder, 'cache'), ...more });
}

describe('earlier releases', () => {
  const since = (day: string) => ({ since: toDay(day), keep: { newest: 2, months: 0 } });
  const ofItself = (all: Record<string, string>) =>
    Object.entries(all).filter(([path]) => !path.startsWith('releases/'));
  const kept = async () => {
    const index = await readJsonFile(join(out, 'releases/index.json'));
    return (
      JSON.stringify(index)
        .match(/\d{4}-\d\d-\d\d-[0-9a-f]{8}/g)
        ?.slice(1) ?? []
    );
  };

  it('stay below the folder, newest first, as they were, and none twice', async () => {
    await rm(out, { recursive: true, force: true });
    const one = await build(made, since('2024-10-11'));
    const before = await hashTree(out);
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
    expect(ofItself(await hashTree(out))).toEqual(ofItself(before));
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
    expect(await readJsonFile(join(out, 'releases/index.json'))).toMatchObject({ keep });
    expect(await verifyFolder(out, recordEffects())).toBe(true);
  });

  it('are brought over by the next build where the last one was cut before it had', async () => {
    await rm(out, { recursive: true, force: true });
    const one = await build(made, since('2024-10-11'));
    const two = await build(made, since('2024-10-12'));
    await build(made, since('2024-10-13'));
    const whole = await hashTree(out);
    const former = join(folder, 'public', '.data.previous');
    const homeOf = (base: string, { manifest }: typeof one) =>
      join(base, 'releases', manifest.data_version);
    for (const isFirstMoved of [false, true]) {
      await rename(homeOf(out, two), former);
      await mkdir(join(former, 'releases'));
      if (!isFirstMoved) await rename(homeOf(out, one), homeOf(former, one));
      await build(made, since('2024-10-13'));
      expect(await hashTree(out)).toEqual(whole);
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
