/** Arguments of a command; what cannot be understood is told in two parts. */
import { parseArgs, type ParseArgsConfig } from 'node:util';

export function parseCommand<Config extends ParseArgsConfig>(
  use: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    // The sentences after the first tell how to write another argument than the one that was meant.
    const [what = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw new Error(`${what.replace(/\.$/, '')}.\n${use}`, { cause: error });
  }
}
