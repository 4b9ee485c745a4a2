import { spawnSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const CLI = resolve(import.meta.dirname, '../../data-build/cli.ts');
const LINES = resolve(import.meta.dirname, '../builds/one-measurement-in-two-forms/dumps');

/** What stands in the folder in which commands run. */
const NAMES = ['astray', 'empty', 'foreign', 'home', 'site'];

const FETCH_TOR = ['fetch', 'tor', '--since', '2024-11-07', '--until', '2024-11-08'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
  await mkdir(join(folder, 'empty'));
  await mkdir(join(folder, 'foreign'));
  await writeFile(join(folder, 'foreign', 'photo.png'), 'not a dump');
  await symlink('nowhere', join(folder, 'astray'));
  for (const file of ['site/manifest.json', 'site/index.html', 'home/.ssh/key', 'home/.profile']) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), 'mine');
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('exit code 2, with what is wrong and what to do', () => {
  it.each([
    ['neither --dumps nor --sample', ['data']],
    ['Unknown option', ['data', '--dump', 'x']],
    ['is not a folder', ['data', '--dumps', 'nowhere']],
    ['is not a day', ['data', '--dumps', 'empty', '--since', '2024-02-30']],
    [
      'no day is left',
      ['data', '--dumps', 'empty', '--since', '2024-02-02', '--until', '2024-02-02'],
    ],
    ['is not an edition', ['data', '--dumps', 'empty', '--licence', 'mit']],
    ['i from 1 to n', ['data', '--dumps', 'empty', '--shard', '3/2']],
    ['--jobs 0', ['data', '--dumps', 'empty', '--jobs', '0']],
    ['both given', ['data', '--dumps', 'empty', '--sample', 'small']],
    ['is a file', ['data', '--dumps', 'empty', '--out', 'foreign/photo.png']],
    ['is a file', ['archive', 'empty', '--out', 'foreign/photo.png']],
    ['leads to nothing', ['data', '--dumps', 'empty', '--out', 'astray']],
    ['--out is empty', ['data', '--dumps', 'empty', '--out', '']],
    ['--out is empty', ['sample', '--size', 'small', '--out', '']],
    ['--out is empty', ['archive', 'empty', '--out', '']],
    ['--since is empty', ['data', '--dumps', 'empty', '--since', '']],
    ['--country is empty', [...FETCH_TOR, '--country', '']],
    ['--country , names nothing', [...FETCH_TOR, '--country', ',']],
    ['UK is not a country or territory', [...FETCH_TOR, '--country', 'KE,UK']],
    ['nothing to choose by it', [...FETCH_TOR, '--test', 'telegram']],
    ['nothing to choose by it', ['fetch', 'lists', '--since', '2024-11-07']],
    ['which is a file', ['data', '--dumps', 'empty', '--out', 'foreign/photo.png/a/b']],
    ['--into is empty', ['fetch', 'lists', '--into', '']],
    ['lie in one another', ['data', '--dumps', 'empty', '--out', 'empty']],
    ['lie in one another', ['data', '--dumps', 'empty', '--out', 'empty/a/b']],
    ['lie in one another', ['data', '--dumps', 'foreign/../empty', '--out', '.']],
    ['not made by this command', ['data', '--dumps', 'empty', '--out', 'site']],
    ['not made by this command', ['data', '--dumps', 'empty', '--out', 'home']],
    ["'--jobs' argument is ambiguous.\n", ['data', '--dumps', 'empty', '--jobs', '-1']],
    ['has no manifest.json', ['verify', 'empty']],
    ['There is no command', ['daten']],
  ])('%s', (message, args) => {
    const { status, stderr } = run(...args);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n').length).toBeGreaterThanOrEqual(2);
    expect(status).toBe(2);
  });

  it('and everything is where it was', async () => {
    expect((await readdir(folder)).toSorted()).toEqual(NAMES);
  });
});

it('ends with 3 when nothing is usable, and makes no folder', async () => {
  const { status, stdout, stderr } = run('data', '--dumps', 'foreign', '--out', 'out');
  expect(stdout).toContain('photo.png');
  expect(stderr).toContain('none held a usable row');
  expect(status).toBe(3);
  expect(await readdir(folder)).not.toContain('out');
});

it.each(['data', 'verify', 'sample', 'fetch', 'score', 'archive'])(
  'says how %s is used',
  (name) => {
    expect(run(name, '--help')).toMatchObject({ status: 0, stderr: '' });
    expect(run(name, '--help').stdout).toContain(`Use: npm run ${name} -- `);
  },
);

it('goes on when nobody listens any more', async () => {
  const { stderr } = spawnSync(
    'sh',
    ['-c', '"$0" "$1" data --dumps "$2" --out piped | head -n 1', process.execPath, CLI, LINES],
    { cwd: folder, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(await readdir(join(folder, 'piped'))).toContain('manifest.json');
});

it('builds where a link leads, and leaves the link', async () => {
  await mkdir(join(folder, 'disk'));
  await symlink('disk', join(folder, 'linked'));
  expect(run('data', '--dumps', LINES, '--out', 'linked').status).toBe(0);
  expect((await lstat(join(folder, 'linked'))).isSymbolicLink()).toBe(true);
  expect(await readdir(join(folder, 'disk'))).toContain('manifest.json');
});

it('ends with 0 for a build, 1 under --strict with rejects, and 1 when verify finds a change', async () => {
  expect(run('data', '--dumps', LINES, '--out', 'out').status).toBe(0);
  expect(run('verify', 'out')).toMatchObject({ status: 0, stderr: '' });
  const strict = run('data', '--dumps', LINES, '--out', 'out', '--strict');
  expect(strict.status).toBe(1);
  expect(strict.stderr).toContain('--strict');
  await writeFile(join(folder, 'out', 'latest.json'), '{}');
  const changed = run('verify', 'out');
  expect(changed.stdout).toContain('latest.json has changed');
  expect(changed.status).toBe(1);
});
