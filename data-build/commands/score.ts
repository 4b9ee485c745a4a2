/** `npm run score`: what the publisher and the Atlas say of every line of a file. */
import { existsSync, statSync } from 'node:fs';
import { REASONS } from '../contract/problem.ts';
import { EXIT, UsageError } from '../outcome.ts';
import { parse, textOf } from './arguments.ts';
import type { Command, Machine } from './command.ts';
import { runScore } from './score-file.ts';

const USAGE = 'Use: npm run score -- FILE [--lists DIR]';

/** Arguments of `npm run score`: a file of measurements, and the folder with fingerprints. Throws UsageError. */
function parseScoreArguments(args: readonly string[]): {
  readonly file: string;
  readonly lists: string | null;
} {
  const { values, positionals } = parse(USAGE, args, {
    options: { lists: { type: 'string' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1)
    throw new UsageError(`One file is needed, ${positionals.length} were given.\n${USAGE}`);
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

async function run(args: readonly string[], { print, complain }: Machine): Promise<number> {
  const { file, lists } = parseScoreArguments(args);
  const failed = await runScore({ file, lists, write: print });
  if (failed === null) return EXIT.done;
  const { what, todo } = REASONS[failed.reason];
  complain(`${file}: ${what}\n${todo}`);
  return EXIT.failed;
}

export const SCORE: Command = { usage: USAGE, run };
