/**
 * What one can safely say of one target in one place over some days: a sentence of exactly the strength that the
 * tests allow, and the next stronger one with the reason why it is not allowed.
 */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { formatDomain } from '../../../data-build/words/domain.ts';
import { addDays, daysBetween } from '../../../data-build/contract/brands.ts';
import { silentSince } from '../../../data-build/contract/event-brackets.ts';
import { judgeCourse } from '../../../data-build/contract/event-course.ts';
import { FLOORS, type Floor } from '../../../data-build/contract/floors.ts';
import { translate } from '../../i18n/translate.ts';
import { networkParts } from '../../view/context.ts';
import { detectableShare } from '../blind-spots/detectable.ts';
import {
  formatCount,
  formatDay,
  formatDayRange,
  formatItems,
  formatPercent,
} from '../../view/format.ts';
import {
  partFloor,
  formatAlone,
  formatFailed,
  formatFloor,
  formatShare,
  toRate,
  type Rate,
} from '../../view/rate.ts';
import { CONFIRMED_FLOOR } from '../../view/evidence.ts';
import { doubtOf, findEvent, type SafeEvent, type SafeEvidence, type SafeTarget } from './known.ts';

/** From the least to the most that may be said. */
export const SAFE_LEVELS = ['not_tested', 'too_few', 'none', 'some', 'signs', 'confirmed'] as const;
export type SafeLevel = (typeof SAFE_LEVELS)[number];

export interface SafeSentence {
  readonly level: SafeLevel;
  /** `fading` only when the rule for it says so; `over` when the event ended within these days. */
  readonly course: 'lasting' | 'fading' | 'over' | null;
  readonly sentence: string;
  /** More that belongs to the sentence; null: nothing. */
  readonly addition: string | null;
  /** The next stronger sentence, which must not be said. */
  readonly stronger: string;
  /** Why not. */
  readonly reason: string;
  /** What travels with every copy. */
  readonly caveat: string;
}

export function toSafeSentence(evidence: SafeEvidence): SafeSentence {
  const { counts } = evidence;
  const floor = counts === null ? FLOORS.part : partFloor(counts, evidence.placeNetworks);
  const rate = toRate(counts, floor);
  const safe = toSentence(evidence, rate, floor);
  const basis = formatAlone(rate, 'rate.alone.sentence');
  if (basis === null) return safe;
  return { ...safe, addition: joinSentences([basis, safe.addition]) };
}

function toSentence(evidence: SafeEvidence, rate: Rate, floor: Floor): SafeSentence {
  const { counts, target, place } = evidence;
  const base = {
    target: target.label,
    place,
    range: formatDayRange(evidence.since, evidence.until),
    ...networkParts(counts?.network_count ?? null),
    floor: formatFloor(floor),
  };
  const say = (key: Parameters<typeof translate>[0], params = {}): string =>
    translate(key, { ...base, ...params });
  if (rate.kind === 'not_tested') {
    return {
      ...plain('not_tested'),
      sentence: say('safe.not_tested'),
      stronger: say('safe.not_tested.stronger'),
      reason: say('safe.not_tested.reason'),
      caveat: say('safe.caveat.none'),
    };
  }
  const tests = translate('count.tests', { n: rate.tests });
  if (rate.kind === 'too_few') {
    const failed = formatFailed(rate);
    return {
      ...plain('too_few'),
      sentence:
        failed === null
          ? say('safe.too_few', { tests, short: rate.short ?? 'tests' })
          : say('safe.failed', { failed }),
      stronger: say(rate.signs > 0 ? 'safe.signs.short' : 'safe.none.short'),
      reason: say('safe.too_few.reason'),
      caveat: say('safe.caveat.none'),
    };
  }
  if (rate.signs === 0) {
    return {
      ...plain('none'),
      sentence: say('safe.none', { tests: formatCount(rate.tests) }),
      stronger: say('safe.none.stronger'),
      reason: say('safe.none.reason', {
        tests,
        share: formatPercent(detectableShare(rate.tests)),
      }),
      caveat: say('safe.caveat.none'),
    };
  }
  const share = formatShare(rate);
  const confirmed = counts?.confirmed_count ?? 0;
  if (confirmed >= CONFIRMED_FLOOR && target.kind !== 'app') {
    const kind = target.kind;
    const networks = counts?.network_count ?? null;
    return {
      ...plain('confirmed'),
      sentence: say('safe.confirmed', {
        kind,
        confirmed,
        tests: formatCount(rate.tests),
        share,
        ...websiteParts(evidence.confirmedOn, confirmed),
      }),
      stronger: say('safe.confirmed.stronger', { kind }),
      reason: say(networks === null ? 'safe.confirmed.reason.unknown' : 'safe.confirmed.reason', {
        kind,
        n: translate('count.networks', { n: networks ?? 0 }),
      }),
      caveat: say('safe.caveat.signs'),
    };
  }
  const event = findEvent(evidence);
  const doubt = event === null ? doubtOf(rate, evidence) : null;
  if (doubt !== null) {
    return {
      ...plain('some'),
      sentence: say('safe.some', { share, why: doubt.why, days: evidence.beforeDays }),
      addition:
        confirmed > 0 && target.kind !== 'app' ? say('safe.some.confirmed', { confirmed }) : null,
      stronger: say('safe.some.stronger'),
      reason: doubt.reason,
      caveat: say('safe.caveat.signs'),
    };
  }
  return {
    level: 'signs',
    ...courseOf(event, evidence, share, say),
    stronger: say('safe.signs.stronger', { kind: target.kind }),
    reason: say(unconfirmedReason(target, confirmed), {
      n: formatCount(confirmed),
      floor: formatCount(CONFIRMED_FLOOR),
    }),
    caveat: say('safe.caveat.signs'),
  };
}

/** Websites named in a sentence; the page of the place lists them all. */
const NAMED_WEBSITES = 3;

/** On which websites tests were confirmed, and whether these are all of the confirmed tests. */
function websiteParts(websites: SafeEvidence['confirmedOn'], confirmed: number) {
  const named = websites.reduce((sum, { confirmed_count }) => sum + confirmed_count, 0);
  return {
    named: named === confirmed ? 'all' : 'no',
    sites: websites.length,
    more: Math.max(0, websites.length - NAMED_WEBSITES),
    list: formatItems(websites.slice(0, NAMED_WEBSITES).map(({ domain }) => formatDomain(domain))),
  };
}

function plain(level: SafeLevel): Pick<SafeSentence, 'level' | 'course' | 'addition'> {
  return { level, course: null, addition: null };
}

type Say = (key: Parameters<typeof translate>[0], params?: Record<string, string>) => string;

/** Whether its end is a return to what was seen before. */
export function seenPart({ startSeen }: SafeEvent): { readonly seen: 'yes' | 'no' } {
  return { seen: startSeen ? 'yes' : 'no' };
}

/** How an event runs at the end of these days, judged by what was measured until then. */
function courseOf(
  event: SafeEvent | null,
  evidence: SafeEvidence,
  share: string,
  say: Say,
): Pick<SafeSentence, 'course' | 'sentence' | 'addition'> {
  const { since, until } = evidence;
  const sentence = say('safe.signs', { share });
  if (event === null) return { course: null, sentence, addition: null };
  if (event.first_normal !== null && event.first_normal < until) {
    const day = formatDay(event.first_normal);
    return {
      course: 'over',
      sentence,
      addition: say('safe.signs.over', { day, ...seenPart(event) }),
    };
  }
  const course = judgeCourse(
    event.days.filter(({ day }) => day < until),
    event.first_sign,
  );
  const silent = formatSilence(evidence, event);
  if (course?.fading !== true) return { course: 'lasting', sentence, addition: silent };
  return {
    course: 'fading',
    sentence: since >= course.latest.since ? say('safe.fading', { share }) : sentence,
    addition: joinSentences([formatLatest(course), silent]),
  };
}

function formatLatest({ latest, measuredUntil }: NonNullable<ReturnType<typeof judgeCourse>>) {
  return translate('safe.fading.latest', {
    share: formatShare(latest),
    percent: formatPercent(latest.signs / latest.tests),
    days: daysBetween(latest.since, measuredUntil) + 1,
    range: formatDayRange(latest.since, addDays(measuredUntil, 1)),
  });
}

/** That nobody tests it any more; null: it is over, or tested until the release’s end. */
function formatSilence({ lastDay }: SafeEvidence, event: SafeEvent): string | null {
  const course = judgeCourse(event.days, event.first_sign);
  const silent = lastDay === null ? null : silentSince(event, { course, lastDay });
  return silent === null ? null : translate('safe.silent', { day: formatDay(silent) });
}

function unconfirmedReason(target: SafeTarget, confirmed: number) {
  if (target.kind === 'app') return 'safe.signs.reason.app' as const;
  return confirmed === 0 ? ('safe.signs.reason.none' as const) : ('safe.signs.reason.few' as const);
}
