/** Readers of the arguments of commands: each value is checked once. They throw UsageError for what they cannot understand. */
import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
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

export function textOf(values: Values, name: string): string | null {
  const value = values[name];
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
  const text = textOf(values, name) ?? '';
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
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

/**
 * A folder to write. Where a link leads to one, what the link leads to is replaced and not the link: it stands for a choice of
 * disk.
 */
export function folderOf(out: string): string {
  const found = lstatSync(out, { throwIfNoEntry: false });
  if (found === undefined) return out;
  if (found.isSymbolicLink() && !existsSync(out))
    throw new UsageError(
      `--out ${out} is a link that leads to nothing.\nMake the folder that it should lead to, or name another one.`,
    );
  if (!statSync(out).isDirectory()) throw new UsageError(`--out ${out} is a file.\nName a folder.`);
  return found.isSymbolicLink() ? realpathSync(out) : out;
}
