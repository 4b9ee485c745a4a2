/**
 * What the other witnesses say of an event. Levels, from the most to the least that may be claimed:
 * interference and a surge of tool use within three days of each other; either alone; tests of all kinds
 * vanishing together. A rise in many countries at once is a change in the figures, not in the world.
 */
import { daysBetween, type Day } from '../../contract/brands.ts';
import type { Term } from '../../contract/vocabulary.ts';

export const AGREEMENTS = {
  interference_and_surge: {
    label: 'two witnesses agree',
    about: 'Signs of interference and a surge in tool use began within three days of each other.',
  },
  alone: {
    label: 'one witness',
    about: 'Seen by this witness alone; the others show no change, or have no data.',
  },
  surge_alone: {
    label: 'surge alone',
    about:
      'Tool use rose without a change in what was tested: something untested, or an outage elsewhere.',
  },
  outage_like: {
    label: 'everything fell together',
    about:
      'Speed tests vanished while tool use dropped: an outage or shutdown, not selective interference.',
  },
  global_change: {
    label: 'many places at once',
    about:
      'So many countries and territories changed on the same days that the figures themselves did.',
  },
} as const satisfies Record<string, Term>;
export type Agreement = keyof typeof AGREEMENTS;

export const AGREEMENT_RULE = { id: 'agreement-1', days: 3 } as const;

export interface Witnessed {
  readonly witness: 'interference' | 'throughput' | 'tools';
  readonly kind: string;
  readonly probeCc: string;
  readonly firstSign: Day;
  readonly lastSign: Day | null;
}

/** The level for `event` given every event of the same country or territory. */
export function judgeAgreement(event: Witnessed, others: readonly Witnessed[]): Agreement {
  const near = others.filter(
    (other) =>
      other !== event &&
      other.probeCc === event.probeCc &&
      Math.abs(daysBetween(event.firstSign, other.firstSign)) <= AGREEMENT_RULE.days,
  );
  const interference = isStart(event) || near.some(isStart);
  const surge = isSurge(event) || near.some(isSurge);
  const vanished = isVanished(event) || near.some(isVanished);
  const drop = isDrop(event) || near.some(isDrop);
  if (vanished && drop && !surge) return 'outage_like';
  if (interference && surge && event.kind !== 'vanished') return 'interference_and_surge';
  return isSurge(event) ? 'surge_alone' : 'alone';
}

const isStart = (event: Witnessed): boolean => event.kind === 'interference_start';
const isSurge = (event: Witnessed): boolean => event.kind === 'surge';
const isDrop = (event: Witnessed): boolean => event.witness === 'tools' && event.kind === 'drop';
const isVanished = (event: Witnessed): boolean => event.kind === 'vanished';
