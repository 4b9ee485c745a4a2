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

/** Keeps `files`, the frames of the release in `dataDir`, as they stand in the built site `out`, with what they name. */
export async function keepEmbeds(
  out: string,
  dataDir: string,
  files: readonly string[],
  address: string,
): Promise<void> {
  const home = path.join(dataDir, EMBEDS_FOLDER);
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  for (const file of [...files, ...(await listAssets(out))])
    await cp(path.join(out, file), path.join(home, file));
  await writeFile(path.join(home, ADDRESS_FILE), `${address}\n`);
  // Last, so that what was cut short is known by its absence.
  await writeFile(path.join(home, CHECKSUM_FILE), await writeSums(home));
}

/**
 * Moves the kept embeds of earlier releases from the data in the built site to their places in it, so that no file is
 * there twice; where this release has the same frame, the earlier one stays. Says of each release what became of them.
 */
export async function takeEmbeds(
  out: string,
  address: string,
  log: (line: string) => void,
): Promise<void> {
  const data = path.join(out, 'data');
  await rm(path.join(data, EMBEDS_FOLDER), { recursive: true, force: true });
  for (const { data_version: release, folder } of await loadReleases(data)) {
    const home = path.join(data, folder, EMBEDS_FOLDER);
    const absence = await tellAbsence(home, address);
    if (absence === null)
      for (const file of await listSums(home))
        await move(path.join(home, file), path.join(out, file));
    await rm(home, { recursive: true, force: true });
    log(
      absence === null
        ? `Embeds of release ${release}: copied as they were made.`
        : `Embeds of release ${release} are not in this site: ${absence}`,
    );
  }
}

async function tellAbsence(home: string, address: string): Promise<string | null> {
  if (!existsSync(path.join(home, CHECKSUM_FILE)))
    return 'no whole build of the site was made while it was the newest.';
  const made = (await readFile(path.join(home, ADDRESS_FILE), 'utf8')).trim();
  return made === address ? null : `they were made for ${made}, and this site is at ${address}.`;
}

/** All that is kept, whatever addresses frames had when it was made. */
async function listSums(home: string): Promise<readonly string[]> {
  const sums = await readFile(path.join(home, CHECKSUM_FILE), 'utf8');
  const files = sums.split('\n').map((line) => line.slice(66));
  return files.filter((file) => /^o?embed\//.test(file));
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

/** In the layout of `sha256sum`, in byte order. */
async function writeSums(home: string): Promise<string> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(home, path.join(entry.parentPath, entry.name)))
    .sort();
  let lines = '';
  for (const file of files) {
    const bytes = await readFile(path.join(home, file));
    lines += `${hashOf(bytes)}  ${file.split(path.sep).join('/')}\n`;
  }
  return lines;
}
