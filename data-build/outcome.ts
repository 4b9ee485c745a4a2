/** Errors that end a command. Each has a two-part message and an exit code. */

/** Bad arguments, or a folder that is not what it should be: exit 2. */
export class UsageError extends Error {}

/** The dumps held no usable data: exit 3. */
export class NothingUsable extends Error {}

/** `--strict` was given and something was rejected: exit 1. */
export class StrictFailure extends Error {}

export const EXIT = { done: 0, failed: 1, usage: 2, nothing: 3 } as const;

/** The exit code for an error. An unknown one is an internal error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof NothingUsable) return EXIT.nothing;
  return EXIT.failed;
}
