/** What the world map says of one place in one period: a level per witness. */
import { LONE_PERIOD } from '../../../data-build/contract/floors.ts';
import { assertNever } from '../../../data-build/contract/problem.ts';
import { toEvidence, type WorldLevel } from '../../view/evidence.ts';
import { floorOf, toRate, type Rate } from '../../view/rate.ts';
import type { WorldFacts } from './facts.ts';

export interface WorldPlaceView {
  readonly code: string;
  readonly name: string;
  readonly level: WorldLevel;
  /** Its share rests on one network. */
  readonly alone: boolean;
  /** `Kenya: weak signs`. */
  readonly label: string;
}

/** Speed tests per period below which nothing is said; the same number the slowdown detector asks for. */
export const THROUGHPUT_FLOOR = 100;
/** Well measured periods before, without which nothing is usual or unusual; as the detector asks for. */
export const THROUGHPUT_BASELINE = { week: 6, month: 5 } as const;
/** Estimated clients below which a publisher’s figures are too coarse; as the detector asks for. */
export const TOOLS_FLOOR = 50;

/** The interference rate of a place in a period, or why there is none. */
export function toWorldRate(facts: Extract<WorldFacts, { witness: 'interference' }>): Rate {
  return toRate(facts, facts.lone ? LONE_PERIOD : floorOf(facts));
}

/** How strong the evidence is. Null: nothing from this place in this period. */
export function toWorldLevel(facts: WorldFacts | null): WorldLevel {
  if (facts === null) return 'not_tested';
  switch (facts.witness) {
    case 'interference': {
      const rate = toWorldRate(facts);
      if (rate.kind === 'not_tested') return 'not_tested';
      if (rate.kind === 'too_few') return 'few';
      return toEvidence({
        lower: rate.lower,
        confirmed: facts.confirmed_count,
        networks: facts.network_count,
        days: facts.day_count,
      });
    }
    case 'throughput':
    case 'tools':
    case 'indicators':
      if (facts.event !== null) return facts.event;
      return facts.judged ? 'usual' : 'few';
    default:
      return assertNever(facts);
  }
}
