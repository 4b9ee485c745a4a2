/** The last lines of a build: rows and bytes per table, and what was not used. */
import type { Manifest, RejectEntry } from './contract/manifest.ts';
import { isAskedFor, REASONS } from './contract/problem.ts';
import type { BuildEffects } from './effects.ts';

function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** Rows, files and kilobytes of each table. */
export function logTables(manifest: Manifest, effects: BuildEffects): void {
  const tables = new Map<string, { rows: number; files: number; bytes: number }>();
  for (const { table, rows, bytes } of manifest.files) {
    const sum = tables.get(table) ?? { rows: 0, files: 0, bytes: 0 };
    tables.set(table, {
      rows: sum.rows + rows,
      files: sum.files + 1,
      bytes: sum.bytes + bytes,
    });
  }
  effects.log('Tables:');
  for (const [table, { rows, files, bytes }] of tables) {
    effects.log(
      `  ${table.padEnd(36)} ${formatCount(rows).padStart(12)} rows ${formatCount(files).padStart(7)} files ${formatCount(Math.ceil(bytes / 1024)).padStart(10)} kB`,
    );
  }
  const { measurements, aggregation, reconciled, superseded } = manifest.cells;
  effects.log(
    `Cells of day × country or territory × test: ${formatCount(measurements)} from measurements, ${formatCount(aggregation)} from published counts (${formatCount(reconciled)} reconciled); in ${formatCount(superseded)} something smaller was kept out.`,
  );
}

/** What was rejected and why, with the first place of each. Days outside the chosen dates are listed separately. */
export function logRejects(rejects: readonly RejectEntry[], effects: BuildEffects): void {
  const faults = rejects.filter((reject) => !isAskedFor(reject));
  const asked = rejects.filter(isAskedFor);
  if (faults.length === 0)
    effects.log(
      asked.length === 0
        ? 'Not used: nothing; every line and file was.'
        : 'Not used: nothing but what was asked to be left out.',
    );
  else {
    effects.log('Not used:');
    for (const reject of faults) logReject(reject, effects);
  }
  if (asked.length === 0) return;
  effects.log('Left out, as asked:');
  for (const reject of asked) logReject(reject, effects);
}

function logReject(
  { stage, reason, source, count, samples }: RejectEntry,
  effects: BuildEffects,
): void {
  effects.log(
    `  ${stage.padEnd(10)} ${reason.padEnd(20)} ${formatCount(count).padStart(10)}  ${source ?? '-'}: ${REASONS[reason].what}`,
  );
  const [first] = samples;
  if (first === undefined) return;
  const place = first.line === null ? first.file : `${first.file}:${first.line}`;
  effects.log(
    `  ${' '.repeat(42)}  e.g. ${place}${first.detail === '' ? '' : ` (${first.detail})`}`,
  );
}
