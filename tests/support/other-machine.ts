/** Another machine, as far as a process can tell: its own clock, zone, language, user, and place of the checkout. */
import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { hashFile } from '../../data-build/hash.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { ROOT, runScript } from './site-build.ts';

/** Options of Node.js by which every clock, also those of its workers, shows this year. */
export function clockOf(year: number): string {
  const clock = [
    'const Real = Date',
    `const shift = Real.UTC(${String(year)}, 0, 1) - Real.now()`,
    'globalThis.Date = class extends Real { constructor(...parts) { if (parts.length === 0) super(Real.now() + shift); else super(...parts) } static now() { return Real.now() + shift } }',
  ].join(';');
  return `--import=data:text/javascript,${encodeURIComponent(clock)}`;
}

/** Environment of a build there. */
const OTHER_MACHINE = {
  NODE_OPTIONS: clockOf(2011),
  TZ: 'Pacific/Kiritimati',
  LANG: 'tr_TR.UTF-8',
  LC_ALL: 'tr_TR.UTF-8',
  USER: 'somebody',
  LOGNAME: 'somebody',
} as const;

/** What a build needs of the tree, as it is, in a folder that is not there yet. */
export function copyTree(tree: string): void {
  mkdirSync(tree, { recursive: true });
  const configs = readdirSync(ROOT).filter((name) => /^tsconfig.*\.json$/.test(name));
  const names = [
    'data-build',
    'site',
    'public',
    'package.json',
    'package-lock.json',
    'astro.config.mjs',
  ];
  const data = path.join(ROOT, 'public/data');
  for (const name of [...names, ...configs])
    cpSync(path.join(ROOT, name), path.join(tree, name), {
      recursive: true,
      filter: (file) => file !== data,
    });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
}

async function build(
  tree: string,
  dumps: string,
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const quiet = (): void => undefined;
  const data = path.join(folder, 'data');
  await runScript(quiet, 'data', ['--dumps', dumps, '--out', data, ...args], env, tree);
  const site = { DATA_DIR: data, SITE_URL: 'https://atlas.example', TWINS: 'off' };
  await runScript(
    quiet,
    'build',
    ['--outDir', path.join(folder, 'dist')],
    { ...env, ...site },
    tree,
  );
}

export interface Comparison {
  readonly same: number;
  /** Files that the two do not have in common, byte for byte. */
  readonly different: readonly string[];
}

/** Builds data and site of these dumps here, and there from a copy of the tree with other workers, and compares all files. */
export async function buildTwice(dumps: string, root: string): Promise<Comparison> {
  const [here, there] = [path.join(root, 'here'), path.join(root, 'somewhere/else entirely')];
  const tree = path.join(there, 'checkout');
  copyTree(tree);
  await Promise.all([
    build(ROOT, dumps, here, ['--jobs', '1', '--force'], {}),
    build(tree, dumps, there, ['--jobs', '8'], OTHER_MACHINE),
  ]);
  const filesOf = async (place: string): Promise<readonly string[]> => {
    const data = (await listFiles(path.join(place, 'data'))).map((name) => `data/${name}`);
    return [...data, ...(await listFiles(path.join(place, 'dist'))).map((name) => `dist/${name}`)];
  };
  const names = [...new Set([...(await filesOf(here)), ...(await filesOf(there))])].toSorted();
  const different: string[] = [];
  for (const name of names) {
    const [one, other] = await Promise.all(
      [here, there].map((place) => hashFile(path.join(place, name)).catch(() => null)),
    );
    if (one === null || one !== other) different.push(name);
  }
  return { same: names.length - different.length, different };
}
