/** The detectors against made series with known truth: recall, precision, date errors and false events. */
import { addDays, daysBetween, type Day } from '../../data-build/contract/brands.ts';
import { assertNever } from '../../data-build/contract/problem.ts';
import {
  detectInterference,
  INTERFERENCE_NEEDS,
} from '../../data-build/rollup/detectors/interference.ts';
import { detectToolUse } from '../../data-build/rollup/detectors/tool-use.ts';
import type { StratumDay } from '../../data-build/rollup/detectors/series.ts';
import { SINCE, seededRandom } from './event-series.ts';
import { GROUP_KINDS } from './group-kinds.ts';
import type { Aim, MadeCase, MadeKind, View } from './made-case.ts';
import { QUIET_KINDS } from './quiet-kinds.ts';
import { NETWORK_KINDS, STEP_KINDS } from './step-kinds.ts';
import { USE_KINDS } from './use-kinds.ts';

export interface DetectorRow {
  /** Place in the table. */
  readonly order: number;
  readonly kind: string;
  readonly view: View;
  readonly aim: Aim;
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

const KINDS: readonly MadeKind[] = [
  ...QUIET_KINDS,
  ...STEP_KINDS,
  ...NETWORK_KINDS,
  ...GROUP_KINDS,
  ...USE_KINDS,
];

/** How far before and after the true day a found first sign may lie to be of it. */
const NEAR = { before: 7, after: 28 } as const;

type Counts = Omit<
  DetectorRow,
  'order' | 'kind' | 'view' | 'aim' | 'series' | 'years' | 'dateError' | 'dateError90'
>;

interface Tally {
  readonly view: View;
  readonly aim: Aim;
  readonly counts: { -readonly [Name in keyof Counts]: number };
  readonly errors: number[];
  days: number;
}

const VIEWS = [
  'country',
  'networks unknown',
  'one network',
  'group',
  'tool use',
] as const satisfies readonly View[];

/** One kind of series seen in several ways: the same series for each. */
function benchKind(
  kind: MadeKind,
  place: number,
  series: number,
  seed: number,
): readonly DetectorRow[] {
  const random = seededRandom(seed + place);
  const tallies = VIEWS.flatMap((view): readonly Tally[] => {
    const aim = kind.views[view];
    const counts = {
      turns: 0,
      found: 0,
      starts: 0,
      ends: 0,
      endsFound: 0,
      endsNear: 0,
      falseEnds: 0,
      falseEvents: 0,
      bracketed: 0,
    };
    return aim === undefined ? [] : [{ view, aim, counts, errors: [], days: 0 }];
  });
  for (let index = 0; index < series; index++) {
    const made = kind.make(random);
    for (const tally of tallies) judgeSpans(tally, made, spansOf(made.rows, tally.view));
  }
  return tallies.map(({ view, aim, counts, errors, days }, at) => {
    errors.sort((a, b) => a - b);
    return {
      order: place * VIEWS.length + at,
      kind: kind.name,
      view,
      aim,
      series,
      years: days / 365,
      ...counts,
      dateError: errors[Math.floor(errors.length / 2)] ?? null,
      dateError90: errors[Math.floor(errors.length * 0.9)] ?? null,
    };
  });
}

/** What the bench compares of a span of interference or of tool use. */
interface BenchSpan {
  readonly upon: unknown;
  readonly lastNormal: Day | null;
  readonly firstSign: Day;
  readonly firstNormal: Day | null;
}

function spansOf(rows: readonly StratumDay[], view: View): readonly BenchSpan[] {
  switch (view) {
    case 'country':
      return detectSeen(rows, INTERFERENCE_NEEDS.country);
    case 'networks unknown':
      return detectSeen(joinStrata(rows), INTERFERENCE_NEEDS.unknown);
    case 'one network':
      return detectSeen(
        rows.filter(({ stratum }) => stratum === 0),
        INTERFERENCE_NEEDS.network,
      );
    case 'group':
      return detectSeen(rows, INTERFERENCE_NEEDS.group);
    case 'tool use':
      return detectToolUse(rows.map(({ day, tests }) => ({ day, value: tests }))).map((span) => ({
        ...span,
        upon: null,
      }));
    default:
      return assertNever(view);
  }
}

const detectSeen = (...given: Parameters<typeof detectInterference>): readonly BenchSpan[] =>
  detectInterference(...given).filter(({ startSeen }) => startSeen);

function joinStrata(rows: readonly StratumDay[]): readonly StratumDay[] {
  return [...Map.groupBy(rows, ({ day }) => day)].map(([day, list]) => ({
    day,
    stratum: 0,
    tests: list.reduce((sum, { tests }) => sum + tests, 0),
    signs: list.reduce((sum, { signs }) => sum + signs, 0),
  }));
}

function judgeSpans(tally: Tally, made: MadeCase, spans: readonly BenchSpan[]): void {
  const { counts, errors, aim } = tally;
  tally.days += made.days;
  counts.starts += spans.length;
  const turns =
    aim.isSilent === true
      ? []
      : [made.start, made.step].flatMap((day) => (day === null ? [] : [addDays(SINCE, day)]));
  counts.turns += turns.length;
  const matched = new Set<BenchSpan>();
  for (const turn of turns) {
    const near = spans.find((span) => !matched.has(span) && isNear(turn, span.firstSign));
    if (near === undefined) {
      if (aim.isInsideEnough === true && spans.some(({ firstNormal }) => firstNormal === null))
        counts.found += 1;
      continue;
    }
    matched.add(near);
    counts.found += 1;
    errors.push(Math.abs(daysBetween(turn, near.firstSign)));
    if ((near.lastNormal === null || near.lastNormal < turn) && near.firstSign >= turn)
      counts.bracketed += 1;
  }
  counts.falseEvents += spans.length - matched.size;
  countEnds(counts, made, matched);
}

function isNear(turn: Day, found: Day): boolean {
  const late = daysBetween(turn, found);
  return late >= -NEAR.before && late <= NEAR.after;
}

function countEnds(row: Tally['counts'], made: MadeCase, matched: ReadonlySet<BenchSpan>): void {
  const end = made.end === null ? null : addDays(SINCE, made.end);
  const isAsked = made.end !== null && made.days - made.end > 30;
  for (const span of matched) {
    if (span.upon !== null) continue;
    if (isAsked) row.ends += 1;
    if (span.firstNormal === null) continue;
    if (end === null || daysBetween(span.firstNormal, end) > 7) row.falseEnds += 1;
    else if (isAsked) {
      row.endsFound += 1;
      if (Math.abs(daysBetween(end, span.firstNormal)) <= 3) row.endsNear += 1;
    }
  }
}

/** Every `share`th kind from `part` on; all of them by default. Another seed makes other series of the same kinds. */
export function benchDetectors(
  series: number,
  seed: number,
  part = 0,
  share = 1,
): readonly DetectorRow[] {
  return KINDS.flatMap((kind, index) =>
    index % share === part ? benchKind(kind, index, series, seed) : [],
  );
}
