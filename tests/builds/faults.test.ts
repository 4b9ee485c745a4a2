/** Builds that meet each other, or a machine that fails them. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../data-build/make-folder.ts';
import { nameMachineFault } from '../../data-build/machine-fault.ts';
import { FolderInUse, lockFolder } from '../../data-build/write/lock.ts';
import { contentOf, startBuild, writeDumps } from '../support/build-under-fault.ts';
import { scratchFolder } from '../support/scratch.ts';

const root = scratchFolder('faults');
let folders = 0;

/** A folder to build in, with dumps. */
function place(): { readonly folder: string; readonly dumps: string; readonly out: string } {
  folders += 1;
  const folder = path.join(root, String(folders));
  mkdirSync(folder);
  return {
    folder,
    dumps: writeDumps(path.join(folder, 'dumps'), 2),
    out: path.join(folder, 'out'),
  };
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

describe('a folder that cannot be made', () => {
  const file = path.join(root, 'a file');
  writeFileSync(file, '');
  // Below /proc nobody makes folders, and Node by itself tries for ever.
  const places = [file, ...(existsSync('/proc/self') ? ['/proc'] : [])];
  it.each(places)('is named in two parts: below %s', async (above) => {
    const out = path.join(above, 'atlas', 'out');
    const said = await lockFolder(out).catch((error: unknown) => messageOf(error));
    expect(said).toMatch(/cannot be made: E[A-Z]+: .*\nName a folder/);
    await expect(makeFolder(path.join(root, 'new', 'folders'))).resolves.toBeUndefined();
  });
});

describe('a fault of the machine', () => {
  const where = { out: path.join(root, 'none'), cacheDir: root };
  it.each([
    [
      'a full disk',
      Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
      /^The disk is full: ENOSPC: no space left on device, write\. \d.* MB free for .*\n.*--out/,
    ],
    [
      'a full disk, by DuckDB',
      new Error('IO Error: Could not write file "a": No space left on device'),
      /^The disk is full: .*"a"/,
    ],
    [
      'memory, by DuckDB',
      new Error('Out of Memory Error: failed to pin block'),
      /^There is not enough memory: .*\n.*--jobs/,
    ],
    [
      'a disk that can only be read, deeper down',
      new Error('While reading x', {
        cause: Object.assign(new Error('EROFS: read-only file system, mkdir'), { code: 'EROFS' }),
      }),
      /^The disk can only be read/,
    ],
  ])('%s has two parts: what is wrong, and what to do', async (_, error, expected) => {
    const named = await nameMachineFault(error, where);
    expect(messageOf(named)).toMatch(expected);
    expect(messageOf(named).split('\n')).toHaveLength(2);
  });

  it('is told in two parts where no data folder is built, too', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
    });
    const named = await nameMachineFault(full, null);
    expect(messageOf(named)).toMatch(/^The disk is full: ENOSPC.*\nFree space there/);
    expect(await nameMachineFault(named, null)).toBe(named);
  });

  it('another error stays what it is', async () => {
    const error = new Error('The sum does not hold.');
    expect(await nameMachineFault(error, where)).toBe(error);
  });
});

/** A file with this name gives an error of the disk when it is read at once, as small files are that are summed. */
const sumErrorIn = (name: string): string => `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const { readFileSync } = fs;
  fs.readFileSync = (file, ...rest) => {
    if (!String(file).endsWith('${name}')) return readFileSync(file, ...rest);
    throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', errno: -5, syscall: 'read' });
  };
  syncBuiltinESMExports();`;

/** As a stream, it gives half of its bytes before the error. */
const readErrorIn = (name: string): string => `
  import fs from 'node:fs';
  const { open, read } = fs;
  const bad = new Map();
  fs.open = (file, ...rest) => {
    const done = rest.pop();
    open(file, ...rest, (error, fd) => {
      bad.delete(fd);
      if (String(file).endsWith('${name}')) bad.set(fd, 0);
      done(error, fd);
    });
  };
  fs.read = (fd, buffer, offset, length, position, done) => {
    const reads = bad.get(fd);
    if (reads === undefined) return read(fd, buffer, offset, length, position, done);
    bad.set(fd, reads + 1);
    if (reads === 0) return read(fd, buffer, offset, Math.min(length, fs.fstatSync(fd).size >> 1), position, done);
    const error = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', errno: -5, syscall: 'read' });
    process.nextTick(done, error);
  };`;

describe('a read error in the middle of a dump', () => {
  it.each([
    ['while it is summed', sumErrorIn],
    ['while it is read', readErrorIn],
  ])(
    '%s: is said, leaves nothing behind, and the next run makes what it should',
    async (_, writeError) => {
      const { folder, dumps, out } = place();
      const args = ['--dumps', dumps, '--out', out, '--keep', '0', '--jobs', '1'];
      const sound = startBuild(folder, [...args.slice(0, 3), `${out}-sound`, ...args.slice(4)]);
      expect(await sound.ended).toMatchObject({ status: 0, stderr: '' });
      rmSync(path.join(folder, '.cache'), { recursive: true });
      const script = encodeURIComponent(writeError('2024010210_IT_telegram.n1.0.jsonl.gz'));
      const env = { NODE_OPTIONS: `--import=data:text/javascript,${script}` };
      const hurt = await startBuild(folder, args, env).ended;
      expect([hurt.status, hurt.stderr]).toEqual([0, '']);
      const rejects: unknown = JSON.parse(readFileSync(path.join(out, 'rejects.json'), 'utf8'));
      expect(rejects).toMatchObject([{ reason: 'unreadable_file', samples: [{ detail: 'EIO' }] }]);
      expect(await startBuild(folder, args).ended).toMatchObject({ status: 0, stderr: '' });
      expect(await contentOf(out)).toEqual(await contentOf(`${out}-sound`));
    },
  );
});
