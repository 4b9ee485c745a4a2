/** What a benchmark found, as rows of one table, and as a table of docs/performance.md. */
import { readFileSync, writeFileSync } from 'node:fs';

export interface BenchRow {
  readonly bench: string;
  /** The best of the runs; comparing best with best keeps other work on the machine out. */
  readonly value: number;
  readonly unit: 'MB/s' | 'MB' | 'ms' | 's' | 'kB' | '';
  /** This row's time as a multiple of the baseline's, measured in the same run; null for a baseline. */
  readonly ratio: number | null;
  readonly note: string;
  /** What it is to be at most, as a reader of docs/performance.md sees it. */
  readonly goal?: string;
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

export interface Cost {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of all threads of this process together. */
  readonly cpu: number;
}

/** The least of several runs, each of the two by itself. */
export async function measureCost(runs: number, work: () => Promise<unknown>): Promise<Cost> {
  let wall = Infinity;
  let cpu = Infinity;
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    wall = Math.min(wall, (performance.now() - began) / 1000);
    cpu = Math.min(cpu, (user + system) / 1e6);
  }
  return { wall, cpu };
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

const formatValue = ({ value, unit }: BenchRow): string => {
  const digits = unit !== '' && value < 10 ? 2 : 0;
  const number = value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${number} ${unit}`.trim();
};

/** Columns of the table in docs that hold numbers. */
const NUMBERS = [1, 2, 3];

/** Puts the rows between the marks of this name in a page of docs. Throws when the page has no such marks. */
export function writeDocs(file: string, name: string, rows: readonly BenchRow[]): void {
  const text = readFileSync(file, 'utf8');
  const marks = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`] as const;
  const [start, end] = [text.indexOf(marks[0]), text.indexOf(marks[1])];
  if (start === -1 || end < start)
    throw new Error(`${file} has no place for ${name}. Put ${marks.join(' and ')} into it.`);
  const lines = [
    ['figure', 'measured', 'times its reference', 'goal', 'of what'],
    ...rows.map((row) => [
      row.bench,
      formatValue(row),
      row.ratio === null ? '' : row.ratio.toFixed(2),
      row.goal ?? '',
      row.note,
    ]),
  ];
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const padded = lines.map((line) =>
    line.map((cell, at) =>
      NUMBERS.includes(at) ? cell.padStart(widths?.[at] ?? 0) : cell.padEnd(widths?.[at] ?? 0),
    ),
  );
  const rule = widths?.map((width, at) =>
    NUMBERS.includes(at) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  const table = [padded[0], rule, ...padded.slice(1)]
    .map((row) => `| ${row?.join(' | ') ?? ''} |`)
    .join('\n');
  writeFileSync(file, `${text.slice(0, start)}${marks[0]}\n\n${table}\n\n${text.slice(end)}`);
}
