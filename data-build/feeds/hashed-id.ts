/** What an event was called before its name could be read: a hash of all that found it. Such addresses still lead on. */
import { turnDay, type NamedEvent } from '../contract/event-id.ts';
import { hashOf } from '../hash.ts';

export function hashedId(event: NamedEvent & { readonly detector_id: string }): string {
  const { source, kind, probe_cc, probe_asn, target, detector_id } = event;
  return hashOf(
    JSON.stringify([source, kind, probe_cc, probe_asn, target, detector_id, turnDay(event)]),
  ).slice(0, 12);
}
