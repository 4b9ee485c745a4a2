/** Arguments in, exit code out: the only place that ends the process. */
import { ARCHIVE } from './commands/archive.ts';
import type { Command, Machine } from './commands/command.ts';
import { DATA } from './commands/data.ts';
import { FETCH } from './commands/fetch.ts';
import { SAMPLE } from './commands/sample.ts';
import { SCORE } from './commands/score.ts';
import { SPARK } from './commands/spark.ts';
import { VERIFY } from './commands/verify.ts';
import type { BuildEffects } from './effects.ts';
import { nameMachineFault } from './machine-fault.ts';
import { EXIT, exitCodeOf, UsageError } from './outcome.ts';

const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['data', DATA],
  ['verify', VERIFY],
  ['sample', SAMPLE],
  ['fetch', FETCH],
  ['score', SCORE],
  ['archive', ARCHIVE],
  ['rollup:spark', SPARK],
]);

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

function onStop(tidy: () => void): void {
  for (const [signal, code] of STOP_SIGNALS) {
    process.once(signal, () => {
      tidy();
      process.exit(code);
    });
  }
}

const MACHINE: Machine = {
  effects: terminalEffects(),
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  network: {
    fetch: (url, init) => fetch(url, init),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: () => Math.random(),
  },
  env: process.env,
  onStop,
};

async function main(argv: readonly string[]): Promise<number> {
  const [name = '', ...args] = argv;
  const command = COMMANDS.get(name);
  try {
    if (command === undefined)
      throw new UsageError(
        `There is no command ${name === '' ? 'given' : name}.\nUse one of: ${[...COMMANDS.keys()].join(', ')}.`,
      );
    if (args.includes('--help')) {
      MACHINE.print(command.usage);
      return EXIT.done;
    }
    return await command.run(args, MACHINE);
  } catch (thrown) {
    const error = await nameMachineFault(thrown, null);
    const code = exitCodeOf(error);
    const known =
      error instanceof Error && (code !== EXIT.failed || error.constructor !== TypeError);
    MACHINE.complain(known ? error.message : String(error));
    return code;
  }
}

// Who listened is gone (`| head`): what was begun is still brought to its end.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exit(await main(process.argv.slice(2)));
