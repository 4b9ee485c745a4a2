/** Faults of the machine under a build (a full disk, no memory, no right to write): what is wrong, and what to do. */
import { existsSync, statfsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** A fault of the machine, told in two parts. A data folder is as it was. */
export class MachineFault extends Error {}

const TOLD = {
  ENOSPC: {
    what: 'The disk is full',
    todo: 'Free space there, or name a folder on another disk with --out; then run the same command again. Finished parts are kept.',
  },
  EDQUOT: {
    what: 'Your share of the disk is used up',
    todo: 'Free space there, or name a folder on another disk with --out; then run the same command again. Finished parts are kept.',
  },
  EROFS: {
    what: 'The disk can only be read',
    todo: 'Name a folder on a disk that can be written with --out, and run the command in a folder that can be written.',
  },
  EMFILE: {
    what: 'The system lets this process open too few files at once',
    todo: 'Raise the limit (ulimit -n 4096), or use fewer workers with --jobs.',
  },
  ENFILE: {
    what: 'The system has too many open files',
    todo: 'End other programs, or use fewer workers with --jobs.',
  },
  ENOMEM: {
    what: 'There is not enough memory',
    todo: 'End other programs, use fewer workers with --jobs, or build a shorter time with --since and --until.',
  },
} as const;
type FaultCode = keyof typeof TOLD;

/** What DuckDB says in words of its own. */
const SAID: readonly (readonly [RegExp, FaultCode])[] = [
  [/no space left on device|disk full|max_temp_directory_size/i, 'ENOSPC'],
  [/disk quota exceeded/i, 'EDQUOT'],
  [/read-only file system/i, 'EROFS'],
  [/too many open files/i, 'EMFILE'],
  [/out of memory error|cannot allocate memory|could not allocate/i, 'ENOMEM'],
];

function isFaultCode(code: string): code is FaultCode {
  return code in TOLD;
}

/** The code of a fault of the machine, from an error's code or from DuckDB's words; null for other errors. */
export function machineFaultOf(error: unknown): FaultCode | null {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ('code' in one && typeof one.code === 'string' && isFaultCode(one.code)) return one.code;
    const { message } = one;
    const said = SAID.find(([words]) => words.test(message));
    if (said !== undefined) return said[1];
  }
  return null;
}

/** Whether DuckDB says that a disk could not be read. */
export function isReadError(error: unknown): boolean {
  return error instanceof Error && /input\/output error/i.test(error.message);
}

async function sizeOf(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** The nearest folder above that is there. */
function standing(folder: string): string {
  return existsSync(folder) ? folder : standing(dirname(folder));
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

async function describeSpace(out: string, cacheDir: string): Promise<string> {
  const free = (folder: string) => {
    const { bavail, bsize } = statfsSync(standing(resolve(folder)));
    return `${inMegabytes(bavail * bsize)} free for ${folder}`;
  };
  const last = await sizeOf(resolve(out));
  const parts = await sizeOf(join(resolve(cacheDir), 'parts'));
  const needed =
    last > 0
      ? `The release before takes ${inMegabytes(last)}, and the new one is written beside it.`
      : `The parts of the dumps read so far take ${inMegabytes(parts)}; a whole release has taken about three times as much.`;
  return `${free(out)}, ${free(cacheDir)}. ${needed}`;
}

/** What to do where no data folder is built. */
const ELSEWHERE: Readonly<Partial<Record<FaultCode, string>>> = {
  ENOSPC: 'Free space there, or name a place on another disk; then run the same command again.',
  EDQUOT: 'Free space there, or name a place on another disk; then run the same command again.',
  EROFS: 'Name a place on a disk that can be written.',
};

/** The error as it is, or the fault of the machine that it tells of. `build`: where a data folder was being built. */
export async function nameMachineFault(
  error: unknown,
  build: { readonly out: string; readonly cacheDir: string } | null,
): Promise<unknown> {
  const code = machineFaultOf(error);
  if (code === null || error instanceof MachineFault) return error;
  const { what, todo } = TOLD[code];
  if (build === null)
    return new MachineFault(`${what}: ${errorLine(error)}.\n${ELSEWHERE[code] ?? todo}`, {
      cause: error,
    });
  const { out, cacheDir } = build;
  const space =
    code === 'ENOSPC' || code === 'EDQUOT' ? ` ${await describeSpace(out, cacheDir)}` : '';
  return new MachineFault(`${what}: ${errorLine(error)}.${space} ${out} is as it was.\n${todo}`, {
    cause: error,
  });
}

/** The first line of what the system said; it names the file. */
function errorLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/\.$/, '');
}
