/** Ways in which a command can end other than well; each is a two-part message and an exit code. */

/** Bad arguments, or a folder that is not what it should be: exit 2. */
export class UsageError extends Error {}

/** The dumps held nothing that could be used: exit 3. */
export class NothingUsable extends Error {}

/** `--strict` was given and something was rejected: exit 1. */
export class StrictFailure extends Error {}

export const EXIT = { done: 0, failed: 1, usage: 2, nothing: 3 } as const;

/** The exit code for what was thrown; anything unknown is a broken promise of ours. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (error instanceof NothingUsable) return EXIT.nothing;
  return EXIT.failed;
}
