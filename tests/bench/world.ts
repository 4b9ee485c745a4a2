/** The synthetic world that builds are measured on. */
import { existsSync } from 'node:fs';
import type { BuildEffects } from '../../data-build/effects.ts';
import { writeSample } from '../../data-build/sample/sample.ts';

export const SILENT: BuildEffects = {
  log: () => undefined,
  progress: () => undefined,
  now: () => performance.now(),
};

/** Writes the dumps of a year, unless they are there. */
export async function makeWorld(out: string, measurements: number): Promise<void> {
  if (existsSync(out)) return;
  await writeSample({ size: 'world', out, seed: 1, measurements, effects: SILENT });
}
