/** What a timeline says at its top: the strongest event, or over which days nothing was found. */
import { addDays, daysBetween, type Day } from '../../../data-build/contract/brands.ts';
import { witnessOf } from '../../../data-build/contract/detected-event.ts';
import { silentSince } from '../../../data-build/contract/event-brackets.ts';
import { isEndless } from '../../../data-build/contract/event-terms.ts';
import { translate } from '../../i18n/translate.ts';
import type { EventRow } from '../../query/witnesses.ts';
import { formatFrame, type ViewContext } from '../../view/context.ts';
import { strongestOf, toEventView } from '../../view/events.ts';
import { formatDay, formatDayRange, formatItems, formatPercent } from '../../view/format.ts';
import { totalRate } from '../../view/outcome-counts.ts';
import { formatShare } from '../../view/rate.ts';
import { EVIDENCE_BOUNDS } from '../../view/evidence.ts';
import type { WitnessMaterial, WitnessTrack } from './tracks.ts';

/** `events` are those of the window, strongest first. */
export function toTitle(
  events: readonly EventRow[],
  tracks: readonly WitnessTrack[],
  material: WitnessMaterial,
  context: ViewContext,
): string {
  const { dataUntil, led } = material;
  const strongest = strongestOf(events, led);
  if (strongest === undefined) return toQuietTitle(tracks, material, context, events.length > 0);
  const lastDay = addDays(dataUntil, -1);
  const course = material.courses.get(strongest.event_id) ?? null;
  const silent = silentSince(strongest, { course, lastDay });
  const setting = { place: '', networkName: null, course, lastDay };
  const { words } = toEventView(strongest, material.courses, lastDay);
  return translate(
    strongest.agreement === 'interference_and_surge' || strongest.agreement === 'outage_like'
      ? 'witness.title.agree'
      : 'witness.title.alone',
    {
      finding: words.title,
      ...whenParts(strongest),
      ...(isEndless(strongest, setting) ? { when: 'on' } : {}),
      silent: course === null ? 'unknown' : silent === null ? 'no' : 'yes',
      seen: formatDay(silent ?? course?.measuredUntil ?? lastDay),
      others: otherSpeaks(strongest, tracks, material.outcomes) ? 'unchanged' : 'silent',
    },
  );
}

/**
 * Nothing of its own was found: said only of days that each source covers, and never as calm where many tests show signs.
 * `global`: of what changed in many places at once.
 */
function toQuietTitle(
  tracks: readonly WitnessTrack[],
  { place, outcomes }: WitnessMaterial,
  context: ViewContext,
  global: boolean,
): string {
  const covers = tracks.flatMap((track) => coverOf(track, outcomes) ?? []);
  const words = {
    place,
    range: formatFrame(context),
    covers: formatItems(covers.map(({ text }) => text)),
  };
  if (covers.length === 0) return translate('witness.title.nothing', words);
  const rate = totalRate(outcomes, context);
  if (rate.kind === 'rate' && rate.lower >= EVIDENCE_BOUNDS.moderate)
    return translate('witness.title.steady', {
      ...words,
      percent: formatPercent(rate.rate),
      share: formatShare(rate),
    });
  if (global) return translate('witness.title.global', words);
  const { since, until } = context.frame;
  const needed = COVERED * daysBetween(since, until);
  return covers.length === tracks.length && covers.every(({ days }) => days >= needed)
    ? translate('witness.title.quiet', words)
    : translate('witness.title.covered', words);
}

/** Of its days, a source must have this share for something to be said of all of them. */
const COVERED = 0.8;

/** The days of the window that a source has figures of; null: none. */
function coverOf(
  { witness, label, points, covered }: WitnessTrack,
  outcomes: WitnessMaterial['outcomes'],
) {
  if (covered === null) return null;
  const days =
    witness === 'interference'
      ? outcomes.reduce((sum, { day_count }) => sum + day_count, 0)
      : points.reduce((sum, { start, end }) => sum + daysBetween(start, end), 0);
  const words = {
    name: witness === 'indicators' ? label : translate(`witness.name.${witness}`),
    range: formatDayRange(covered.since, covered.until),
  };
  return {
    days,
    text:
      days >= COVERED * daysBetween(covered.since, covered.until)
        ? translate('witness.note.covers', words)
        : translate('witness.covers.days', { ...words, n: days }),
  };
}

/** `on 7 November 2024; not over by 29 November 2024`, `, 21 September – 18 October 2022`: which of these, and its days. */
function whenParts(event: EventRow) {
  const { first_sign, first_normal, last_sign } = event;
  const parts = {
    day: formatDay(first_sign),
    last: last_sign === null ? '' : formatDay(last_sign),
    range: last_sign === null ? '' : formatDayRange(first_sign, addDays(last_sign, 1)),
  };
  switch (event.kind) {
    case 'interference_end':
      return { ...parts, when: 'on', day: formatDay(first_normal ?? first_sign) };
    case 'interference_start':
    case 'interference_rise':
      return { ...parts, when: last_sign === null ? 'open' : 'until' };
    case 'method_change':
      return { ...parts, when: 'week' };
    default:
      return { ...parts, when: last_sign === null ? 'since' : 'range' };
  }
}

/** Days around the beginning of an event in which a change of another witness counts, so it must have data there. */
const ASKED_DAYS = 3;

/** A month or week with tests on a few of its days says nothing of the others. */
function otherSpeaks(
  event: EventRow,
  tracks: readonly WitnessTrack[],
  outcomes: WitnessMaterial['outcomes'],
): boolean {
  const from = addDays(event.first_sign, -ASKED_DAYS);
  const to = addDays(event.first_sign, ASKED_DAYS);
  const daysFrom = (start: Day, end: Day): number =>
    outcomes
      .filter(({ period }) => period >= start && period < end)
      .reduce((sum, { day_count }) => sum + day_count, 0);
  return tracks.some(
    ({ witness, points }) =>
      witness !== witnessOf(event) &&
      points.some(
        ({ start, end }) =>
          start < to &&
          end > from &&
          (witness !== 'interference' || daysFrom(start, end) >= COVERED * daysBetween(start, end)),
      ),
  );
}
