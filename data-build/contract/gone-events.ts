/**
 * Events that an earlier release had and this one does not find, under whatever name. They lie beside the kept releases, one
 * file a licence, and go from release to release for a while, so that feeds can say so.
 */
import type { InferOutput } from 'valibot';
import { daysBetween, type Day } from './brands.ts';
import { EVENT_KINDS } from './events.ts';
import { toEventId } from './event-id.ts';
import { LICENCES, PUBLISHERS, type LicenceSlug } from './publishers.ts';
import { RELEASES_FOLDER } from './releases.ts';
import {
  asnOrNull,
  country,
  day,
  dayOrNull,
  list,
  matching,
  readShape,
  record,
  text,
  textOrNull,
  word,
  wordOrNull,
} from './shape.ts';
import { BLOCKING_METHODS, CATEGORY_CODES } from './vocabulary.ts';

/** Days of data for which feeds go on to say it, so that they do not grow for ever. */
export const GONE_DAYS = 90;

const GONE_EVENT = record({
  event_id: matching<string>((value) => toEventId(value) !== null, 'an id of an event'),
  source: word(PUBLISHERS),
  licence: word(LICENCES),
  kind: word(EVENT_KINDS),
  probe_cc: country,
  probe_asn: asnOrNull,
  network_name: textOrNull,
  target: text,
  test_name: textOrNull,
  domain: textOrNull,
  category_code: wordOrNull(CATEGORY_CODES),
  tool: textOrNull,
  blocking_method: wordOrNull(BLOCKING_METHODS),
  first_sign: day,
  first_normal: dayOrNull,
  /** Category of its website on the test lists. */
  listed: wordOrNull(CATEGORY_CODES),
  /** Last day of the first release that did not find it. */
  gone: day,
});
export type GoneEvent = InferOutput<typeof GONE_EVENT>;

const GONE_FILE = record({ events: list(GONE_EVENT) });

/** `releases/gone-cc0.json`. */
export function goneFile(licence: LicenceSlug): string {
  return `${RELEASES_FOLDER}/gone-${licence}.json`;
}

/** Of a parsed file those under the licence; none of a file of another shape, or where there is none. */
export function parseGone(json: unknown, licence: LicenceSlug): readonly GoneEvent[] {
  const read = readShape(GONE_FILE, json, 'gone');
  return read.ok ? read.value.events.filter((event) => event.licence === licence) : [];
}

/** Whether a release that ends on `lastDay` still says it. */
export function isStillTold({ gone }: GoneEvent, lastDay: Day): boolean {
  return daysBetween(gone, lastDay) <= GONE_DAYS;
}
