/** The finding that a page begins with: what is confirmed, and the newest detected event; totals come after. */
import type { BuildData } from '../engine/build-data.ts';
import type { EventRow } from '../query/witnesses.ts';
import type { EventView } from '../view/events.ts';
import { loadEventList, toViews } from './events.ts';
import type { SafeEntry } from './safe.ts';

/**
 * Null: nothing was found, or nothing that the totals do not say. `of` says what the sentences name; the heading of the
 * page names the other.
 */
export function leadOf(
  entries: readonly SafeEntry[],
  totals: string,
  of: 'target' | 'place',
  events: readonly EventView[] = [],
): string | null {
  const since = ({ made }: SafeEntry): string => made.request.frame?.since ?? '';
  const isEvent = ({ made }: SafeEntry): number => (made.view.safe.course === null ? 0 : 1);
  const leadAt = (level: string): string | null =>
    entries
      .filter(({ made: { view } }) => view.safe.level === level)
      .filter(({ made: { view } }) => view.share !== null && !totals.includes(view.share))
      .toSorted((a, b) => isEvent(b) - isEvent(a) || (since(a) < since(b) ? 1 : -1))
      .map(({ made }) => made.view.lead?.[of] ?? null)[0] ?? null;
  const found = [leadAt('confirmed'), leadAt('signs') ?? newestEvent(events)];
  return join(found);
}

/** The newest event of a network. */
export async function networkLead(
  data: BuildData,
  isOf: (event: EventRow) => boolean,
): Promise<string | null> {
  const { rows } = await loadEventList(data);
  return newestEvent(await toViews(data, rows.filter(isOf)));
}

/** Of whole places before single networks, then the newest. */
function newestEvent(events: readonly EventView[]): string | null {
  const [newest] = events
    .filter(
      ({ event }) =>
        event.agreement !== 'global_change' &&
        (event.kind === 'interference_start' || event.kind === 'interference_rise'),
    )
    .toSorted(
      ({ event: a }, { event: b }) =>
        Number(a.probe_asn !== null) - Number(b.probe_asn !== null) ||
        (a.first_sign < b.first_sign ? 1 : -1),
    );
  return newest?.words.sentence ?? null;
}

function join(sentences: readonly (string | null)[]): string | null {
  const found = sentences.filter((sentence) => sentence !== null);
  return found.length === 0 ? null : found.join(' ');
}
