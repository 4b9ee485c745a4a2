/** The whole path on one screen: dumps → parts → tables → a data folder. */
import { basename, join, resolve } from 'node:path';
import type { Day, Sha256 } from './contract/brands.ts';
import type { Correction } from './contract/corrections.ts';
import { CONTRACT_VERSION, type Manifest } from './contract/manifest.ts';
import { isAskedFor } from './contract/problem.ts';
import { PUBLISHER_IDS, PUBLISHERS } from './contract/publishers.ts';
import type { BuildEffects } from './effects.ts';
import { NO_EXCLUSIONS, type ExclusionList } from './exclusions.ts';
import { NothingUsable, StrictFailure, UsageError } from './outcome.ts';
import { partColumns, type PlacedPart } from './parts.ts';
import { tallyRejects, toPublished, type Reject } from './rejects.ts';
import { hashOf } from './hash.ts';
import { type KnownSums, openKnownSums } from './known-sums.ts';
import { MAKER } from './maker.ts';
import { toRelease, type ListFile } from './release.ts';
import { openDatabase } from './rollup/database.ts';
import { openFoundBefore } from './rollup/found-before.ts';
import { openKeptFiles } from './rollup/kept-files.ts';
import { unmatchedExclusions } from './rollup/part-views.ts';
import { rollUp } from './rollup/rollup.ts';
import type { CategoryEntry } from './test-lists.ts';
import { startStopwatch } from './stopwatch.ts';
import { logRejects, logTables } from './summary.ts';
import { hashBuilder, isUnchanged, markBuilt, notesOf } from './unchanged.ts';
import { readManifest } from './verify/manifest-file.ts';
import { openLedger } from './write/file-ledger.ts';
import { isReplaceable, openNextFolder, type NextFolder } from './write/folder.ts';
import { isFreeOf } from './rollup/earlier-release.ts';
import { openEarlierPrivacy } from './write/earlier-privacy.ts';
import { isBeside, keepReleases, listKept } from './write/releases.ts';
import { KEEP_NONE, type KeepRule } from './contract/releases.ts';
import { writeFormerIds } from './write/former-ids.ts';
import { makeNotes, writeNotes } from './write/feed-notes.ts';
import { writeRelease } from './write/write.ts';

/** The dumps after reading: one part each, the test lists, and the rejects. */
export interface MadeParts {
  readonly parts: readonly PlacedPart[];
  readonly lists: readonly ListFile[];
  readonly categories: readonly CategoryEntry[];
  readonly rejects: readonly Reject[];
  /** Hashes of the fingerprint files, which also decide outcomes. */
  readonly references: readonly Sha256[];
}

export interface BuildOptions {
  /** Data folder to make or replace. */
  readonly out: string;
  /** Folder for intermediate results. */
  readonly cacheDir: string;
  readonly edition: 'all' | 'cc0';
  readonly since: Day | null;
  readonly until: Day | null;
  /** Publish nothing when anything was rejected; days outside `since` and `until` are not. */
  readonly strict: boolean;
  /** Where the site will be mounted, ending in a slash; absent or null: feeds link relatively. */
  readonly site?: string | null;
  /** Which earlier releases to keep below `releases/`; absent: none. */
  readonly keep?: KeepRule;
  /** What is left out of every output; absent: nothing. */
  readonly exclude?: ExclusionList;
  /** Leave the folder alone when a build would make the same again; absent: build. */
  readonly unlessUnchanged?: boolean;
  /** What was wrong in earlier releases, newest first; absent: nothing. */
  readonly corrections?: readonly Correction[];
}

function partRejects(parts: readonly PlacedPart[]): readonly Reject[] {
  return parts.flatMap((part) =>
    part.rejects.map(({ reason, count, samples }) => ({
      reason,
      source: part.source,
      count,
      samples: samples.map((sample) => ({ file: part.dump, ...sample })),
    })),
  );
}

const CC0 = PUBLISHER_IDS.map((id) => PUBLISHERS[id])
  .filter(({ licence }) => licence === 'cc0')
  .map(({ name }) => name);

function nothingUsable(made: MadeParts, options: BuildOptions): NothingUsable {
  const why =
    options.edition === 'cc0' && made.parts.length > 0
      ? `None of the dumps is CC0; leave --licence cc0 out or add dumps of ${CC0.join(' or ')}.`
      : 'Check the reasons above and the folders given with --dumps, and --since and --until; docs/sources.md lists the forms that are read.';
  return new NothingUsable(
    `${made.parts.length} dumps were read and none held a usable row; ${options.out} is as it was.\n${why}`,
  );
}

/** Hash of all that decides the outputs: the code, and what is given. */
function hashInputs(builder: Sha256, made: MadeParts, options: BuildOptions): Sha256 {
  const { edition, since, until, strict, site = null, keep = KEEP_NONE } = options;
  const { exclude = null, corrections = [] } = options;
  // The folder of a part is named after the hashes of its dump and its code; where the cache lies decides nothing.
  const parts = made.parts.map((part) => ({ ...part, folder: basename(part.folder) }));
  const given = [{ ...made, parts }, edition, since, until, strict, site, keep, exclude];
  return hashOf(JSON.stringify([builder, ...given, corrections]));
}

/** The dumps and lists of an edition. */
export function editionOf(
  { parts, lists, categories }: MadeParts,
  edition: BuildOptions['edition'],
): Pick<MadeParts, 'parts' | 'lists' | 'categories'> {
  if (edition === 'all') return { parts, lists, categories };
  const free = parts.filter(
    ({ kind, source }) =>
      partColumns(kind).some(({ name }) => name === 'licence') ||
      PUBLISHERS[source].licence === 'cc0',
  );
  return { parts: free, lists: [], categories: [] };
}

/** Where intermediate results of a build go that do not fit into memory. */
export const spillDirOf = (cacheDir: string): string => join(cacheDir, `spill-${MAKER}`);

/** Builds the data folder from parts. Throws NothingUsable, StrictFailure or UsageError; the old folder then stays. */
export async function buildData(
  makeParts: (sums: KnownSums) => Promise<MadeParts>,
  options: BuildOptions,
  effects: BuildEffects,
): Promise<Manifest> {
  if (!(await isReplaceable(options.out)))
    throw new UsageError(
      `${options.out} holds files that were not made by this command, and would be replaced.\nName another folder with --out, or empty this one.`,
    );
  const stopwatch = startStopwatch(effects);
  // A build that is forced reads everything again.
  const sums = await openKnownSums(notesOf(options.out, options.cacheDir, 'sums'), {
    isTrusted: options.unlessUnchanged === true,
  });
  const made = await stopwatch.time('parts', () => makeParts(sums));
  const builder = await hashBuilder();
  const inputs = hashInputs(builder, made, options);
  if (
    options.unlessUnchanged === true &&
    (await stopwatch.time('comparing', () =>
      isUnchanged(options.out, options.cacheDir, inputs, sums),
    ))
  ) {
    await sums.save();
    const manifest = await readManifest(options.out);
    effects.log(
      `${options.out}: nothing new since data release ${manifest.data_version}; every file is as it was built. --force builds anyway.`,
    );
    return manifest;
  }
  const { parts, lists, categories } = editionOf(made, options.edition);
  const db = await openDatabase({ spillDir: spillDirOf(options.cacheDir) });
  let next: NextFolder | null = null;
  let whole = false;
  const kept = await openKeptFiles(notesOf(options.out, options.cacheDir, 'counts'), builder);
  try {
    const { since, until, edition, exclude = NO_EXCLUSIONS, corrections = [] } = options;
    const before = await openFoundBefore(notesOf(options.out, options.cacheDir, 'events'), builder);
    const rollup = await stopwatch.time('roll-up', () =>
      rollUp(db, {
        parts,
        categories,
        since,
        until,
        edition,
        exclusions: exclude.exclusions,
        before,
        kept,
      }),
    );
    const { all, counted } = rollup.cellTally;
    effects.log(`Counted ${counted} of ${all} cells of four weeks; ${all - counted} were kept.`);
    const rejects = tallyRejects([...made.rejects, ...partRejects(parts), ...rollup.rejects]);
    logRejects(rejects, effects);
    for (const { by, value } of await unmatchedExclusions(db, exclude.exclusions))
      effects.log(`--exclude: no row has ${by} ${value}`);
    const { last } = rollup;
    if (last === null) throw nothingUsable(made, options);
    const faults = rejects.filter((reject) => !isAskedFor(reject));
    if (options.strict && faults.length > 0)
      throw new StrictFailure(
        `--strict was given and ${faults.length} kinds of rejects were found; ${options.out} is as it was.\nMend or remove the dumps named above, or leave --strict out.`,
      );
    const folder = await openNextFolder(
      options.out,
      notesOf(options.out, options.cacheDir, 'folders'),
    );
    next = folder;
    const release = toRelease(
      {
        parts,
        lists,
        references: made.references,
        rollup,
        rejects,
        edition,
        since,
        until,
        exclude,
        corrections,
      },
      last,
    );
    const notes = notesOf(options.out, options.cacheDir, 'json');
    const ledger = await openLedger(options.out, notes, builder, sums, folder.folders);
    const beside = { ...release, contract_version: CONTRACT_VERSION };
    const earlier = (await isBeside(options.out, beside)) ? options.out : null;
    const feedNotes = await makeNotes(db, earlier, release, exclude.exclusions);
    const manifest = await stopwatch.time('write', () =>
      writeRelease(db, folder.path, rollup.tables, release, {
        rejects: toPublished(rejects),
        corrections,
        feedNotes,
        site: options.site ?? null,
        ledger,
        published: rollup.published,
        sums,
        before: options.out,
        folders: folder.folders,
      }),
    );
    const privacy = await openEarlierPrivacy(
      db,
      notesOf(options.out, options.cacheDir, 'clean'),
      builder,
    );
    const { releases } = await keepReleases(
      options.out,
      folder.path,
      manifest,
      options.keep ?? KEEP_NONE,
      async (earlier) => {
        if (!(await isFreeOf(db, earlier, exclude.exclusions))) return false;
        const why = await privacy.whyNot(earlier);
        if (why !== null) effects.log(`${earlier}: not kept, since ${why}.`);
        return why === null;
      },
    );
    await writeFormerIds(db, earlier, folder.path, exclude.exclusions);
    await writeNotes(db, folder.path, feedNotes);
    await folder.swapIn();
    next = null;
    await sums.settle(folder.path, resolve(options.out), await listKept(options.out));
    await sums.save();
    await ledger.save();
    await before.save();
    await kept.save();
    await privacy.save(options.out);
    whole = true;
    await markBuilt(options.out, options.cacheDir, inputs);
    logTables(manifest, effects);
    stopwatch.log();
    if (releases.length > 0)
      effects.log(
        `Earlier releases kept: ${releases.map(({ data_version }) => data_version).join(', ')}`,
      );
    effects.log(
      `${options.out}: data release ${manifest.data_version}${manifest.synthetic ? ' (synthetic)' : ''}`,
    );
    return manifest;
  } finally {
    next?.discard();
    await db.close();
    // What was counted is there for the next build. Without a note it counts again, and the fault that ended this one is told.
    if (!whole) await kept.note().catch(() => undefined);
  }
}
