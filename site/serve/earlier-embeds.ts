/**
 * Fixed embeds of earlier releases: drawn from the data of that release, which a build keeps below `releases/`, by a
 * whole build of the site on it, of which only the embeds are taken. What was drawn once by the same code is kept.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { RELEASES_FOLDER } from '../../data-build/contract/releases.ts';
import { loadReleases } from '../engine/releases.ts';

/** Set for the inner build, which must not look for releases again. */
export const INNER_BUILD = 'EMBEDS_OF_RELEASE';

/** Releases that lie in a data folder beside its own, oldest first. */
export async function listEarlierReleases(
  dataDir: string,
  own: string,
): Promise<readonly string[]> {
  const kept = (await loadReleases(dataDir)).map(({ data_version }) => data_version);
  return kept.filter((version) => version !== own).toReversed();
}

/** Puts the fixed embeds of one release, their pictures and oEmbed answers into the built site. */
export async function takeEarlierEmbeds(
  dataDir: string,
  release: string,
  out: string,
  cache: string,
): Promise<void> {
  const kept = path.join(cache, 'embed-releases', `${release}-${await hashSite()}`);
  if (!existsSync(kept)) {
    const making = `${kept}.${process.pid}`;
    await rm(making, { recursive: true, force: true });
    const site = path.join(making, 'site');
    await buildSite(path.join(dataDir, RELEASES_FOLDER, release), site);
    for (const place of placesOf(release)) {
      const from = path.join(site, place);
      if (!existsSync(from)) continue;
      await mkdir(path.dirname(path.join(making, 'kept', place)), { recursive: true });
      await rename(from, path.join(making, 'kept', place));
    }
    await rename(path.join(making, 'kept'), kept);
    await rm(making, { recursive: true, force: true });
  }
  await cp(kept, out, { recursive: true });
}

function placesOf(release: string): readonly string[] {
  return [`embed/at/${release}`, `oembed/at/${release}`];
}

async function buildSite(dataDir: string, out: string): Promise<void> {
  const astro = path.resolve('node_modules/astro/bin/astro.mjs');
  const child = spawn(process.execPath, [astro, 'build', '--outDir', out], {
    env: { ...process.env, DATA_DIR: dataDir, [INNER_BUILD]: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.on('data', (text: Buffer) => {
    complaints += text.toString('utf8');
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0)
    throw new Error(
      `The embeds of the release in ${dataDir} were not drawn.\n${complaints.trim().split('\n').slice(-12).join('\n')}\n` +
        'Build it by hand with DATA_DIR set to that folder, or keep fewer releases: npm run data -- --keep N.',
    );
}

/** Of everything that draws, where the site is, and whether there are pictures. */
async function hashSite(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['SITE_URL', 'BASE_PATH', 'PICTURES'])
    hash.update(`${process.env[name] ?? ''}\0`);
  // Words and columns come from the contract, so it draws as well.
  const trees = ['site', 'data-build/contract'].map((folder) =>
    readdir(folder, { recursive: true, withFileTypes: true }),
  );
  const files = (await Promise.all(trees))
    .flat()
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  for (const file of [...files, 'package-lock.json'])
    hash
      .update(file)
      .update('\0')
      .update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}
