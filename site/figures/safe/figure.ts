/** A sentence that can be printed, what would be too strong, and the text to copy. */
import { addDays } from '../../../data-build/contract/brands.ts';
import { translate } from '../../i18n/translate.ts';
import { testEventsQuery, testEventsScope } from '../../query/witnesses.ts';
import { askEvidence, askThinEvidence } from './evidence.ts';
import type { SafeEvidence } from './known.ts';
import { formatLead } from './lead-sentence.ts';
import { toSafeSentence, type SafeSentence } from './sentence.ts';
import { formatSafeCopy, formatSaid, formatStronger } from './words.ts';
import { toCheckedSentence } from '../checked.ts';
import type { CardText } from '../../view/event-card.ts';
import type { Share } from '../../view/rate.ts';
import type { Figure } from '../figure.ts';

export interface SafeView {
  readonly safe: SafeSentence;
  /** What the copy button gives. */
  readonly copy: string;
  /** What a page of the place, or of the target, begins with; null: no finding. */
  readonly lead: Readonly<Record<'target' | 'place', string>> | null;
  /** That what it begins with ended right after its days; null: that is not known, or the sentence says it. */
  readonly ended: string | null;
  /** That none of it was confirmed; null: some was, or there is no finding. */
  readonly sure: string | null;
  /** What it begins with as a share card says it. */
  readonly card: CardText | null;
  /** What it rests on; null: no rate. */
  readonly share: Share | null;
}

export const safe: Figure<SafeEvidence, SafeView> = {
  name: 'safe',
  async ask(ask, { subject, frame, release }) {
    if (subject.kind !== 'target') return null;
    if (subject.thin) return askThinEvidence(ask, subject);
    if (frame === null) return null;
    const { probeCc } = subject;
    const events = await ask(testEventsQuery(probeCc), testEventsScope(probeCc));
    const lastDay = release.until === null ? null : addDays(release.until, -1);
    return askEvidence(ask, events, subject, { ...frame, lastDay });
  },
  view(evidence, { subject, release }) {
    if (subject.kind !== 'target') return null;
    const sentence = toSafeSentence(evidence);
    const copy = formatSafeCopy(sentence, { ...release, url: subject.url });
    const [target, place] = [formatLead(evidence, 'target'), formatLead(evidence, 'place')];
    const lead =
      target === null || place === null ? null : { target: target.text, place: place.text };
    const { card = null, share = null, ended = null, sure = null } = target ?? {};
    return { safe: sentence, copy, lead, ended, sure, card, share };
  },
  checked: ({ safe: sentence, copy }) => ({
    texts: [
      toCheckedSentence('.said', formatSaid(sentence)),
      {
        where: translate('verify.where.stronger'),
        selector: '.stronger',
        text: formatStronger(sentence),
      },
      { where: translate('verify.where.copy'), selector: '[data-copy]', text: copy },
    ],
    tables: [],
  }),
};
