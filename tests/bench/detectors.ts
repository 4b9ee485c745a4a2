/** The detectors against made series with known truth: recall, precision, date errors and false events. */
import { addDays, daysBetween, type Day } from '../../data-build/contract/brands.ts';
import {
  detectInterference,
  INTERFERENCE_NEEDS,
} from '../../data-build/rollup/detectors/interference.ts';
import { detectToolUse } from '../../data-build/rollup/detectors/tool-use.ts';
import type { StratumDay } from '../../data-build/rollup/detectors/series.ts';
import { type MadeCase, type MadeKind, NETWORK_KINDS, QUIET_KINDS, STEP_KINDS, USE_KINDS } from './event-kinds.ts';
import { SINCE, seededRandom } from './event-series.ts';

type View = 'country' | 'networks unknown' | 'one network' | 'tool use';

export interface DetectorRow {
  /** Place in the table. */
  readonly order: number;
  readonly kind: string;
  readonly view: View;
  readonly series: number;
  readonly years: number;
  /** Starts and steps that are true, those found, and all that were found. */
  readonly turns: number;
  readonly found: number;
  readonly starts: number;
  /** Days between the true and the found first sign, absolute: median and 90th percentile. */
  readonly dateError: number | null;
  readonly dateError90: number | null;
  /** Ends that are true, found, and found within three days. */
  readonly ends: number;
  readonly endsFound: number;
  readonly endsNear: number;
  readonly falseEnds: number;
  readonly falseEvents: number;
  /** Whether the bracket holds the true day, of those found. */
  readonly bracketed: number;
}

/** How far before and after the true day a found first sign may lie to be of it. */
const NEAR = { before: 7, after: 28 } as const;

function viewOf(rows: readonly StratumDay[], view: Exclude<View, 'tool use'>): readonly StratumDay[] {
  if (view === 'country') return rows;
  if (view === 'one network') return rows.filter(({ stratum }) => stratum === 0);
  const days = Map.groupBy(rows, ({ day }) => day);
  return [...days].map(([day, list]) => ({
    day,
    stratum: 0,
    tests: list.reduce((sum, { tests }) => sum + tests, 0),
    signs: list.reduce((sum, { signs }) => sum + signs, 0),
  }));
}

const NEEDS = {
  country: INTERFERENCE_NEEDS.country,
  'networks unknown': INTERFERENCE_NEEDS.unknown,
  'one network': INTERFERENCE_NEEDS.network,
} as const;

type Counts = Omit<DetectorRow, 'order' | 'kind' | 'view' | 'series' | 'years' | 'dateError' | 'dateError90'>;

interface Tally {
  readonly counts: { -readonly [Name in keyof Counts]: number };
  readonly errors: number[];
  days: number;
}

/** One kind of series seen in several ways: the same series for each. */
function benchKind(
  kind: MadeKind,
  views: readonly View[],
  series: number,
  seed: number,
): readonly DetectorRow[] {
  const random = seededRandom(seed);
  const tallies = views.map((): Tally => ({
    counts: { turns: 0, found: 0, starts: 0, ends: 0, endsFound: 0, endsNear: 0, falseEnds: 0, falseEvents: 0, bracketed: 0 },
    errors: [],
    days: 0,
  }));
  for (let index = 0; index < series; index++) {
    const made = kind.make(random);
    views.forEach((view, at) => {
      const tally = tallies[at];
      if (tally !== undefined) judgeSpans(tally, made, spansOf(made.rows, view));
    });
  }
  return views.flatMap((view, at) => {
    const tally = tallies[at];
    return tally === undefined ? [] : [toRow(seed * 10 + at, kind.name, view, series, tally)];
  });
}

function toRow(order: number, kind: string, view: View, series: number, { counts, errors, days }: Tally): DetectorRow {
  errors.sort((a, b) => a - b);
  return {
    order,
    kind,
    view,
    series,
    years: days / 365,
    ...counts,
    dateError: errors[Math.floor(errors.length / 2)] ?? null,
    dateError90: errors[Math.floor(errors.length * 0.9)] ?? null,
  };
}

/** What the bench compares of a span of interference or of tool use. */
interface BenchSpan {
  readonly upon: unknown;
  readonly lastNormal: Day | null;
  readonly firstSign: Day;
  readonly firstNormal: Day | null;
}

function spansOf(rows: readonly StratumDay[], view: View): readonly BenchSpan[] {
  if (view === 'tool use')
    return detectToolUse(rows.map(({ day, tests }) => ({ day, value: tests }))).map((span) => ({
      ...span,
      upon: null,
    }));
  return detectInterference(viewOf(rows, view), NEEDS[view]).filter(({ startSeen }) => startSeen);
}

function judgeSpans(tally: Tally, made: MadeCase, spans: readonly BenchSpan[]): void {
  const { counts, errors } = tally;
  tally.days += made.days;
  counts.starts += spans.length;
  const turns = [made.start, made.step].flatMap((day) => (day === null ? [] : [addDays(SINCE, day)]));
  counts.turns += turns.length;
  const matched = new Set<BenchSpan>();
  for (const turn of turns) {
    const near = spans.find((span) => !matched.has(span) && isNear(turn, span.firstSign));
    if (near === undefined) continue;
    matched.add(near);
    counts.found += 1;
    errors.push(Math.abs(daysBetween(turn, near.firstSign)));
    if ((near.lastNormal === null || near.lastNormal < turn) && near.firstSign >= turn) counts.bracketed += 1;
  }
  counts.falseEvents += spans.length - matched.size;
  countEnds(counts, made, matched);
}

function isNear(turn: Day, found: Day): boolean {
  const late = daysBetween(turn, found);
  return late >= -NEAR.before && late <= NEAR.after;
}

function countEnds(
  row: { ends: number; endsFound: number; endsNear: number; falseEnds: number },
  made: MadeCase,
  matched: ReadonlySet<BenchSpan>,
): void {
  const end = made.end === null ? null : addDays(SINCE, made.end);
  for (const span of matched) {
    if (span.upon !== null) continue;
    if (end !== null && made.days - (made.end ?? 0) > 30) row.ends += 1;
    if (span.firstNormal === null) continue;
    if (end === null || daysBetween(span.firstNormal, end) > 7) row.falseEnds += 1;
    else if (made.days - (made.end ?? 0) > 30) {
      row.endsFound += 1;
      if (Math.abs(daysBetween(end, span.firstNormal)) <= 3) row.endsNear += 1;
    }
  }
}

/** The kinds with the views in which they tell something. */
const PLAN: readonly { readonly kind: MadeKind; readonly views: readonly View[] }[] = [
  ...QUIET_KINDS.map((kind) => ({
    kind,
    views: /^(?:quiet|drift|middling)/.test(kind.name)
      ? (['country', 'networks unknown', 'one network'] as const)
      : (['country', 'networks unknown'] as const),
  })),
  ...STEP_KINDS.map((kind) => ({ kind, views: ['country', 'networks unknown'] as const })),
  ...NETWORK_KINDS.map((kind) => ({ kind, views: ['one network'] as const })),
  ...USE_KINDS.map((kind) => ({ kind, views: ['tool use'] as const })),
];

/** Every `share`th kind from `part` on; all of them by default. */
export function benchDetectors(series: number, part = 0, share = 1): readonly DetectorRow[] {
  return PLAN.flatMap(({ kind, views }, index) =>
    index % share === part ? benchKind(kind, views, series, 1000 + index) : [],
  );
}

export function isDetectorRow(row: unknown): row is DetectorRow {
  return typeof row === 'object' && row !== null && 'falseEvents' in row && 'order' in row;
}

export function formatDetectors(rows: readonly DetectorRow[]): string {
  const share = (part: number, whole: number): string => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`);
  const cells = rows.map((row) => [
    row.kind,
    row.view,
    String(row.series),
    share(row.found, row.turns),
    share(row.found, row.starts),
    row.dateError === null ? '' : `${row.dateError} / ${row.dateError90 ?? ''}`,
    share(row.bracketed, row.found),
    share(row.endsFound, row.ends),
    share(row.endsNear, row.ends),
    row.turns === 0 ? '' : String(row.falseEnds),
    `${row.falseEvents} (${((40 * row.falseEvents) / row.years).toFixed(2)})`,
  ]);
  const head = ['kind', 'view', 'series', 'recall', 'precision', 'date error', 'bracketed', 'ends', 'ends ±3', 'false ends', 'false (per 40 years)'];
  const widths = head.map((title, at) => Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)));
  return [head, ...cells].map((line) => line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')).join('\n');
}
