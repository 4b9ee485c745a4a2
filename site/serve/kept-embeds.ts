/**
 * Frames for as long as a release is kept that has them: a build puts those of its release below `embeds/` in the data folder,
 * where they travel with it, and takes those of earlier releases from there as they are. Nothing is drawn again.
 */
import { isFixed } from '../export/embed-links.ts';
import { hashOf } from '../../data-build/hash.ts';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CHECKSUM_FILE, EMBEDS_FOLDER } from '../../data-build/contract/releases.ts';
import { loadReleases } from '../engine/releases.ts';

/** Says for which site they were made: their links are whole, so at another address they would lead astray. */
const ADDRESS_FILE = 'address.txt';
/** Stylesheets and scripts that embeds name; a name ends in the hash of what it holds. */
const ASSET = /^[a-z]+-[0-9a-f]{8}\.(?:css|js)$/;

/** Frames and their pictures in a built site, as paths below it. */
export async function listFixed(out: string): Promise<readonly string[]> {
  const names = await readdir(path.join(out, 'embed'), { recursive: true }).catch(() => []);
  return names
    .map((name) => `embed/${name.split(path.sep).join('/')}`)
    .filter(isFixed)
    .sort();
}

/**
 * Keeps `files`, the frames of the release in `dataDir`, as they stand in the built site `out`, with what they name. Those that
 * earlier builds kept of this release stay beside them as they were: they may stand in articles.
 */
export async function keepEmbeds(
  out: string,
  dataDir: string,
  files: readonly string[],
  address: string,
): Promise<void> {
  const home = path.join(dataDir, EMBEDS_FOLDER);
  const isWhole = (await tellAbsence(home, address)) === null;
  if (!isWhole) await rm(home, { recursive: true, force: true });
  const sums = isWhole ? await readSums(home) : new Map<string, string>();
  // What a build that was cut short left behind.
  for (const file of await listAll(home))
    if (file !== CHECKSUM_FILE && !sums.has(file)) await rm(path.join(home, file));
  for (const file of [...files, ...(await listAssets(out))]) {
    if (sums.has(file)) continue;
    await cp(path.join(out, file), path.join(home, file));
    sums.set(file, hashOf(await readFile(path.join(home, file))));
  }
  await put(path.join(home, ADDRESS_FILE), `${address}\n`);
  sums.set(ADDRESS_FILE, hashOf(`${address}\n`));
  // Last, and in one step, so that what was cut short is not in it.
  const lines = [...sums.keys()].sort().map((file) => `${String(sums.get(file))}  ${file}\n`);
  await put(path.join(home, `${CHECKSUM_FILE}.next`), lines.join(''));
  await rename(path.join(home, `${CHECKSUM_FILE}.next`), path.join(home, CHECKSUM_FILE));
}

/**
 * Moves the kept embeds of earlier builds and releases from the data in the built site to their places in it, so that no file
 * is there twice; where this build has the same frame, the earlier one stays. Says of each release what became of them.
 */
export async function takeEmbeds(
  out: string,
  address: string,
  log: (line: string) => void,
): Promise<void> {
  const data = path.join(out, 'data');
  const take = async (folder: string): Promise<string | null> => {
    const home = path.join(data, folder, EMBEDS_FOLDER);
    const absence = await tellAbsence(home, address);
    // All that is kept, whatever addresses frames had when it was made.
    for (const file of absence === null ? (await readSums(home)).keys() : [])
      if (/^o?embed\//.test(file)) await move(path.join(home, file), path.join(out, file));
    await rm(home, { recursive: true, force: true });
    return absence;
  };
  if ((await take('')) === null) log('Embeds that earlier builds made of this release: copied.');
  for (const { data_version: release, folder } of await loadReleases(data)) {
    const absence = await take(folder);
    log(
      absence === null
        ? `Embeds of release ${release}: copied as they were made.`
        : `Embeds of release ${release} are not in this site: ${absence}`,
    );
  }
}

async function tellAbsence(home: string, address: string): Promise<string | null> {
  if (![CHECKSUM_FILE, ADDRESS_FILE].every((file) => existsSync(path.join(home, file))))
    return 'no whole build of the site was made while it was the newest.';
  const made = (await readFile(path.join(home, ADDRESS_FILE), 'utf8')).trim();
  return made === address ? null : `they were made for ${made}, and this site is at ${address}.`;
}

/** The checksums of what is kept, by path; in the layout of `sha256sum`. */
async function readSums(home: string): Promise<Map<string, string>> {
  const text = await readFile(path.join(home, CHECKSUM_FILE), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}

async function listAll(home: string): Promise<readonly string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(home, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'));
}

async function put(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function listAssets(folder: string): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, 'embed')).catch(() => []);
  return names.filter((name) => ASSET.test(name)).map((name) => `embed/${name}`);
}

async function move(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return;
  await mkdir(path.dirname(to), { recursive: true });
  await rename(from, to);
}
