/** `npm run data`: dumps, or a synthetic sample, become a data folder; on one of several machines, a share of it. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { makeAhead } from '../ahead.ts';
import { buildData } from '../build.ts';
import type { Day } from '../contract/brands.ts';
import { KEEP_RULE, type KeepRule } from '../contract/releases.ts';
import { makeParts } from '../convert/make-parts.ts';
import { readCorrections } from '../corrections.ts';
import { readExclusions } from '../exclusions.ts';
import { nameMachineFault } from '../machine-fault.ts';
import { EXIT, UsageError } from '../outcome.ts';
import { readDumps } from '../read-dumps.ts';
import { SAMPLE_PROBLEMS } from '../sample/known-problems.ts';
import { DEFAULT_SEED, writeSample, type SampleSize } from '../sample/sample.ts';
import { STEPS, type Shard, type Step } from '../shard.ts';
import { siteAddress } from '../site-address.ts';
import { discardNextFolder } from '../write/folder.ts';
import { awaitLock, lockFolder } from '../write/lock.ts';
import {
  dayOf,
  dumpsOf,
  folderOf,
  keepApart,
  numberOf,
  parse,
  sizeOf,
  textOf,
  type Values,
} from './arguments.ts';
import { CACHE_DIR, type Command, type Machine } from './command.ts';

const USAGE =
  'Use: npm run data -- [--dumps DIR]… [--out DIR] [--licence cc0|all] [--sample small|year|world|decade] [--shard i/n [--step parts|picks|rows|counts]] [--jobs N] [--since YYYY-MM-DD] [--until YYYY-MM-DD] [--keep N] [--keep-monthly M] [--exclude FILE] [--corrections FILE] [--strict] [--wait] [--force]';

interface DataArguments {
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

function editionOf(values: Values): 'all' | 'cc0' {
  const text = textOf(values, 'licence') ?? 'all';
  if (text !== 'all' && text !== 'cc0')
    throw new UsageError(
      `--licence ${text} is not an edition.\nGive cc0 for CC0 sources alone, or all.`,
    );
  return text;
}

/** Arguments of `npm run data`. Throws UsageError. */
function parseDataArguments(args: readonly string[]): DataArguments {
  const { values } = parse(USAGE, args, {
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
  const out = folderOf(textOf(values, 'out') ?? 'public/data');
  keepApart(out, dumps);
  return {
    dumps,
    out,
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

async function run(
  args: readonly string[],
  { effects, complain, env, onStop }: Machine,
): Promise<number> {
  const given = parseDataArguments(args);
  const dumps = [...given.dumps];
  if (given.sample !== null) {
    const out = join(CACHE_DIR, 'sample', given.sample);
    await writeSample({ size: given.sample, out, seed: DEFAULT_SEED, effects });
    dumps.push(out);
  }
  const { out, edition, since, until, strict, keep, jobs, shard, step, wait, force } = given;
  const exclude = readExclusions(given.exclude);
  const corrections = readCorrections(
    given.corrections,
    given.sample === null ? [] : SAMPLE_PROBLEMS,
  );
  const request = { dumps, cacheDir: CACHE_DIR, jobs, shard: null, effects };
  if (shard !== null && step === 'parts') {
    const { parts } = await makeParts({ ...request, shard });
    effects.log(
      `Parts of ${parts.length} dumps are in ${CACHE_DIR}/parts. Run without --shard to build from all of them.`,
    );
    return EXIT.done;
  }
  if (shard !== null && step !== 'parts') {
    const made = await readDumps(request);
    const ahead = { out, cacheDir: CACHE_DIR, edition, since, until, exclude };
    await makeAhead(made, ahead, shard, step, effects);
    return EXIT.done;
  }
  const options = {
    out,
    cacheDir: CACHE_DIR,
    edition,
    since,
    until,
    strict,
    keep,
    exclude,
    corrections,
    site: siteAddress(env),
    unlessUnchanged: !force,
  };
  const lock = await (wait ? awaitLock(out, effects.log) : lockFolder(out));
  onStop(() => {
    discardNextFolder(out);
    lock.release();
    complain(
      `Stopped. ${out} is as it was; finished parts are kept, so the next run goes on from there.`,
    );
  });
  try {
    await buildData((sums) => readDumps({ ...request, sums }), options, effects);
  } catch (error) {
    throw await nameMachineFault(error, { out, cacheDir: CACHE_DIR });
  } finally {
    lock.release();
  }
  return EXIT.done;
}

export const DATA: Command = { usage: USAGE, run };
