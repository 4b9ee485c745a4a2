/** Readers of the arguments of commands: each value is checked once. They throw UsageError for what they cannot understand. */
import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { toDay, type Day } from '../contract/brands.ts';
import { UsageError } from '../outcome.ts';
import { isSampleSize, SAMPLE_SIZES, type SampleSize } from '../sample/sample.ts';

export type Values = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>;

/** `usage`: the line that says how the command is used. */
export function parse(
  usage: string,
  args: readonly string[],
  config: Pick<ParseArgsConfig, 'options' | 'allowPositionals'>,
): { readonly values: Values; readonly positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...args], strict: true, ...config });
  } catch (error) {
    const [what] = (error instanceof Error ? error.message : String(error)).split(/\.? ?\n|\. /);
    throw new UsageError(`${String(what).replace(/\.$/, '')}.\n${usage}`);
  }
}

/** Null where it was not given. An empty text is no value: a variable of a shell that is not set must not stand for any. */
export function textOf(values: Values, name: string): string | null {
  const value = values[name];
  if (value === '')
    throw new UsageError(
      `--${name} is empty.\nGive it a value, or leave it out; in a script, look whether its variable is set.`,
    );
  return typeof value === 'string' ? value : null;
}

export function dayOf(values: Values, name: string): Day | null {
  const text = textOf(values, name);
  if (text === null) return null;
  const day = toDay(text);
  if (day === null)
    throw new UsageError(
      `--${name} ${text} is not a day.\nWrite it as YYYY-MM-DD, e.g. 2024-11-07.`,
    );
  return day;
}

/** A whole number in decimal digits within bounds. */
export function numberOf(
  values: Values,
  name: string,
  otherwise: number,
  least: number,
  most: number,
) {
  const text = textOf(values, name);
  if (text === null) return otherwise;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new UsageError(
      `--${name} ${text} cannot be used.\nGive a whole number from ${least} to ${most}.`,
    );
  return value;
}

export function listOf(values: Values, name: string): readonly string[] {
  const text = textOf(values, name);
  if (text === null) return [];
  const list = text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (list.length === 0)
    throw new UsageError(
      `--${name} ${text} names nothing.\nName one or more, with commas between them, or leave it out for all.`,
    );
  return list;
}

export function sizeOf(values: Values, name: string): SampleSize | null {
  const text = textOf(values, name);
  if (text === null) return null;
  if (!isSampleSize(text))
    throw new UsageError(
      `--${name} ${text} is not a size of sample.\nGive one of: ${SAMPLE_SIZES.join(', ')}.`,
    );
  return text;
}

export function dumpsOf(values: Values): readonly string[] {
  const given = values['dumps'];
  const dumps = Array.isArray(given) ? given.filter((one) => typeof one === 'string') : [];
  for (const dump of dumps) {
    if (!existsSync(dump) || !statSync(dump).isDirectory())
      throw new UsageError(
        `--dumps ${dump} is not a folder.\nGive a folder that holds published dumps; it may be nested.`,
      );
  }
  return dumps;
}

/** The folder without links in its path, as far as it is there. */
function realOf(folder: string): string {
  const full = resolve(folder);
  return existsSync(full) ? realpathSync(full) : join(realOf(dirname(full)), basename(full));
}

/** Throws where one of the folders lies in the other: what is written would be read, or what is read replaced. */
export function keepApart(out: string, dumps: readonly string[]): void {
  const inside = (one: string, other: string): boolean =>
    one === other || one.startsWith(join(other, '/'));
  const written = realOf(out);
  for (const folder of dumps) {
    const read = realOf(folder);
    if (!inside(written, read) && !inside(read, written)) continue;
    throw new UsageError(
      `--out ${out} and --dumps ${folder} lie in one another: a build would read what it wrote, or replace what it reads.\nName a folder beside the dumps with --out.`,
    );
  }
}

/** The nearest path above that is there, if it is no folder. */
function fileAbove(path: string): string | null {
  const above = dirname(resolve(path));
  if (!existsSync(above)) return fileAbove(above);
  return statSync(above).isDirectory() ? null : above;
}

/**
 * A folder to write. Where a link leads to one, what the link leads to is replaced and not the link: it stands for a choice of
 * disk.
 */
export function folderOf(out: string): string {
  const file = fileAbove(out);
  if (file !== null)
    throw new UsageError(`--out ${out} would lie in ${file}, which is a file.\nName a folder.`);
  const found = lstatSync(out, { throwIfNoEntry: false });
  if (found === undefined) return out;
  if (found.isSymbolicLink() && !existsSync(out))
    throw new UsageError(
      `--out ${out} is a link that leads to nothing.\nMake the folder that it should lead to, or name another one.`,
    );
  if (!statSync(out).isDirectory()) throw new UsageError(`--out ${out} is a file.\nName a folder.`);
  return found.isSymbolicLink() ? realpathSync(out) : out;
}
