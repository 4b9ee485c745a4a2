/**
 * What the other witnesses say of an event. Levels, from the most to the least that may be claimed:
 * interference and a surge of tool use within three days of each other; either alone; tests of all kinds
 * vanishing together. A rise in many countries at once is a change in the figures, not in the world.
 */
import { daysBetween } from '../../contract/brands.ts';
import type { DetectedEvent } from '../../contract/detected-event.ts';
import type { Agreement } from '../../contract/events.ts';

export const AGREEMENT_RULE = { id: 'agreement-1', days: 3 } as const;

type Witnessed = Pick<DetectedEvent, 'kind' | 'tool' | 'probe_cc' | 'first_sign'>;

/** The level for `event` given every event of the same country or territory. */
export function judgeAgreement(event: Witnessed, others: readonly Witnessed[]): Agreement {
  const near = others.filter(
    (other) =>
      other !== event &&
      other.probe_cc === event.probe_cc &&
      Math.abs(daysBetween(event.first_sign, other.first_sign)) <= AGREEMENT_RULE.days,
  );
  const interference = isStart(event) || near.some(isStart);
  const surge = isSurge(event) || near.some(isSurge);
  const vanished = isVanished(event) || near.some(isVanished);
  const drop = isDrop(event) || near.some(isDrop);
  if (vanished && drop && !surge) return 'outage_like';
  if (interference && surge && event.kind !== 'vanished') return 'interference_and_surge';
  return isSurge(event) ? 'surge_alone' : 'alone';
}

const isStart = ({ kind }: Witnessed): boolean =>
  kind === 'interference_start' || kind === 'interference_rise';
const isSurge = (event: Witnessed): boolean => event.kind === 'surge' && event.tool !== null;
const isDrop = (event: Witnessed): boolean => event.kind === 'drop' && event.tool !== null;
const isVanished = (event: Witnessed): boolean => event.kind === 'vanished';
