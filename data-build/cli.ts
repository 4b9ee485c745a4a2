/** Arguments in, exit code out: the only place that touches the process. */
import { join } from 'node:path';
import { parseDataArguments, parseSampleArguments, parseVerifyArguments } from './arguments.ts';
import { buildData } from './build.ts';
import type { BuildEffects } from './effects.ts';
import { EXIT, exitCodeOf, UsageError } from './outcome.ts';
import { DEFAULT_SEED, writeSample } from './sample/sample.ts';
import { verifyFolder } from './verify/verify.ts';

const CACHE_DIR = '.cache';

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
  const { out, edition, since, until, strict } = given;
  void dumps;
  await buildData(
    () => Promise.reject(new Error('not wired')),
    { out, cacheDir: CACHE_DIR, edition, since, until, strict },
    effects,
  );
  return EXIT.done;
}

async function runVerify(args: readonly string[], effects: BuildEffects): Promise<number> {
  const holds = await verifyFolder(parseVerifyArguments(args), effects);
  effects.log(
    holds ? 'Every check holds.' : 'Some checks do not hold; see the lines marked WRONG.',
  );
  return holds ? EXIT.done : EXIT.failed;
}

async function runSample(args: readonly string[], effects: BuildEffects): Promise<number> {
  await writeSample({ ...parseSampleArguments(args), effects });
  return EXIT.done;
}

const COMMANDS = new Map([
  ['data', runData],
  ['verify', runVerify],
  ['sample', runSample],
]);

async function main(argv: readonly string[]): Promise<number> {
  const [name = '', ...args] = argv;
  const command = COMMANDS.get(name);
  try {
    if (command === undefined)
      throw new UsageError(
        `There is no command ${name === '' ? 'given' : name}.\nUse one of: ${[...COMMANDS.keys()].join(', ')}.`,
      );
    return await command(args, terminalEffects());
  } catch (error) {
    const code = exitCodeOf(error);
    const known =
      error instanceof Error && (code !== EXIT.failed || error.constructor !== TypeError);
    process.stderr.write(`${known ? error.message : String(error)}\n`);
    return code;
  }
}

process.exit(await main(process.argv.slice(2)));
