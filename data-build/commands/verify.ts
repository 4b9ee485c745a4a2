/** `npm run verify`: checks a data folder as a reader could. */
import { EXIT, UsageError } from '../outcome.ts';
import { verifyFolder } from '../verify/verify.ts';
import { parse } from './arguments.ts';
import type { Command, Machine } from './command.ts';

const USAGE = 'Use: npm run verify -- DIR';

/** Arguments of `npm run verify`: the folder. Throws UsageError. */
function parseVerifyArguments(args: readonly string[]): string {
  const { positionals } = parse(USAGE, args, { options: {}, allowPositionals: true });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1)
    throw new UsageError(`One folder is needed, ${positionals.length} were given.\n${USAGE}`);
  return folder;
}

async function run(args: readonly string[], { effects }: Machine): Promise<number> {
  const holds = await verifyFolder(parseVerifyArguments(args), effects);
  effects.log(
    holds ? 'Every check holds.' : 'Some checks do not hold; see the lines marked WRONG.',
  );
  return holds ? EXIT.done : EXIT.failed;
}

export const VERIFY: Command = { usage: USAGE, run };
