/** `npm run data` as a process of its own, that can be killed or lack what it needs, and what it left behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { hashFile } from '../../data-build/hash.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { numberedLine } from './measurements.ts';

const CLI = path.resolve(import.meta.dirname, '../../data-build/cli.ts');

export interface Ended {
  /** Null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningBuild {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Until a line with these words stands on its standard output, or it ended. */
  says(words: string): Promise<void>;
}

/** In `folder`, whose `.cache` it uses. */
export function startBuild(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningBuild {
  const child = spawn(process.execPath, [CLI, 'data', ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      resolve({ status, stdout, stderr });
    });
  });
  const says = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (stdout.includes(words)) resolve();
      };
      child.stdout.on('data', look);
      child.once('close', () => {
        resolve();
      });
      look();
    });
  return { child, ended, says };
}

/** Dumps of `days` days of tests on one network: small, with every line another. */
export function writeDumps(folder: string, days: number): string {
  for (let day = 1; day <= days; day += 1) {
    const date = `202401${String(day).padStart(2, '0')}`;
    const into = path.join(folder, `raw/${date}/10/IT/telegram`);
    mkdirSync(into, { recursive: true });
    const lines = Array.from({ length: 60 }, (_, at) =>
      numberedLine(at, {
        measurement_start_time: `2024-01-${date.slice(6)} 10:${String(at).padStart(2, '0')}:00`,
      }),
    );
    writeFileSync(
      path.join(into, `${date}10_IT_telegram.n1.0.jsonl.gz`),
      gzipSync(`${lines.join('\n')}\n`),
    );
  }
  return folder;
}

/** Path and hash of every file below; null where there is no such folder. */
export async function contentOf(folder: string): Promise<Readonly<Record<string, string>> | null> {
  if (!existsSync(folder)) return null;
  const files = await listFiles(folder);
  const hashes = await Promise.all(files.map((file) => hashFile(path.join(folder, file))));
  return Object.fromEntries(files.map((file, at) => [file, hashes[at] ?? '']));
}
