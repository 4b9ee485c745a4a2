/** What is known of one target in one place over some days, and what keeps its signs from being more than some. */
import { daysBetween, type Day } from '../../../data-build/contract/brands.ts';
import type { CourseDay } from '../../../data-build/contract/event-course.ts';
import { translate } from '../../i18n/translate.ts';
import { EVIDENCE_BOUNDS, RISE } from '../../view/evidence.ts';
import { formatCount, formatPercent } from '../../view/format.ts';
import { formatShare, partFloor, toRate, type Rate, type RateCounts } from '../../view/rate.ts';

export interface SafeTarget {
  /** `Telegram`, `example.org`. */
  readonly label: string;
  /** Block pages are served to websites, not to apps; they confirm the website that they stand for, not all tested. */
  readonly kind: 'app' | 'website' | 'websites';
}

/** A detected interference with the target in the whole place. */
export interface SafeEvent {
  readonly first_sign: Day;
  /** First day that was normal again; null: not over. */
  readonly first_normal: Day | null;
  /** Whether days before it were seen; else nobody knows what is usual. */
  readonly startSeen: boolean;
  /** Many places changed at once, so the figures themselves probably did. */
  readonly global: boolean;
  /** Measured days of the target from its beginning on; needed only while it is not over. */
  readonly days: readonly CourseDay[];
}

export interface SafeEvidence {
  readonly target: SafeTarget;
  /** As it stands inside a sentence: `the United States`. */
  readonly place: string;
  /** As a sentence begins with it: `United States`. */
  readonly placeName: string;
  /** Inclusive. */
  readonly since: Day;
  /** Exclusive. */
  readonly until: Day;
  /** Of these days; null counts: nothing tested. */
  readonly counts: (RateCounts & { readonly network_count: number | null }) | null;
  /** Networks that the place is known to have; null: not asked, so several. */
  readonly placeNetworks: number | null;
  /** Where all websites are the target: those with confirmed tests, most first. Counts of a publisher name none. */
  readonly confirmedOn: readonly { readonly domain: string; readonly confirmed_count: number }[];
  /** Of the days before, below the floor or not; null: not known. */
  readonly before: (RateCounts & { readonly network_count: number | null }) | null;
  /** Days that these are: four weeks, or since the first test of the target, where that is less. */
  readonly beforeDays: number;
  /** Last day of the release, to tell an event that goes on from a series that stopped; null: not known. */
  readonly lastDay: Day | null;
  /** Events that touch these days. */
  readonly events: readonly SafeEvent[];
}

/** The rate of the days before; null: nothing is known of them. */
export function usualRate({ before, placeNetworks }: SafeEvidence): Rate | null {
  return before === null ? null : toRate(before, partFloor(before, placeNetworks));
}

/** The event that these days lie in; those of many places at once say nothing of one. */
export function findEvent({ events, since, until }: SafeEvidence): SafeEvent | null {
  return (
    events.find(
      (event) =>
        !event.global &&
        event.first_sign < until &&
        (event.first_normal === null || event.first_normal > since),
    ) ?? null
  );
}

/** What keeps signs from being more than some. */
interface Doubt {
  readonly why: 'global' | 'one_day' | 'rare' | 'unclear' | 'usual';
  readonly reason: string;
}

/** Why the signs are no more than some; null when the low end of the rate lies well above the usual. */
export function doubtOf(
  rate: Extract<Rate, { kind: 'rate' }>,
  evidence: SafeEvidence,
): Doubt | null {
  const { since, until, counts, events } = evidence;
  if (events.some(({ global, first_sign }) => global && first_sign < until))
    return {
      why: 'global',
      reason: translate('safe.some.reason.global', { place: evidence.place }),
    };
  if (daysBetween(since, until) <= 1 || counts?.day_count === 1)
    return { why: 'one_day', reason: translate('safe.some.reason.one_day') };
  const usual = usualRate(evidence);
  const known = usual?.kind === 'rate' ? usual : null;
  const level = known?.rate ?? EVIDENCE_BOUNDS.weak;
  if (rate.lower > level + RISE) return null;
  const rare = rate.lower < EVIDENCE_BOUNDS.weak;
  const words = {
    lower: formatPercent(rate.lower),
    rise: formatCount(100 * RISE),
    share: formatShare(rate),
    usual: formatPercent(level),
    days: evidence.beforeDays,
  };
  if (known === null)
    return {
      why: rare ? 'rare' : 'unclear',
      reason: translate('safe.some.reason.stray', words),
    };
  return {
    why: rare ? 'rare' : 'usual',
    reason: translate('safe.some.reason.usual', { ...words, before: formatShare(known) }),
  };
}
