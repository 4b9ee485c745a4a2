/**
 * Detector `method-change-2`: inside interference with one target, the leading method gave way to another. By
 * week: a change is a new leader with at least two thirds of the week's interfered measurements (at least 10
 * of them) in two weeks running, after two such weeks of another leader.
 *
 * That must hold within networks too, since every network has its own method and who tests changes: the networks with
 * signs both in the last two weeks of the old leader and in the first two of the new one are summed with the same weight
 * on both sides (Mantel and Haenszel 1959: n1·n0/(n0 + n1)), and so summed the old method leads by at least half before
 * and the new one by two thirds after. They must hold a third of the signs on either side.
 */
import type { Day } from '../../contract/brands.ts';
import type { BlockingMethod } from '../../contract/vocabulary.ts';
import { sum } from './series.ts';

export const METHOD_CHANGE_DETECTOR = {
  id: 'method-change-2',
  share: 2 / 3,
  shareBefore: 1 / 2,
  /** Share of the signs that must be of networks with signs on both sides. */
  matched: 1 / 3,
  minimumSigns: 10,
  weeks: 2,
} as const;

/** Signs of one network in one week, by method; network null where counts name none. */
export interface MethodWeek {
  /** The Monday. */
  readonly week: Day;
  readonly network: number | null;
  readonly counts: Map<BlockingMethod, number>;
}

export interface MethodChange {
  readonly from: BlockingMethod;
  readonly to: BlockingMethod;
  /** Monday of the last week led by the old method. */
  readonly lastNormal: Day;
  /** Monday of the first week led by the new one. */
  readonly firstSign: Day;
  /** Share of the new method in its first two weeks, 0–1. */
  readonly share: number;
  readonly signs: number;
  /** Whether it holds without any one of the networks; null where networks are not known. */
  readonly robust: boolean | null;
}

interface Led {
  readonly week: Day;
  readonly leader: BlockingMethod;
  readonly share: number;
  readonly signs: number;
}

/** Changes of the leading method; weeks must ascend, weeks without a clear leader are passed over. */
export function detectMethodChanges(rows: readonly MethodWeek[]): readonly MethodChange[] {
  const led = [...new Set(rows.map(({ week }) => week))].flatMap((week) =>
    toLed(
      week,
      rows.filter((row) => row.week === week),
    ),
  );
  const changes: MethodChange[] = [];
  let settled: Led[] | null = null;
  for (let at = METHOD_CHANGE_DETECTOR.weeks - 1; at < led.length; at++) {
    const run = led.slice(at - METHOD_CHANGE_DETECTOR.weeks + 1, at + 1);
    const first = run[0];
    if (first === undefined || run.some((each) => each.leader !== first.leader)) continue;
    const old = settled?.[0]?.leader ?? null;
    if (settled !== null && old !== null && old !== first.leader) {
      const within = compareWithin(rows, settled, run);
      // What networks do not show is a change of who tests: the old method goes on.
      if (within === null) continue;
      const signs = sum(run, (each) => each.signs);
      changes.push({
        from: old,
        to: first.leader,
        lastNormal: led.slice(0, at).findLast((each) => each.leader === old)?.week ?? first.week,
        firstSign: first.week,
        share: sum(run, (each) => each.share * each.signs) / signs,
        signs,
        robust: within.robust,
      });
    }
    settled = run;
  }
  return changes;
}

function toLed(week: Day, rows: readonly MethodWeek[]): Led[] {
  const totals = new Map<BlockingMethod, number>();
  for (const { counts } of rows)
    for (const [method, count] of counts) totals.set(method, (totals.get(method) ?? 0) + count);
  const signs = sum([...totals.values()], (count) => count);
  const [leader, most] = [...totals].toSorted(([, a], [, b]) => b - a)[0] ?? [null, 0];
  if (leader === null || signs < METHOD_CHANGE_DETECTOR.minimumSigns) return [];
  const share = most / signs;
  return share >= METHOD_CHANGE_DETECTOR.share ? [{ week, leader, share, signs }] : [];
}

/** Signs of one network in the two weeks before and the two after: of the old method, of the new one, and in all. */
interface Sides {
  readonly before: { old: number; all: number };
  readonly after: { new: number; all: number };
}

function compareWithin(
  rows: readonly MethodWeek[],
  before: readonly Led[],
  after: readonly Led[],
): { readonly robust: boolean | null } | null {
  const [from, to] = [before[0]?.leader, after[0]?.leader];
  if (from === undefined || to === undefined) return null;
  const networks = new Map<number | null, Sides>();
  for (const { week, network, counts } of rows) {
    const sides = networks.get(network) ?? {
      before: { old: 0, all: 0 },
      after: { new: 0, all: 0 },
    };
    networks.set(network, sides);
    const all = sum([...counts.values()], (count) => count);
    if (before.some((each) => each.week === week)) {
      sides.before.old += counts.get(from) ?? 0;
      sides.before.all += all;
    } else if (after.some((each) => each.week === week)) {
      sides.after.new += counts.get(to) ?? 0;
      sides.after.all += all;
    }
  }
  if (networks.has(null)) return { robust: null };
  const list = [...networks.values()];
  if (!holds(list)) return null;
  return { robust: list.every((left) => holds(list.filter((each) => each !== left))) };
}

function holds(networks: readonly Sides[]): boolean {
  const { share, shareBefore, matched } = METHOD_CHANGE_DETECTOR;
  const both = networks.filter(({ before, after }) => before.all > 0 && after.all > 0);
  const [allBefore, allAfter] = [
    sum(networks, ({ before }) => before.all),
    sum(networks, ({ after }) => after.all),
  ];
  if (sum(both, ({ before }) => before.all) < matched * allBefore) return false;
  if (sum(both, ({ after }) => after.all) < matched * allAfter) return false;
  const weightOf = ({ before, after }: Sides): number =>
    (before.all * after.all) / (before.all + after.all);
  const weight = sum(both, weightOf);
  if (weight === 0) return false;
  return (
    sum(both, (each) => weightOf(each) * (each.before.old / each.before.all)) >=
      shareBefore * weight &&
    sum(both, (each) => weightOf(each) * (each.after.new / each.after.all)) >= share * weight
  );
}
