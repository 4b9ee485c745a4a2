/** Builds that are killed, run out of disk, or run elsewhere: the published folder is always a whole one. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../../data-build/sample/rng.ts';
import { contentOf, startBuild, writeDumps } from '../support/build-under-fault.ts';
import { scratchFolder } from '../support/scratch.ts';

const KILLS = 50;
const DISK_MEGABYTES = [1, 2, 3, 4, 5, 6, 8, 10, 12, 16];

const root = scratchFolder('faults-long');
const older = path.join(root, 'older');
const newer = path.join(root, 'newer');
/** What undisturbed builds make of the two: the release before, and the one that is to replace it. */
let before: Readonly<Record<string, string>> | null;
let after: Readonly<Record<string, string>> | null;
let milliseconds: number;

const argsOf = (dumps: string, out: string) => ['--dumps', dumps, '--out', out, '--keep', '0'];

beforeAll(async () => {
  mkdirSync(older);
  writeDumps(path.join(older, 'dumps'), 2);
  writeDumps(path.join(newer, 'dumps'), 12);
  const first = startBuild(root, argsOf(path.join(older, 'dumps'), path.join(root, 'before')));
  expect(await first.ended).toMatchObject({ status: 0, stderr: '' });
  before = await contentOf(path.join(root, 'before'));
  const began = performance.now();
  const second = startBuild(root, argsOf(path.join(newer, 'dumps'), path.join(root, 'after')));
  expect(await second.ended).toMatchObject({ status: 0, stderr: '' });
  milliseconds = performance.now() - began;
  after = await contentOf(path.join(root, 'after'));
  expect(after).not.toEqual(before);
});

it(`is killed at ${KILLS} moments: the folder is the one before or the new one, and the next run makes the new one`, async () => {
  const rng = createRng('kills');
  const folder = path.join(root, 'killed');
  mkdirSync(folder);
  const out = path.join(folder, 'out');
  cpSync(path.join(root, 'before'), out, { recursive: true });
  const args = argsOf(path.join(newer, 'dumps'), out);
  let killed = 0;
  for (let turn = 0; turn < KILLS; turn += 1) {
    rmSync(path.join(folder, '.cache'), { recursive: true, force: true });
    const began = performance.now();
    const { child, ended } = startBuild(folder, args);
    const timer = setTimeout(() => child.kill('SIGKILL'), rng.unit() * milliseconds);
    const { status } = await ended;
    clearTimeout(timer);
    if (status === null) killed += 1;
    // The machine may have less to do than when the first build was timed.
    else milliseconds = performance.now() - began;
    expect([before, after]).toContainEqual(await contentOf(out));
  }
  console.log(`${killed} of ${KILLS} builds were killed before they ended.`);
  expect(killed).toBeGreaterThan(KILLS / 2);
  expect(await startBuild(folder, args).ended).toMatchObject({ status: 0, stderr: '' });
  expect(await contentOf(out)).toEqual(after);
});

const mounts = path.join(root, 'disk');
mkdirSync(mounts);
const canMount =
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mounts]).status === 0 &&
  spawnSync('umount', [mounts]).status === 0;
if (!canMount) console.log('Skipped: builds on a full disk. Mounting a small disk needs root.');

describe.skipIf(!canMount)('a disk of', () => {
  afterAll(() => {
    spawnSync('umount', [mounts]);
  });

  it.each(DISK_MEGABYTES)(
    '%s MB: a whole release, or one message of two parts and the release before',
    async (size) => {
      spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'tmpfs', mounts]);
      const out = path.join(mounts, 'out');
      try {
        cpSync(path.join(root, 'before'), out, { recursive: true });
      } catch {
        rmSync(out, { recursive: true, force: true });
      }
      const kept = await contentOf(out);
      const { status, stderr } = await startBuild(mounts, argsOf(path.join(newer, 'dumps'), out))
        .ended;
      const found = await contentOf(out);
      spawnSync('umount', [mounts]);
      if (status === 0) expect(found).toEqual(after);
      else {
        expect(status).toBe(1);
        expect(stderr).toMatch(/^The disk is full: .* MB free for /);
        expect(stderr.trim().split('\n')).toHaveLength(2);
        expect(found).toEqual(kept);
      }
    },
  );
});

describe('the bytes do not depend on', () => {
  it.each([
    ['the time zone', { TZ: 'Pacific/Kiritimati' }, []],
    ['the language', { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }, []],
    ['the user', { HOME: '/nonexistent', USER: 'nobody' }, []],
    ['one worker', {}, ['--jobs', '1']],
    ['eight workers', {}, ['--jobs', '8']],
  ] as const)('%s', async (name, env, more) => {
    const folder = path.join(root, name);
    mkdirSync(folder);
    const out = path.join(folder, 'out');
    const { status, stderr } = await startBuild(
      folder,
      [...argsOf(path.join(newer, 'dumps'), out), ...more],
      env,
    ).ended;
    expect([status, stderr]).toEqual([0, '']);
    expect(await contentOf(out)).toEqual(after);
  });
});
