/** Whole sites for page tests, built by the same npm scripts a reader would use and kept while nothing changes. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { FORMER_IDS_FILE } from '../../data-build/contract/event-id.ts';
import { SAMPLE_PROBLEMS } from '../../data-build/sample/known-problems.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');
const CACHE = path.join(ROOT, '.cache/e2e');
/** What a built site depends on. */
const DATA_INPUTS = ['data-build', 'package-lock.json', 'tests/support/site-build.ts'];
const INPUTS = [...DATA_INPUTS, 'site', 'public', 'astro.config.mjs'];
/** Builds of earlier states of the tree that are kept, for switching back and forth. */
const KEPT = 2;

export interface BuiltSite {
  /** Folder with the converted data that the site was built from. */
  readonly data: string;
  /** Folder with the site. */
  readonly dist: string;
}

/** The sample site is built for a place below a path, so that every test of it is a test of that, too. */
export const SUB_PATH = '/some/where/';
/** By this name sites know themselves; no machine answers to it. */
const SITE_URL = 'https://atlas.example';
/** The address that the sample site gives as its own. */
export const SITE_ADDRESS = `${SITE_URL}${SUB_PATH}`;

/** Another address of the site in languages. */
export const MIRROR = 'https://mirror.example/';

/** The earlier release of the sample site ends before this day, inside of its longest episode. */
const SAMPLE_MIDDLE = '2026-06-20';

/** In the earlier release of the sample site an event has another day, and so another address. */
export const MOVED_EVENT = {
  former: 'nz-telegram-2026-05-05',
  now: 'nz-telegram-2026-05-11',
} as const;

export const SAMPLE_CORRECTIONS = [
  {
    date: '2026-07-02',
    text: 'Counts of <b>June</b> lacked one dump; they are whole now.',
    places: ['UY'],
  },
] as const;

/** The sample site for the tree as it is now: sample dumps → data → pages. */
export async function buildSampleSite(log: (line: string) => void): Promise<BuiltSite> {
  return buildOnce('sample', log, () => sampleDumps(log), SUB_PATH, SAMPLE_MIDDLE);
}

let dumpsMade: Promise<string> | null = null;

/** The dumps of the sample, which several sites are made from side by side. */
function sampleDumps(log: (line: string) => void): Promise<string> {
  dumpsMade ??= makeSample(log);
  return dumpsMade;
}

async function makeSample(log: (line: string) => void): Promise<string> {
  const home = path.join(CACHE, 'sample-dumps');
  const finished = path.join(home, hashTree(DATA_INPUTS));
  if (!existsSync(finished)) {
    const folder = startFolder(home);
    await runScript(log, 'sample', ['--size', 'small', '--out', folder], {});
    finishFolder(folder, finished);
  }
  return finished;
}

/** A site from real dumps in `dumps`, to be mounted at `/`. `name` keeps it apart from the others in the cache. */
export async function buildDumpSite(
  name: string,
  dumps: string,
  log: (line: string) => void,
): Promise<BuiltSite> {
  return buildOnce(name, log, () => Promise.resolve(dumps), '/');
}

/** English and both pseudo-languages, one with frames of its own, from what the sample has of two places: every kind of page, and few of each. */
export function buildLanguagesSite(log: (line: string) => void): Promise<BuiltSite> {
  return buildTwoPlaces('languages', log, {
    LANGUAGES: 'en,qps,qps-rtl',
    EMBED_LANGUAGES: 'qps-rtl',
    MIRRORS: MIRROR,
    UPDATE_DAYS: '2',
  });
}

/** Languages with other letters, other digits, and lines of another height; the same two places. */
export const SPOKEN = ['fa', 'zh', 'my'] as const;

/** English and languages that people speak, each with frames of its own. */
export function buildSpokenSite(log: (line: string) => void): Promise<BuiltSite> {
  return buildTwoPlaces('spoken', log, {
    LANGUAGES: ['en', ...SPOKEN].join(','),
    EMBED_LANGUAGES: SPOKEN.join(','),
  });
}

/** Lines of every place, each of which would get a page in every language. */
const BY_PLACE = ['tor/userstats-relay-country.csv', 'psiphon/circumvention-usage.csv'];
/** With a third, of which there is little. */
const OF_TWO_PLACES = /^[\d-]+,(?:UY|NZ|AD),/i;

async function buildTwoPlaces(
  name: string,
  log: (line: string) => void,
  env: Readonly<Record<string, string>>,
): Promise<BuiltSite> {
  const makeDumps = async (folder: string): Promise<string> => {
    const dumps = path.join(folder, 'dumps');
    cpSync(await sampleDumps(log), dumps, {
      recursive: true,
      filter: (file) =>
        !/[/\\](?:bare|aggregation|raw[/\\]\d+[/\\]\d+[/\\](?!UY|NZ)\w+)$/.test(file),
    });
    for (const name of BY_PLACE) {
      const file = path.join(dumps, name);
      const lines = readFileSync(file, 'utf8').split('\n');
      const kept = lines.filter((line) => !/^\d/.test(line) || OF_TWO_PLACES.test(line));
      writeFileSync(file, kept.join('\n'));
    }
    return dumps;
  };
  return buildOnce(name, log, makeDumps, '/', null, env);
}

async function buildOnce(
  name: string,
  log: (line: string) => void,
  makeDumps: (folder: string) => Promise<string>,
  base: string,
  earlierUntil: string | null = null,
  env: Readonly<Record<string, string>> = {},
): Promise<BuiltSite> {
  const data = await buildDataOnce(name, log, makeDumps, earlierUntil);
  const home = path.join(CACHE, name);
  const finished = path.join(home, hashTree(INPUTS));
  if (!existsSync(finished)) {
    const folder = startFolder(home);
    await runScript(log, 'build', ['--outDir', path.join(folder, 'dist')], {
      DATA_DIR: data,
      PICTURES: 'off',
      TWINS: 'off',
      SITE_URL,
      BASE_PATH: base,
      LANGUAGES: 'en',
      EMBED_LANGUAGES: '',
      MIRRORS: '',
      UPDATE_DAYS: '',
      ...env,
    });
    finishFolder(folder, finished);
  }
  return { data, dist: path.join(finished, 'dist') };
}

/** The data of a site, kept while nothing changes that they are made by: pages change far more often. */
async function buildDataOnce(
  name: string,
  log: (line: string) => void,
  makeDumps: (folder: string) => Promise<string>,
  earlierUntil: string | null,
): Promise<string> {
  const home = path.join(CACHE, `${name}-data`);
  const finished = path.join(home, hashTree(DATA_INPUTS));
  if (!existsSync(finished)) {
    const folder = startFolder(home);
    const dumps = await makeDumps(folder);
    const data = path.join(folder, 'data');
    // An earlier release first, so that there is one to be kept and compared with.
    if (earlierUntil !== null) {
      await runScript(log, 'data', ['--dumps', dumps, '--out', data, '--until', earlierUntil], {});
      const { former: former_id, now: event_id } = MOVED_EVENT;
      const moved = [{ former_id, event_id, probe_cc: 'NZ' }];
      writeFileSync(path.join(data, FORMER_IDS_FILE), JSON.stringify(moved));
    }
    const args = ['--dumps', dumps, '--out', data];
    // The later release of the sample corrects the earlier one.
    if (earlierUntil !== null) {
      const corrections = path.join(folder, 'corrections.json');
      writeFileSync(corrections, JSON.stringify([...SAMPLE_CORRECTIONS, ...SAMPLE_PROBLEMS]));
      args.push('--corrections', corrections);
    }
    await runScript(log, 'data', args, {});
    finishFolder(folder, finished);
  }
  return path.join(finished, 'data');
}

function startFolder(home: string): string {
  const folder = path.join(home, `making-${String(process.pid)}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

function finishFolder(folder: string, finished: string): void {
  rmSync(finished, { recursive: true, force: true });
  renameSync(folder, finished);
  dropOldBuilds(path.dirname(finished), path.basename(finished));
}

/** The environment without what the test runner says of itself, which a build would take to be about it. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(?:VITEST.*|TEST|DEV|PROD|MODE|SSR|BASE_URL)$/.test(name),
    ),
  );
}

/** One of the npm scripts of this tree, or of a copy, to its end; throws with its last lines when it fails. */
export async function runScript(
  log: (line: string) => void,
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  tree: string = ROOT,
): Promise<void> {
  const began = performance.now();
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    cwd: tree,
    env: { ...plainEnvironment(), NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (status !== 0) {
    const tail = printed.trim().split('\n').slice(-40).join('\n');
    throw new Error(
      `\`npm run ${script} -- ${args.join(' ')}\` ended with ${String(status)} after ${seconds} s. ` +
        `Run it by hand and mend it; its last lines were:\n${tail}`,
    );
  }
  log(`npm run ${script}: ${seconds} s`);
}

/** Hash of every file in `inputs`, names and contents. */
function hashTree(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const full = path.join(ROOT, input);
    if (!existsSync(full)) continue;
    for (const file of filesUnder(full)) {
      hash.update(path.relative(ROOT, file)).update('\0').update(readFileSync(file));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function filesUnder(place: string): readonly string[] {
  if (place === path.join(ROOT, 'public/data')) return [];
  const entries = existsSync(place) ? readEntries(place) : [];
  if (entries === null) return [place];
  return entries.flatMap((entry) => filesUnder(path.join(place, entry)));
}

/** Sorted names in a folder; null when it is a file. */
function readEntries(place: string): readonly string[] | null {
  try {
    return readdirSync(place).sort();
  } catch {
    return null;
  }
}

function dropOldBuilds(home: string, newest: string): void {
  const others = readdirSync(home).filter((name) => name !== newest && !name.startsWith('making-'));
  for (const name of others.slice(0, Math.max(0, others.length - (KEPT - 1)))) {
    rmSync(path.join(home, name), { recursive: true, force: true });
  }
}
