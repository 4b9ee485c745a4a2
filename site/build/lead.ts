/** The finding that the page of a network begins with. */
import type { BuildData } from '../engine/build-data.ts';
import { newestEvent, type Finding } from '../figures/safe/lead.ts';
import type { EventRow } from '../query/witnesses.ts';
import { loadEventList, toViews } from './events.ts';

/** The newest event of a network. */
export async function networkLead(
  data: BuildData,
  isOf: (event: EventRow) => boolean,
): Promise<Finding | null> {
  const { rows } = await loadEventList(data);
  return newestEvent(await toViews(data, rows.filter(isOf)));
}
