/**
 * Detector `method-change-1`: inside interference with one target, the leading method gave way to another. By
 * week: a change is a new leader with at least two thirds of the week's interfered measurements (at least 10
 * of them) in two weeks running, after two such weeks of another leader.
 */
import type { Day } from '../../contract/brands.ts';
import type { BlockingMethod } from '../../contract/vocabulary.ts';

export const METHOD_CHANGE_DETECTOR = {
  id: 'method-change-1',
  share: 2 / 3,
  minimumSigns: 10,
  weeks: 2,
} as const;

export interface MethodWeek {
  /** The Monday. */
  readonly week: Day;
  readonly counts: ReadonlyMap<BlockingMethod, number>;
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
}

interface Led {
  readonly week: Day;
  readonly leader: BlockingMethod;
  readonly share: number;
  readonly signs: number;
}

/** Changes of the leading method; weeks must ascend, weeks without a clear leader are passed over. */
export function detectMethodChanges(weeks: readonly MethodWeek[]): readonly MethodChange[] {
  const led = weeks.flatMap(toLed);
  const changes: MethodChange[] = [];
  let settled: BlockingMethod | null = null;
  for (let at = METHOD_CHANGE_DETECTOR.weeks - 1; at < led.length; at++) {
    const run = led.slice(at - METHOD_CHANGE_DETECTOR.weeks + 1, at + 1);
    const first = run[0];
    if (first === undefined || run.some((each) => each.leader !== first.leader)) continue;
    const before = led[at - METHOD_CHANGE_DETECTOR.weeks];
    if (settled !== null && settled !== first.leader && before !== undefined) {
      const signs = run.reduce((total, each) => total + each.signs, 0);
      const lastNormal = led.slice(0, at).findLast((each) => each.leader === settled);
      changes.push({
        from: settled,
        to: first.leader,
        lastNormal: lastNormal?.week ?? before.week,
        firstSign: first.week,
        share: run.reduce((total, each) => total + each.share * each.signs, 0) / signs,
        signs,
      });
    }
    settled = first.leader;
  }
  return changes;
}

function toLed(week: MethodWeek): Led[] {
  let leader: BlockingMethod | null = null;
  let most = 0;
  let signs = 0;
  for (const [method, count] of week.counts) {
    signs += count;
    if (count > most) [leader, most] = [method, count];
  }
  if (leader === null || signs < METHOD_CHANGE_DETECTOR.minimumSigns) return [];
  const share = most / signs;
  return share >= METHOD_CHANGE_DETECTOR.share ? [{ week: week.week, leader, share, signs }] : [];
}
