/** `npm run archive`: a data release as folders to deposit. */
import { EXIT, UsageError } from '../outcome.ts';
import { archiveRelease, readCodeVersion } from './archive-release.ts';
import { folderOf, parse, textOf } from './arguments.ts';
import type { Command, Machine } from './command.ts';

const USAGE = 'Use: npm run archive -- [DIR] --out DIR';

/** Arguments of `npm run archive`: the data folder, and where deposits go. Throws UsageError. */
function parseArchiveArguments(args: readonly string[]): {
  readonly folder: string;
  readonly out: string;
} {
  const { values, positionals } = parse(USAGE, args, {
    options: { out: { type: 'string' } },
    allowPositionals: true,
  });
  const [folder = 'public/data', ...others] = positionals;
  const out = textOf(values, 'out');
  if (out === null || others.length > 0)
    throw new UsageError(
      `A folder for the deposits is needed, and at most one folder of data.\n${USAGE}`,
    );
  return { folder, out: folderOf(out) };
}

async function run(args: readonly string[], { effects }: Machine): Promise<number> {
  const { folder, out } = parseArchiveArguments(args);
  const deposits = await archiveRelease(folder, out, await readCodeVersion(), effects);
  return deposits.length === 0 ? EXIT.nothing : EXIT.done;
}

export const ARCHIVE: Command = { usage: USAGE, run };
