/**
 * A data release as folders to deposit where it gets a DOI: one for each licence, since a deposit has one. Tables are packed
 * one archive each, since deposits take few files and no folders. The same release gives the same bytes.
 */
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Zip, ZipPassThrough } from 'fflate';
import { addDays } from '../contract/brands.ts';
import type { Manifest, ManifestFile } from '../contract/manifest.ts';
import { contributors, syntheticNotice } from '../contract/publisher-words.ts';
import { LICENCES, PUBLISHERS, type LicenceSlug } from '../contract/publishers.ts';
import type { BuildEffects } from '../effects.ts';
import { makeFolder } from '../make-folder.ts';
import { UsageError } from '../outcome.ts';
import { readManifest } from '../verify/manifest-file.ts';
import { translate } from '../words/translate.ts';
import { writeChecksums } from '../write/checksum.ts';

/** Largest archive of one table: the form that every program reads ends here. */
const MOST_BYTES = 4_000_000_000;
/** What stands beside the tables in every deposit: words of the Atlas. */
const DOCUMENTS = ['dictionary.json', 'datapackage.json', 'manifest.json'];

/** By what names a repository for data knows a licence; null: by none. */
const REPOSITORY_LICENCES: Readonly<Record<LicenceSlug, string | null>> = {
  cc0: 'cc-zero',
  'cc-by': 'cc-by-4.0',
  'cc-by-nc-sa': 'cc-by-nc-sa-4.0',
  'ioda-permission': null,
  'caida-aua': null,
  'registry-terms': null,
  'psiphon-permission': null,
};

/** `codeVersion` is that of the software that made the release. */
export async function archiveRelease(
  folder: string,
  out: string,
  codeVersion: string,
  effects: Pick<BuildEffects, 'log'>,
): Promise<readonly LicenceSlug[]> {
  const manifest = await readManifest(folder);
  if (existsSync(out) && (await readdir(out)).length > 0)
    throw new UsageError(
      `${out} is not empty.\nName another folder with --out, or empty this one.`,
    );
  const filled = manifest.files.filter(({ rows }) => rows > 0);
  const deposits = [...Map.groupBy(filled, ({ licence }) => licence)].toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  );
  try {
    await writeDeposits(folder, out, deposits, manifest, codeVersion, effects);
  } catch (error) {
    // Half a deposit looks like a whole one, and the same command would find its folder in use.
    for (const [licence] of deposits)
      await rm(homeOf(out, manifest, licence), { recursive: true, force: true });
    throw error;
  }
  return deposits.map(([licence]) => licence);
}

function homeOf(out: string, { data_version: version }: Manifest, licence: LicenceSlug): string {
  return join(out, `interference-atlas-${version}-${licence}`);
}

async function writeDeposits(
  folder: string,
  out: string,
  deposits: readonly (readonly [LicenceSlug, readonly ManifestFile[]])[],
  manifest: Manifest,
  codeVersion: string,
  effects: Pick<BuildEffects, 'log'>,
): Promise<void> {
  for (const [licence, files] of deposits) {
    const home = homeOf(out, manifest, licence);
    await makeFolder(home);
    for (const [table, own] of Map.groupBy(files, (file) => file.table))
      await packTable(folder, join(home, `${table}.zip`), own, manifest);
    for (const name of DOCUMENTS)
      if (existsSync(join(folder, name))) await copyFile(join(folder, name), join(home, name));
    const metadata = toMetadata(manifest, licence, codeVersion);
    await writeFile(join(home, 'metadata.json'), `${JSON.stringify({ metadata }, null, 1)}\n`);
    await writeFile(join(home, 'README.txt'), toReadme(manifest, licence, codeVersion));
    await writeChecksums(home, new Map());
    effects.log(translate('archive.written', { folder: home, files: files.length }));
  }
}

/** Parquet is packed already; the archive only keeps its folders. */
async function packTable(
  folder: string,
  target: string,
  files: readonly ManifestFile[],
  { data_version: version }: Manifest,
): Promise<void> {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > MOST_BYTES)
    throw new UsageError(
      `The files of one table come to ${bytes} bytes, and an archive takes ${MOST_BYTES}.\nBuild fewer days with --since and --until, and archive each part.`,
    );
  const paths = files.map(({ path }) => path).toSorted();
  // The day of the release instead of the clock.
  const zipped = zipFiles(folder, paths, `${version.slice(0, 10)}T00:00:00`);
  await pipeline(zipped, createWriteStream(target));
}

/** Bytes of an archive, made when they are asked for. */
async function* zipFiles(
  folder: string,
  paths: readonly string[],
  mtime: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    ready.push(chunk);
  });
  for (const path of paths) {
    const entry = new ZipPassThrough(path);
    entry.mtime = mtime;
    zip.add(entry);
    for await (const chunk of createReadStream(join(folder, path))) {
      entry.push(Uint8Array.from(toBytes(chunk)));
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
  }
  zip.end();
  yield* ready;
}

function toBytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new Error('A file was read as text.');
}

function publishersUnder({ sources }: Manifest, licence: LicenceSlug): Manifest['sources'] {
  return sources.filter(({ id }) => PUBLISHERS[id].licence === licence);
}

function daysOf({ since, until }: Manifest): string {
  return since === null || until === null ? '' : `${since}/${addDays(until, -1)}`;
}

/** In the form that Zenodo takes for a deposit. */
function toMetadata(manifest: Manifest, licence: LicenceSlug, codeVersion: string) {
  const { data_version: version, synthetic, rules_version: rules } = manifest;
  const named = publishersUnder(manifest, licence);
  const known = REPOSITORY_LICENCES[licence];
  return {
    title: translate('archive.title', { licence: LICENCES[licence].name, version }),
    upload_type: 'dataset',
    description: [
      ...(synthetic ? [syntheticNotice()] : []),
      translate('archive.about', { days: daysOf(manifest), rules, code: codeVersion }),
      LICENCES[licence].use,
      ...named.map(({ attribution }) => attribution),
    ].join(' '),
    creators: [{ name: contributors() }],
    version,
    publication_date: version.slice(0, 10),
    ...(known === null
      ? { access_right: 'restricted', access_conditions: LICENCES[licence].use }
      : { access_right: 'open', license: known }),
    language: 'eng',
    keywords: ['internet censorship', 'network interference', 'network measurement', 'open data'],
    dates:
      manifest.since === null || manifest.until === null
        ? []
        : [{ type: 'Collected', start: manifest.since, end: addDays(manifest.until, -1) }],
    related_identifiers: named.map(({ url }) => ({
      identifier: url,
      relation: 'isDerivedFrom',
      resource_type: 'dataset',
    })),
    references: named.map(({ citation }) => citation),
  };
}

function toReadme(manifest: Manifest, licence: LicenceSlug, codeVersion: string): string {
  const { data_version: version, rules_version: rules, contract_version: contract } = manifest;
  const { name, url, use } = LICENCES[licence];
  return [
    translate('archive.title', { licence: name, version }),
    '',
    ...(manifest.synthetic ? [syntheticNotice(), ''] : []),
    translate('archive.about', { days: daysOf(manifest), rules, code: codeVersion }),
    translate('archive.contract', { contract }),
    '',
    `${name}, ${url}`,
    use,
    ...publishersUnder(manifest, licence).flatMap(({ attribution, citation }) => [
      attribution,
      citation,
    ]),
    '',
    translate('archive.files'),
    translate('archive.upload'),
    '',
  ].join('\n');
}

/** Of the software, as its package says. */
export async function readCodeVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return /"version": *"([^"]+)"/.exec(text)?.[1] ?? '0.0.0';
}
