/**
 * What one of several machines makes ahead of a build: its share of the picks, rows or counts, kept in the cache. A build, and
 * each later step, takes over what is there and makes what is missing, so its result does not depend on how work was shared.
 */
import { editionOf, spillDirOf, type BuildOptions, type MadeParts } from './build.ts';
import { NO_EXCLUSIONS } from './exclusions.ts';
import type { BuildEffects } from './effects.ts';
import { openDatabase } from './rollup/database.ts';
import { openKeptFiles } from './rollup/kept-files.ts';
import { rollUpAhead } from './rollup/rollup.ts';
import { isOwn, type Shard, type Step } from './shard.ts';
import { hashBuilder, notesOf } from './unchanged.ts';

type AheadOptions = Pick<
  BuildOptions,
  'out' | 'cacheDir' | 'edition' | 'since' | 'until' | 'exclude'
>;

/** Makes one step of a shard from parts. The data folder is not touched: `out` names for which one it is. */
export async function makeAhead(
  made: MadeParts,
  { out, cacheDir, edition, since, until, exclude = NO_EXCLUSIONS }: AheadOptions,
  shard: Shard,
  step: Exclude<Step, 'parts'>,
  effects: BuildEffects,
): Promise<void> {
  const { parts, categories } = editionOf(made, edition);
  const folder = notesOf(out, cacheDir, 'counts');
  const kept = await openKeptFiles(folder, await hashBuilder(), { shard, step });
  const db = await openDatabase({ spillDir: spillDirOf(cacheDir) });
  try {
    const { made: own, of } = await rollUpAhead(
      db,
      { parts, categories, since, until, edition, exclusions: exclude.exclusions, kept },
      step,
      (at) => isOwn(shard, at),
    );
    const things = step === 'counts' ? 'cells of four weeks' : 'spans of days';
    effects.log(`${step}: ${own} of ${of} ${things} are in ${folder}.`);
  } finally {
    await db.close();
    await kept.note();
  }
}
