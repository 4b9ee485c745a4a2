/** What a benchmark found, as rows of one table. */

export interface BenchRow {
  readonly bench: string;
  /** The best of the runs; comparing best with best keeps other work on the machine out. */
  readonly value: number;
  readonly unit: 'MB/s' | 'ms' | 's' | 'kB';
  /** This row's time as a multiple of the baseline's, measured in the same run; null for a baseline. */
  readonly ratio: number | null;
  readonly note: string;
}

/** Best wall-clock time of `runs` runs, in milliseconds. */
export async function timeBest(runs: number, work: () => Promise<unknown>): Promise<number> {
  let best = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    await work();
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/** Columns padded to their widest cell. */
export function formatTable(rows: readonly BenchRow[]): string {
  const cells = rows.map(({ bench, value, unit, ratio, note }) => [
    bench,
    value.toFixed(value < 10 ? 2 : 0),
    unit,
    ratio === null ? '' : `${ratio.toFixed(2)}×`,
    note,
  ]);
  const table = [['benchmark', 'value', 'unit', 'ratio', 'note'], ...cells];
  const widths = [0, 1, 2, 3, 4].map((at) =>
    Math.max(...table.map((row) => (row[at] ?? '').length)),
  );
  return table
    .map((row) =>
      row
        .map((cell, at) =>
          at === 1 || at === 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
