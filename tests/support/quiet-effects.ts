import type { BuildEffects } from '../../data-build/effects.ts';

export interface RecordedEffects extends BuildEffects {
  readonly lines: readonly string[];
}

/** Effects that keep what was logged and whose clock stands still. */
export function recordEffects(): RecordedEffects {
  const lines: string[] = [];
  return {
    lines,
    log: (line) => {
      lines.push(line);
    },
    progress: () => undefined,
    now: () => 0,
  };
}
