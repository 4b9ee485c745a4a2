/** How the list of events can be ordered. */
import { assertNever } from '../../data-build/contract/problem.ts';

/** The first is the order as it is published. */
export const EVENT_ORDERS = ['newest', 'oldest', 'strongest', 'longest'] as const;
export type EventOrder = (typeof EVENT_ORDERS)[number];

/** What an entry of the list is ordered by. */
export interface OrderedEvent {
  readonly since: string;
  readonly strength: number;
  readonly days: number;
}

/** Of equals the newer one comes first. */
export function compareEvents(order: EventOrder, a: OrderedEvent, b: OrderedEvent): number {
  const newer = a.since < b.since ? 1 : a.since > b.since ? -1 : 0;
  switch (order) {
    case 'newest':
      return newer;
    case 'oldest':
      return -newer;
    case 'strongest':
      return b.strength - a.strength || newer;
    case 'longest':
      return b.days - a.days || newer;
    default:
      return assertNever(order);
  }
}
