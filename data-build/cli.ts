/** Arguments in, exit code out: the only place that ends the process. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { archiveRelease, readCodeVersion } from './archive-command.ts';
import {
  parseArchiveArguments,
  parseFetchArguments,
  parseDataArguments,
  parseSampleArguments,
  parseScoreArguments,
  parseSparkArguments,
  parseVerifyArguments,
  USAGE,
} from './arguments.ts';
import { makeAhead } from './ahead.ts';
import { buildData } from './build.ts';
import { REASONS } from './contract/problem.ts';
import { makeParts } from './convert/make-parts.ts';
import { readCorrections } from './corrections.ts';
import type { BuildEffects } from './effects.ts';
import { readExclusions } from './exclusions.ts';
import { fetchDumps } from './fetch-command.ts';
import { readDumps } from './read-dumps.ts';
import { EXIT, exitCodeOf, UsageError } from './outcome.ts';
import { SAMPLE_PROBLEMS } from './sample/known-problems.ts';
import { DEFAULT_SEED, writeSample } from './sample/sample.ts';
import { runScore } from './score-command.ts';
import { verifyFolder } from './verify/verify.ts';
import { nameMachineFault } from './machine-fault.ts';
import { rollUpOnSpark } from './spark-command.ts';
import { siteAddress } from './site-address.ts';
import { discardNextFolder } from './write/folder.ts';
import { awaitLock, lockFolder } from './write/lock.ts';

const CACHE_DIR = '.cache';

/** Signals and the exit codes that shells expect of them. */
const STOP_SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const;

function terminalEffects(): BuildEffects {
  const { stdout } = process;
  const clear = () => {
    if (stdout.isTTY) stdout.write('\r\u001b[K');
  };
  return {
    log: (line) => {
      clear();
      stdout.write(`${line}\n`);
    },
    progress: (line) => {
      clear();
      if (stdout.isTTY) stdout.write(line.slice(0, stdout.columns - 1));
    },
    now: () => performance.now(),
  };
}

async function runData(args: readonly string[], effects: BuildEffects): Promise<number> {
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
    site: siteAddress(process.env),
    unlessUnchanged: !force,
  };
  const lock = await (wait ? awaitLock(out, effects.log) : lockFolder(out));
  for (const [signal, code] of STOP_SIGNALS) {
    process.once(signal, () => {
      discardNextFolder(out);
      lock.release();
      process.stderr.write(
        `Stopped. ${out} is as it was; finished parts are kept, so the next run goes on from there.\n`,
      );
      process.exit(code);
    });
  }
  try {
    await buildData((sums) => readDumps({ ...request, sums }), options, effects);
  } catch (error) {
    throw await nameMachineFault(error, { out, cacheDir: CACHE_DIR });
  } finally {
    lock.release();
  }
  return EXIT.done;
}

async function runVerify(args: readonly string[], effects: BuildEffects): Promise<number> {
  const holds = await verifyFolder(parseVerifyArguments(args), effects);
  effects.log(
    holds ? 'Every check holds.' : 'Some checks do not hold; see the lines marked WRONG.',
  );
  return holds ? EXIT.done : EXIT.failed;
}

async function runArchive(args: readonly string[], effects: BuildEffects): Promise<number> {
  const { folder, out } = parseArchiveArguments(args);
  const deposits = await archiveRelease(folder, out, await readCodeVersion(), effects);
  return deposits.length === 0 ? EXIT.nothing : EXIT.done;
}

async function runScoreCommand(args: readonly string[]): Promise<number> {
  const { file, lists } = parseScoreArguments(args);
  const failed = await runScore({
    file,
    lists,
    write: (line) => process.stdout.write(`${line}\n`),
  });
  if (failed === null) return EXIT.done;
  const { what, todo } = REASONS[failed.reason];
  process.stderr.write(`${file}: ${what}\n${todo}\n`);
  return EXIT.failed;
}

async function runSample(args: readonly string[], effects: BuildEffects): Promise<number> {
  await writeSample({ ...parseSampleArguments(args), effects });
  return EXIT.done;
}

async function runSpark(args: readonly string[], effects: BuildEffects): Promise<number> {
  const { dumps, out } = parseSparkArguments(args);
  const jobs = availableParallelism();
  const made = await readDumps({ dumps, cacheDir: CACHE_DIR, jobs, shard: null, effects });
  await rollUpOnSpark(made, out, process.env['PYTHON'] ?? null);
  effects.log(`The counting tables are in ${out}, a folder each.`);
  return EXIT.done;
}

type Command = (args: readonly string[], effects: BuildEffects) => Promise<number>;

/** Exit 3 when the publisher lists nothing, 1 when something listed could not be fetched. */
async function runFetch(args: readonly string[], effects: BuildEffects): Promise<number> {
  const summary = await fetchDumps(parseFetchArguments(args), {
    fetch: (url, init) => fetch(url, init),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: () => Math.random(),
    log: effects.log,
    progress: effects.progress,
  });
  if (summary.listed === 0) return EXIT.nothing;
  return summary.failed.length > 0 ? EXIT.failed : EXIT.done;
}

const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['data', runData],
  ['verify', runVerify],
  ['sample', runSample],
  ['fetch', runFetch],
  ['score', runScoreCommand],
  ['archive', runArchive],
  ['rollup:spark', runSpark],
]);

async function main(argv: readonly string[]): Promise<number> {
  const [name = '', ...args] = argv;
  const command = COMMANDS.get(name);
  try {
    if (command === undefined)
      throw new UsageError(
        `There is no command ${name === '' ? 'given' : name}.\nUse one of: ${[...COMMANDS.keys()].join(', ')}.`,
      );
    const usage = USAGE[name];
    if (usage !== undefined && args.includes('--help')) {
      process.stdout.write(`${usage}\n`);
      return EXIT.done;
    }
    return await command(args, terminalEffects());
  } catch (thrown) {
    const error = await nameMachineFault(thrown, null);
    const code = exitCodeOf(error);
    const known =
      error instanceof Error && (code !== EXIT.failed || error.constructor !== TypeError);
    process.stderr.write(`${known ? error.message : String(error)}\n`);
    return code;
  }
}

process.exit(await main(process.argv.slice(2)));
