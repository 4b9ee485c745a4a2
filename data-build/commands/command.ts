/** What a command of this half is: how it is used, and what it does on a machine. */
import type { BuildEffects } from '../effects.ts';
import type { FetchEffects } from '../fetch/client.ts';

/** All that commands may know of the machine, as one argument. */
export interface Machine {
  readonly effects: BuildEffects;
  /** Results for programs, line by line. */
  readonly print: (line: string) => void;
  /** What went wrong, for people. */
  readonly complain: (line: string) => void;
  readonly network: Pick<FetchEffects, 'fetch' | 'sleep' | 'random'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is called once when somebody stops the command, before it ends. */
  readonly onStop: (tidy: () => void) => void;
}

export interface Command {
  /** One line that begins with `Use: `. */
  readonly usage: string;
  /** Resolves to the exit code. Throws UsageError, NothingUsable or StrictFailure. */
  run(args: readonly string[], machine: Machine): Promise<number>;
}

/** Where intermediate results lie. */
export const CACHE_DIR = '.cache';
