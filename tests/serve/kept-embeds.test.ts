import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareSums, listFiles } from '../../data-build/write/checksum.ts';
import { keepEmbeds, listFixed, takeEmbeds } from '../../site/serve/kept-embeds.ts';

const OLD = '2024-11-29-1a2b3c4d';
const NEW = '2024-12-29-5e6f7a8b';
const ADDRESS = 'https://atlas.example/';
const FIXED = 'embed/country/KE/outcomes/0123456789/index.html';
const FRAMES = [FIXED, 'embed/country/KE/outcomes/0123456789.png'];
const MADE = ['embed/frame-00000001.js', 'embed/look-00000002.css', ...FRAMES];
let folder: string;
let data: string;
const old = (): string => path.join(folder, 'old');
const out = (): string => path.join(folder, 'dist');

async function put(root: string, file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), text);
}

/** A later release in the built site, with the earlier one below it as the data build leaves it. */
async function makeNext(): Promise<void> {
  const index = { data_version: NEW, releases: [{ data_version: OLD, rules_version: '1' }] };
  await put(out(), 'data/releases/index.json', JSON.stringify(index));
  await put(out(), 'data/embeds/SHA256SUMS', 'of this release, from a build before');
  await rename(data, path.join(out(), 'data/releases', OLD));
}

async function take(address = ADDRESS): Promise<readonly string[]> {
  const lines: string[] = [];
  await takeEmbeds(out(), address, (line) => lines.push(line));
  return lines;
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'embeds-'));
  data = path.join(folder, 'data');
  await put(data, 'manifest.json', '{}');
  for (const file of MADE) await put(old(), file, `${file} as it was made`);
  for (const file of ['embed/country/KE/outcomes/index.html', 'embed/country/KE/card.png'])
    await put(old(), file, 'not fixed');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('frames of an earlier release', () => {
  it('come into a later site byte for byte, with what they name, and are there once', async () => {
    await keepEmbeds(old(), data, await listFixed(old()), ADDRESS);
    await makeNext();
    await put(out(), 'embed/look-00000002.css', 'embed/look-00000002.css as it was made');
    await put(out(), 'embed/look-00000009.css', 'of the present site');
    expect((await take()).join()).toContain(`${OLD}: copied`);
    const files = await listFiles(out());
    expect(files.filter((file) => !file.startsWith('data/'))).toEqual(
      [...MADE, 'embed/look-00000009.css'].toSorted((a, b) => (a < b ? -1 : 1)),
    );
    for (const file of MADE)
      expect(await readFile(path.join(out(), file), 'utf8')).toBe(`${file} as it was made`);
    expect(files.filter((file) => file.startsWith('data/'))).toEqual([
      `data/releases/${OLD}/manifest.json`,
      'data/releases/index.json',
    ]);
  });

  it('stay where this release has the same', async () => {
    await keepEmbeds(old(), data, FRAMES, ADDRESS);
    await makeNext();
    for (const file of FRAMES) await put(out(), file, `${file} made again`);
    await take();
    for (const file of FRAMES)
      expect(await readFile(path.join(out(), file), 'utf8')).toBe(`${file} as it was made`);
  });

  it('come to the addresses that they had when they were kept', async () => {
    const former = `embed/at/${OLD}/country/KE/outcomes/index.html`;
    await keepEmbeds(old(), data, FRAMES, ADDRESS);
    await put(data, `embeds/${former}`, 'as it was made');
    await put(data, 'embeds/SHA256SUMS', `${'0'.repeat(64)}  ${former}\n`);
    await makeNext();
    await take();
    expect(await readFile(path.join(out(), former), 'utf8')).toBe('as it was made');
  });

  it('are absent, with a note, where none were made, or a build was cut short', async () => {
    await put(data, `embeds/${FIXED}`, 'half');
    await makeNext();
    expect((await take()).join()).toMatch(new RegExp(`${OLD} are not in this site: no whole`));
    expect(await listFiles(path.join(out(), 'embed')).catch(() => [])).toEqual([]);
  });

  it('are absent, with a note, where they were made for another address', async () => {
    await keepEmbeds(old(), data, FRAMES, 'https://elsewhere.example/atlas/');
    await makeNext();
    expect((await take()).join()).toMatch(/made for https:\/\/elsewhere\.example\/atlas\/, and/);
    expect(await listFiles(path.join(out(), 'embed')).catch(() => [])).toEqual([]);
  });
});

describe('frames of the same release, made again by changed code', () => {
  const LATER = 'embed/country/KE/outcomes/aaaaaaaaaa/index.html';

  beforeEach(async () => {
    await keepEmbeds(old(), data, await listFixed(old()), ADDRESS);
    await put(out(), LATER, 'made later');
    await put(out(), FIXED, 'made again under the same name');
  });

  it('are kept beside those of the build before, which stay as they were', async () => {
    await keepEmbeds(out(), data, await listFixed(out()), ADDRESS);
    const kept = await listFiles(path.join(data, 'embeds'));
    expect(kept).toEqual(
      ['SHA256SUMS', 'address.txt', ...MADE, LATER].toSorted((a, b) => (a < b ? -1 : 1)),
    );
    const textOf = (file: string) => readFile(path.join(data, 'embeds', file), 'utf8');
    expect(await textOf(FIXED)).toBe(`${FIXED} as it was made`);
    expect(await textOf(LATER)).toBe('made later');
    expect(await compareSums(path.join(data, 'embeds'))).toEqual([]);
  });

  it('are in the site beside those of the build before', async () => {
    await rename(data, path.join(out(), 'data'));
    expect((await take()).join()).toContain('earlier builds');
    for (const file of MADE)
      expect(await readFile(path.join(out(), file), 'utf8')).toBe(`${file} as it was made`);
    expect(await readFile(path.join(out(), LATER), 'utf8')).toBe('made later');
    expect(await listFiles(path.join(out(), 'data'))).toEqual(['manifest.json']);
  });

  it('take their place where the site has another address, since their links would be wrong', async () => {
    await keepEmbeds(out(), data, [LATER], 'https://elsewhere.example/');
    expect(await listFiles(path.join(data, 'embeds'))).toEqual([
      'SHA256SUMS',
      'address.txt',
      LATER,
    ]);
    expect(await compareSums(path.join(data, 'embeds'))).toEqual([]);
  });

  it('do not bring back what a build that was cut short left behind', async () => {
    await put(data, `embeds/${LATER}`, 'ha');
    await put(data, 'embeds/embed/look-00000008.css', 'half');
    await keepEmbeds(out(), data, [LATER], ADDRESS);
    expect(await readFile(path.join(data, 'embeds', LATER), 'utf8')).toBe('made later');
    expect(await compareSums(path.join(data, 'embeds'))).toEqual([]);
  });
});
