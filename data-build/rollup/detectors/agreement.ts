/**
 * What the other witnesses say of an event. Levels, from the most to the least that may be claimed:
 * interference and a surge of tool use within three days of each other; either alone; tests of all kinds
 * vanishing together. A rise in many countries at once is a change in the figures, not in the world. What is known by
 * week or month alone lies anywhere in it.
 */
import { type Day, daysBetween } from '../../contract/brands.ts';
import type { DetectedEvent } from '../../contract/detected-event.ts';
import type { Agreement } from '../../contract/events.ts';
import { lastDayOf } from './throughput.ts';

export const AGREEMENT_RULE = { id: 'agreement-2', days: 3 } as const;

type Witnessed = Pick<DetectedEvent, 'kind' | 'tool' | 'probe_cc' | 'first_sign' | 'target'>;

/** The level for `event` given every event of the same country or territory that is not of many places at once. */
export function judgeAgreement(event: Witnessed, others: readonly Witnessed[]): Agreement {
  const near = [
    event,
    ...others.filter(
      (other) => other !== event && other.probe_cc === event.probe_cc && areNear(event, other),
    ),
  ];
  // Two that are near the event need not be near each other.
  const agree = (isOne: (of: Witnessed) => boolean, isOther: (of: Witnessed) => boolean): boolean =>
    near.filter(isOne).some((one) => near.some((other) => isOther(other) && areNear(one, other)));
  if (agree(isVanished, isDrop) && !near.some(isSurge)) return 'outage_like';
  if (event.kind !== 'vanished' && agree(isStart, isSurge)) return 'interference_and_surge';
  return isSurge(event) ? 'surge_alone' : 'alone';
}

function areNear(one: Witnessed, other: Witnessed): boolean {
  return isUpTo(one, other) && isUpTo(other, one);
}

/** Whether the first sign of `one` may lie at most three days after that of `other`. */
function isUpTo(one: Witnessed, other: Witnessed): boolean {
  return daysBetween(lastFirstSign(other), one.first_sign) <= AGREEMENT_RULE.days;
}

const lastFirstSign = ({ first_sign, target }: Witnessed): Day => lastDayOf(target, first_sign);

const isStart = ({ kind }: Witnessed): boolean =>
  kind === 'interference_start' || kind === 'interference_rise';
const isSurge = (event: Witnessed): boolean => event.kind === 'surge' && event.tool !== null;
const isDrop = (event: Witnessed): boolean => event.kind === 'drop' && event.tool !== null;
const isVanished = (event: Witnessed): boolean => event.kind === 'vanished';
