/** `npm run sample`: synthetic dumps, or scored parts, of the size that is asked for. */
import { EXIT, UsageError } from '../outcome.ts';
import {
  DEFAULT_MEASUREMENTS,
  DEFAULT_SEED,
  writeSample,
  type SampleSize,
} from '../sample/sample.ts';
import { isScored } from '../sample/world.ts';
import { folderOf, numberOf, parse, sizeOf, textOf } from './arguments.ts';
import type { Command, Machine } from './command.ts';

const USAGE =
  'Use: npm run sample -- --size small|year|world|decade --out DIR [--seed N] [--measurements N]';

interface SampleArguments {
  readonly size: SampleSize;
  readonly out: string;
  readonly seed: number;
  /** About how many; the large sizes alone have a choice. */
  readonly measurements: number;
}

/** Arguments of `npm run sample`. Throws UsageError. */
function parseSampleArguments(args: readonly string[]): SampleArguments {
  const { values } = parse(USAGE, args, {
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
    throw new UsageError(`--size and --out are both needed.\n${USAGE}`);
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

async function run(args: readonly string[], { effects }: Machine): Promise<number> {
  await writeSample({ ...parseSampleArguments(args), effects });
  return EXIT.done;
}

export const SAMPLE: Command = { usage: USAGE, run };
