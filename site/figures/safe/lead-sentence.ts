/** The sentence that a page begins with, and the finding of its share card. */
import { translate } from '../../i18n/translate.ts';
import { networkParts } from '../../view/context.ts';
import type { CardText } from '../../view/event-card.ts';
import { formatDay, formatDayRange, formatPercent } from '../../view/format.ts';
import { formatShare, partFloor, toRate, type Share } from '../../view/rate.ts';
import { findEvent, usualRate, type SafeEvidence } from './known.ts';
import { seenPart, toSafeSentence } from './sentence.ts';

/**
 * The sentence that a page of the place (`of` target) or of the target (`of` place) begins with: signs of an event
 * against the four weeks before, or what is confirmed; the sentence’s addition follows it in small. Null: there is no
 * finding. `ended`: that signs were rarer right after these days, which the sentence of the days does not know.
 * `sure`: that nothing of it was confirmed.
 */
export function formatLead(
  evidence: SafeEvidence,
  of: 'target' | 'place',
): {
  readonly text: string;
  readonly share: Share;
  readonly card: CardText;
  readonly ended: string | null;
  readonly sure: string | null;
} | null {
  const { counts, target, place, since, until } = evidence;
  const safe = toSafeSentence(evidence);
  const rate = counts === null ? null : toRate(counts, partFloor(counts, evidence.placeNetworks));
  if (rate?.kind !== 'rate') return null;
  const usual = usualRate(evidence);
  const parts = {
    kind: target.kind,
    target: target.label,
    place,
    percent: formatPercent(rate.rate),
    share: formatShare(rate),
    ...networkParts(counts?.network_count ?? null),
    range: formatDayRange(since, until),
    compared: usual?.kind === 'rate' ? 'yes' : 'no',
    usual: usual?.kind === 'rate' ? formatPercent(usual.rate) : '',
    days: evidence.beforeDays,
    confirmed: counts?.confirmed_count ?? 0,
  };
  const card = {
    title: translate('safe.card', parts),
    detail: translate('safe.card.detail', parts),
  };
  if (safe.level === 'confirmed')
    return { text: safe.sentence, share: rate, card, ended: null, sure: null };
  if (safe.level !== 'signs') return null;
  const event = findEvent(evidence);
  const text = translate('safe.lead', {
    ...parts,
    place: evidence.placeName,
    of,
    open: event !== null && event.first_normal === null ? 'yes' : 'no',
    since: formatDay(since),
  });
  const normal = event?.first_normal ?? null;
  const ended =
    event !== null && normal !== null && normal >= until
      ? translate('safe.signs.over', { day: formatDay(normal), ...seenPart(event) })
      : null;
  const sure = parts.confirmed > 0 ? null : formatUnconfirmed(target.kind);
  return { text, share: rate, card, ended, sure };
}

/** How sure signs are of which none is confirmed. */
export function formatUnconfirmed(kind: SafeEvidence['target']['kind']): string {
  return translate('lead.unconfirmed', { kind });
}
