/** `npm run rollup:spark`: the counting tables made by Apache Spark. */
import { availableParallelism } from 'node:os';
import { EXIT, UsageError } from '../outcome.ts';
import { readDumps } from '../read-dumps.ts';
import { dumpsOf, folderOf, parse, textOf } from './arguments.ts';
import { CACHE_DIR, type Command, type Machine } from './command.ts';
import { rollUpOnSpark } from './spark-tables.ts';

const USAGE = 'Use: npm run rollup:spark -- --dumps DIR… --out DIR';

/** Arguments of `npm run rollup:spark`. Throws UsageError. */
function parseSparkArguments(args: readonly string[]): {
  readonly dumps: readonly string[];
  readonly out: string;
} {
  const { values } = parse(USAGE, args, {
    options: { dumps: { type: 'string', multiple: true }, out: { type: 'string' } },
  });
  const dumps = dumpsOf(values);
  const out = textOf(values, 'out');
  if (dumps.length === 0 || out === null)
    throw new UsageError(`--dumps and --out are both needed.\n${USAGE}`);
  return { dumps, out: folderOf(out) };
}

async function run(args: readonly string[], { effects, env }: Machine): Promise<number> {
  const { dumps, out } = parseSparkArguments(args);
  const jobs = availableParallelism();
  const made = await readDumps({ dumps, cacheDir: CACHE_DIR, jobs, shard: null, effects });
  await rollUpOnSpark(made, out, env['PYTHON'] ?? null);
  effects.log(`The counting tables are in ${out}, a folder each.`);
  return EXIT.done;
}

export const SPARK: Command = { usage: USAGE, run };
