/** What the bench of detectors found, as a table in plain words: what was aimed at, and whether it is met. */
import type { DetectorRow } from './detectors.ts';

export function isDetectorRow(row: unknown): row is DetectorRow {
  return (
    typeof row === 'object' &&
    row !== null &&
    'falseEvents' in row &&
    'order' in row &&
    'aim' in row
  );
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;

/** False events in 40 series-years. */
export const falseRate = (row: DetectorRow): number => (40 * row.falseEvents) / row.years;

/** What of its aim a row misses; empty where all is met. */
export function missesOf(row: DetectorRow): readonly string[] {
  const { mostFalse, leastFound, leastEnds, mostFalseEnds } = row.aim;
  return [
    ...(mostFalse !== undefined && falseRate(row) > mostFalse ? ['false events'] : []),
    ...(leastFound !== undefined && row.found < leastFound * row.turns ? ['found'] : []),
    ...(leastEnds !== undefined && row.endsNear < leastEnds * row.ends ? ['ends'] : []),
    ...(mostFalseEnds !== undefined && row.falseEnds > mostFalseEnds * row.found
      ? ['false ends']
      : []),
  ];
}

function aimOf({ aim, turns, ends }: DetectorRow): string {
  const { mostFalse, leastFound, leastEnds, mostFalseEnds } = aim;
  return [
    ...(mostFalse === undefined
      ? []
      : [mostFalse < 0.4 ? 'no false event in 100 years' : `false ≤ ${mostFalse}`]),
    ...(leastFound === undefined || turns === 0 ? [] : [`found ≥ ${100 * leastFound} %`]),
    ...(leastEnds === undefined || ends === 0 ? [] : [`ends ≥ ${100 * leastEnds} %`]),
    ...(mostFalseEnds === undefined ? [] : [`false ends ≤ ${100 * mostFalseEnds} %`]),
  ].join(', ');
}

function verdictOf(row: DetectorRow): string {
  const misses = missesOf(row);
  return misses.length === 0 ? 'met' : `MISSED: ${misses.join(', ')}`;
}

const HEAD = [
  'made series',
  'seen as',
  'found',
  'right',
  'days off',
  'in bracket',
  'ends ±3 days',
  'false ends',
  'false in 40 years',
  'aim',
  'verdict',
];

export function formatDetectors(rows: readonly DetectorRow[], seed: number): string {
  const cells = rows.map((row) => [
    row.kind,
    row.view,
    percent(row.found, row.turns),
    row.turns === 0 ? '' : percent(row.found, row.starts),
    row.dateError === null ? '' : `${row.dateError}, 9 in 10: ${row.dateError90 ?? ''}`,
    row.dateError === null ? '' : percent(row.bracketed, row.found),
    percent(row.endsNear, row.ends),
    row.turns === 0 ? '' : String(row.falseEnds),
    `${falseRate(row).toFixed(2)} (${row.falseEvents})`,
    aimOf(row),
    verdictOf(row),
  ]);
  const widths = HEAD.map((title, at) =>
    Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)),
  );
  const table = [HEAD, ...cells].map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const missed = rows.filter((row) => missesOf(row).length > 0).length;
  return [
    `${rows[0]?.series ?? 0} made series of each kind, about a year each; seed ${seed}.`,
    ...table,
    missed === 0
      ? `All ${rows.length} rows meet their aim.`
      : `${missed} of ${rows.length} rows miss their aim.`,
  ].join('\n');
}
