/** Builds that meet each other, or a machine that fails them. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameMachineFault } from '../../data-build/machine-fault.ts';
import { FolderInUse, lockFolder } from '../../data-build/write/lock.ts';
import { startBuild, writeDumps } from '../support/build-under-fault.ts';
import { scratchFolder } from '../support/scratch.ts';

const root = scratchFolder('faults');
let folders = 0;

/** A folder to build in, with dumps. */
function place(): { readonly folder: string; readonly dumps: string; readonly out: string } {
  folders += 1;
  const folder = path.join(root, String(folders));
  mkdirSync(folder);
  return { folder, dumps: writeDumps(path.join(folder, 'dumps'), 2), out: path.join(folder, 'out') };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}

describe('two builds into one folder', () => {
  it('are one build: the second is refused, told who builds, and leaves everything', async () => {
    const { folder, dumps, out } = place();
    const lock = await lockFolder(out);
    const second = await startBuild(folder, ['--dumps', dumps, '--out', out]).ended;
    lock.release();
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(`being built by process ${process.pid} on `);
    expect(second.stderr.trim().split('\n')).toHaveLength(2);
    expect(existsSync(out)).toBe(false);
  });

  it('follow each other when the second is told to wait', async () => {
    const { folder, dumps, out } = place();
    const lock = await lockFolder(out);
    const second = startBuild(folder, ['--dumps', dumps, '--out', out, '--wait']);
    await second.says('Waiting for it to end.');
    expect(second.child.exitCode).toBeNull();
    expect(existsSync(out)).toBe(false);
    lock.release();
    const { status, stderr } = await second.ended;
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(existsSync(path.join(out, 'manifest.json'))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('.out'))).toEqual([]);
  });

  it('a build that was killed does not hold up the next', async () => {
    const { out } = place();
    const holder = spawn(
      process.execPath,
      [
        '-e',
        `import(process.argv[1]).then(({ lockFolder }) => lockFolder(process.argv[2])).then(() => {
          console.log('held');
          setInterval(() => undefined, 1000);
        });`,
        path.resolve('data-build/write/lock.ts'),
        out,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await new Promise((held) => holder.stdout.once('data', held));
    await expect(lockFolder(out)).rejects.toThrow(FolderInUse);
    await expect(lockFolder(out)).rejects.toThrow(`process ${String(holder.pid)} on `);
    const gone = new Promise((resolve) => holder.once('close', resolve));
    holder.kill('SIGKILL');
    await gone;
    const lock = await lockFolder(out);
    lock.release();
  });

  it('what lies where the lock should be and is none is taken away', async () => {
    const { folder, out } = place();
    mkdirSync(path.join(folder, '.out.lock'));
    writeFileSync(path.join(folder, '.out.lock/lock.duckdb'), 'half a');
    const lock = await lockFolder(out);
    lock.release();
    expect(existsSync(path.join(folder, '.out.lock'))).toBe(false);
  });
});

describe('a fault of the machine', () => {
  const where = { out: path.join(root, 'none'), cacheDir: root };
  it.each([
    ['a full disk', Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }), /^The disk is full: ENOSPC: no space left on device, write\. \d.* MB free for .*\n.*--out/],
    ['a full disk, by DuckDB', new Error('IO Error: Could not write file "a": No space left on device'), /^The disk is full: .*"a"/],
    ['memory, by DuckDB', new Error('Out of Memory Error: failed to pin block'), /^There is not enough memory: .*\n.*--jobs/],
    ['a disk that can only be read, deeper down', new Error('While reading x', { cause: Object.assign(new Error('EROFS: read-only file system, mkdir'), { code: 'EROFS' }) }), /^The disk can only be read/],
  ])('%s has two parts: what is wrong, and what to do', async (_, error, expected) => {
    const named = await nameMachineFault(error, where);
    expect(messageOf(named)).toMatch(expected);
    expect(messageOf(named).split('\n')).toHaveLength(2);
  });

  it('another error stays what it is', async () => {
    const error = new Error('The sum does not hold.');
    expect(await nameMachineFault(error, where)).toBe(error);
  });
});
