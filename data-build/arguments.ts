/** Command line → options, each checked once. Throws UsageError for what it cannot understand. */
import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { toCountryCode, toDay, type Day } from './contract/brands.ts';
import { KEEP_RULE, type KeepRule } from './contract/releases.ts';
import type { FetchWish } from './fetch-command.ts';
import { MIRRORS } from './publishers/mirrors.ts';
import { UsageError } from './outcome.ts';
import {
  DEFAULT_MEASUREMENTS,
  DEFAULT_SEED,
  isSampleSize,
  SAMPLE_SIZES,
  type SampleSize,
} from './sample/sample.ts';
import { isScored } from './sample/world.ts';
import { STEPS, type Shard, type Step } from './shard.ts';

export interface DataArguments {
  readonly dumps: readonly string[];
  readonly out: string;
  readonly edition: 'all' | 'cc0';
  readonly sample: SampleSize | null;
  readonly shard: Shard | null;
  /** What a shard makes. */
  readonly step: Step;
  readonly jobs: number;
  readonly since: Day | null;
  readonly until: Day | null;
  readonly strict: boolean;
  /** Wait for another build into the same folder instead of refusing. */
  readonly wait: boolean;
  /** Build also when nothing is new. */
  readonly force: boolean;
  /** Earlier releases to keep. */
  readonly keep: KeepRule;
  /** File that names what to leave out. */
  readonly exclude: string | null;
  /** File with the log of corrections. */
  readonly corrections: string | null;
}

export interface SampleArguments {
  readonly size: SampleSize;
  readonly out: string;
  readonly seed: number;
  /** About how many; the large sizes alone have a choice. */
  readonly measurements: number;
}

type Values = Readonly<
  Record<string, string | boolean | readonly (string | boolean)[] | undefined>
>;

function parse(
  command: string,
  args: readonly string[],
  config: Pick<ParseArgsConfig, 'options' | 'allowPositionals'>,
): { readonly values: Values; readonly positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...args], strict: true, ...config });
  } catch (error) {
    const [what] = (error instanceof Error ? error.message : String(error)).split(/\.? ?\n|\. /);
    throw new UsageError(`${String(what).replace(/\.$/, '')}.\n${USAGE[command] ?? ''}`);
  }
}

export const USAGE: Readonly<Record<string, string>> = {
  data: 'Use: npm run data -- [--dumps DIR]… [--out DIR] [--licence cc0|all] [--sample small|year|world|decade] [--shard i/n [--step parts|picks|rows|counts]] [--jobs N] [--since YYYY-MM-DD] [--until YYYY-MM-DD] [--keep N] [--keep-monthly M] [--exclude FILE] [--corrections FILE] [--strict] [--wait] [--force]',
  verify: 'Use: npm run verify -- DIR',
  archive: 'Use: npm run archive -- [DIR] --out DIR',
  score: 'Use: npm run score -- FILE [--lists DIR]',
  fetch: `Use: npm run fetch -- ${[...MIRRORS.keys()].join('|')} --since YYYY-MM-DD --until YYYY-MM-DD [--country CC,…] [--test NAME,…] [--into DIR] [--endpoint URL] [--jobs N]`,
  'rollup:spark': 'Use: npm run rollup:spark -- --dumps DIR… --out DIR',
  sample:
    'Use: npm run sample -- --size small|year|world|decade --out DIR [--seed N] [--measurements N]',
};

function textOf(values: Values, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}

function dayOf(values: Values, name: string): Day | null {
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
function numberOf(values: Values, name: string, otherwise: number, least: number, most: number) {
  const text = textOf(values, name);
  if (text === null) return otherwise;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new UsageError(
      `--${name} ${text} cannot be used.\nGive a whole number from ${least} to ${most}.`,
    );
  return value;
}

function shardOf(values: Values): Shard | null {
  const text = textOf(values, 'shard');
  if (text === null) return null;
  const [, index, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (!(shard.index >= 1 && shard.index <= shard.of))
    throw new UsageError(
      `--shard ${text} cannot be used.\nWrite i/n with i from 1 to n, e.g. 2/4.`,
    );
  return shard;
}

function stepOf(values: Values): Step {
  const text = textOf(values, 'step');
  if (text === null) return 'parts';
  const step = STEPS.find((one) => one === text);
  if (step === undefined)
    throw new UsageError(
      `--step ${text} is not a step.\nGive one of: ${STEPS.join(', ')}; each needs the ones before it from all shards.`,
    );
  if (textOf(values, 'shard') === null)
    throw new UsageError(
      `--step ${step} was given without --shard.\nSay which of how many machines this is, e.g. --shard 2/4; a whole build has no steps.`,
    );
  return step;
}

function sizeOf(values: Values, name: string): SampleSize | null {
  const text = textOf(values, name);
  if (text === null) return null;
  if (!isSampleSize(text))
    throw new UsageError(
      `--${name} ${text} is not a size of sample.\nGive one of: ${SAMPLE_SIZES.join(', ')}.`,
    );
  return text;
}

function editionOf(values: Values): 'all' | 'cc0' {
  const text = textOf(values, 'licence') ?? 'all';
  if (text !== 'all' && text !== 'cc0')
    throw new UsageError(
      `--licence ${text} is not an edition.\nGive cc0 for CC0 sources alone, or all.`,
    );
  return text;
}

function dumpsOf(values: Values): readonly string[] {
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
function folderOf(out: string): string {
  const found = lstatSync(out, { throwIfNoEntry: false });
  if (found === undefined) return out;
  if (found.isSymbolicLink() && !existsSync(out))
    throw new UsageError(
      `--out ${out} is a link that leads to nothing.\nMake the folder that it should lead to, or name another one.`,
    );
  if (!statSync(out).isDirectory()) throw new UsageError(`--out ${out} is a file.\nName a folder.`);
  return found.isSymbolicLink() ? realpathSync(out) : out;
}

/** Arguments of `npm run data`. Throws UsageError. */
export function parseDataArguments(args: readonly string[]): DataArguments {
  const { values } = parse('data', args, {
    options: {
      dumps: { type: 'string', multiple: true },
      out: { type: 'string' },
      licence: { type: 'string' },
      sample: { type: 'string' },
      shard: { type: 'string' },
      step: { type: 'string' },
      jobs: { type: 'string' },
      since: { type: 'string' },
      until: { type: 'string' },
      strict: { type: 'boolean' },
      wait: { type: 'boolean' },
      force: { type: 'boolean' },
      keep: { type: 'string' },
      'keep-monthly': { type: 'string' },
      exclude: { type: 'string' },
      corrections: { type: 'string' },
    },
  });
  const dumps = dumpsOf(values);
  const sample = sizeOf(values, 'sample');
  if (dumps.length === 0 && sample === null)
    throw new UsageError(
      'There is nothing to build from: neither --dumps nor --sample was given.\nGive --dumps DIR with published dumps, or --sample small for synthetic ones.',
    );
  if (dumps.length > 0 && sample !== null)
    throw new UsageError(
      '--dumps and --sample were both given: synthetic rows would be mixed with real ones.\nGive one of the two.',
    );
  const since = dayOf(values, 'since');
  const until = dayOf(values, 'until');
  if (since !== null && until !== null && until <= since)
    throw new UsageError(
      `--until ${until} is not after --since ${since}: no day is left.\n--since is the first day used, --until the first day no longer used.`,
    );
  return {
    dumps,
    out: folderOf(textOf(values, 'out') ?? 'public/data'),
    edition: editionOf(values),
    sample,
    shard: shardOf(values),
    step: stepOf(values),
    jobs: numberOf(values, 'jobs', availableParallelism(), 1, 256),
    since,
    until,
    strict: values['strict'] === true,
    wait: values['wait'] === true,
    force: values['force'] === true,
    keep: {
      newest: numberOf(values, 'keep', KEEP_RULE.newest, 0, 50),
      months: numberOf(values, 'keep-monthly', KEEP_RULE.months, 0, 120),
    },
    exclude: textOf(values, 'exclude'),
    corrections: textOf(values, 'corrections'),
  };
}

/** Arguments of `npm run verify`: the folder. Throws UsageError. */
export function parseVerifyArguments(args: readonly string[]): string {
  const { positionals } = parse('verify', args, { options: {}, allowPositionals: true });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1)
    throw new UsageError(
      `One folder is needed, ${positionals.length} were given.\n${String(USAGE['verify'])}`,
    );
  return folder;
}

/** Arguments of `npm run rollup:spark`. Throws UsageError. */
export function parseSparkArguments(args: readonly string[]): {
  readonly dumps: readonly string[];
  readonly out: string;
} {
  const { values } = parse('rollup:spark', args, {
    options: { dumps: { type: 'string', multiple: true }, out: { type: 'string' } },
  });
  const dumps = dumpsOf(values);
  const out = textOf(values, 'out');
  if (dumps.length === 0 || out === null)
    throw new UsageError(`--dumps and --out are both needed.\n${String(USAGE['rollup:spark'])}`);
  return { dumps, out: folderOf(out) };
}

/** Arguments of `npm run archive`: the data folder, and where deposits go. Throws UsageError. */
export function parseArchiveArguments(args: readonly string[]): {
  readonly folder: string;
  readonly out: string;
} {
  const { values, positionals } = parse('archive', args, {
    options: { out: { type: 'string' } },
    allowPositionals: true,
  });
  const [folder = 'public/data', ...others] = positionals;
  if (typeof values['out'] !== 'string' || values['out'] === '' || others.length > 0)
    throw new UsageError(
      `A folder for the deposits is needed, and at most one folder of data.\n${String(USAGE['archive'])}`,
    );
  return { folder, out: folderOf(values['out']) };
}

/** Arguments of `npm run score`: a file of measurements, and the folder with fingerprints. Throws UsageError. */
export function parseScoreArguments(args: readonly string[]): {
  readonly file: string;
  readonly lists: string | null;
} {
  const { values, positionals } = parse('score', args, {
    options: { lists: { type: 'string' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new UsageError(
      `One file is needed, ${positionals.length} were given.\n${String(USAGE['score'])}`,
    );
  if (!existsSync(file) || !statSync(file).isFile())
    throw new UsageError(
      `${file} is not a file.\nGive a file of measurements, one JSON object a line.`,
    );
  const lists = textOf(values, 'lists');
  if (lists !== null && !existsSync(lists))
    throw new UsageError(
      `--lists ${lists} is not a folder.\nGive the folder that holds the fingerprints.`,
    );
  return { file, lists };
}

/** Arguments of `npm run sample`. Throws UsageError. */
export function parseSampleArguments(args: readonly string[]): SampleArguments {
  const { values } = parse('sample', args, {
    options: {
      size: { type: 'string' },
      out: { type: 'string' },
      seed: { type: 'string' },
      measurements: { type: 'string' },
    },
  });
  const size = sizeOf(values, 'size');
  const out = textOf(values, 'out');
  if (size === null || out === null)
    throw new UsageError(`--size and --out are both needed.\n${String(USAGE['sample'])}`);
  if (!isScored(size) && textOf(values, 'measurements') !== null)
    throw new UsageError(
      `--measurements was given with --size ${size}, which has as many as it has.\nLeave it out, or ask for --size world.`,
    );
  return {
    size,
    out: folderOf(out),
    seed: numberOf(values, 'seed', DEFAULT_SEED, 0, 4_294_967_295),
    measurements: numberOf(values, 'measurements', DEFAULT_MEASUREMENTS, 100_000, 1_000_000_000),
  };
}

/** Arguments of `npm run fetch`. Throws UsageError. */
export function parseFetchArguments(args: readonly string[]): FetchWish {
  const { values, positionals } = parse('fetch', args, {
    options: {
      since: { type: 'string' },
      until: { type: 'string' },
      country: { type: 'string' },
      test: { type: 'string' },
      into: { type: 'string' },
      endpoint: { type: 'string' },
      jobs: { type: 'string' },
    },
    allowPositionals: true,
  });
  const [name = ''] = positionals;
  const mirror = MIRRORS.get(name);
  if (mirror === undefined || positionals.length > 1)
    throw new UsageError(
      `${name === '' ? 'No source was given.' : `${positionals.join(' ')} is not a source.`}\n${String(USAGE['fetch'])}`,
    );
  const since = dayOf(values, 'since');
  const until = dayOf(values, 'until');
  if (mirror.byDay && (since === null || until === null || until <= since))
    throw new UsageError(
      `The days to fetch from ${name} are missing or reversed.\nGive --since (first day) and --until (first day no longer fetched).`,
    );
  const endpoint = endpointOf(values);
  return {
    mirror,
    since,
    until,
    countries: listOf(values, 'country').map((text) => {
      const code = toCountryCode(text);
      if (code === null)
        throw new UsageError(`--country ${text} is not a country.\nGive two letters, e.g. KE,UG.`);
      return code;
    }),
    tests: listOf(values, 'test'),
    into: textOf(values, 'into') ?? 'dumps',
    ...(endpoint === null ? {} : { endpoint }),
    jobs: numberOf(values, 'jobs', 4, 1, 32),
  };
}

function listOf(values: Values, name: string): readonly string[] {
  const text = textOf(values, name) ?? '';
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function endpointOf(values: Values): string | null {
  const text = textOf(values, 'endpoint');
  if (text === null) return null;
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new UsageError(
      `--endpoint ${text} is not an address.\nGive the root that holds the publisher's layout, e.g. http://localhost:9000/bucket/.`,
    );
  return text.endsWith('/') ? text : `${text}/`;
}
