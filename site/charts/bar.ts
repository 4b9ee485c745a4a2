/** Bars in the slots of a time axis: a little air between neighbours, and never a wall when there is one alone. */
import type { Period } from '../view/time-frame.ts';
import { round } from './round.ts';
import type { TimeAxis } from './time-axis.ts';

const WIDEST = 48;

export function toBar(
  axis: TimeAxis,
  period: Pick<Period, 'start' | 'end'>,
): { readonly x: number; readonly width: number } {
  const slot = axis.slot(period);
  const air = slot.width >= 4 ? Math.min(2, slot.width * 0.2) : 0;
  const width = Math.min(WIDEST, slot.width - air);
  return { x: round(slot.middle - width / 2), width: round(width) };
}
