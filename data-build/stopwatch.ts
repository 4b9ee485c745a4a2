/** Measures how long each stage takes, and prints it at the end. */
import type { BuildEffects } from './effects.ts';

export interface Stopwatch {
  /** Runs a stage and remembers how long it took. */
  time<T>(stage: string, work: () => Promise<T>): Promise<T>;
  /** One line per stage: seconds and share. */
  log(): void;
}

export function startStopwatch(effects: BuildEffects): Stopwatch {
  const stages: { readonly stage: string; readonly ms: number }[] = [];
  return {
    time: async (stage, work) => {
      const start = effects.now();
      effects.progress(`${stage} …`);
      try {
        return await work();
      } finally {
        stages.push({ stage, ms: effects.now() - start });
      }
    },
    log: () => {
      const total = stages.reduce((sum, { ms }) => sum + ms, 0);
      effects.log(`Time: ${(total / 1000).toFixed(1)} s`);
      for (const { stage, ms } of stages) {
        const share = total === 0 ? 0 : (100 * ms) / total;
        effects.log(
          `  ${stage.padEnd(10)} ${(ms / 1000).toFixed(1).padStart(8)} s ${share.toFixed(0).padStart(4)} %`,
        );
      }
    },
  };
}
