/** A sentence that can be printed, what would be too strong, and the text to copy. */
import { translate } from '../../i18n/translate.ts';
import { eventsQuery } from '../../query/witnesses.ts';
import { askEvidence, askThinEvidence } from './evidence.ts';
import { toSafeSentence, type SafeEvidence, type SafeSentence } from './sentence.ts';
import { formatSafeCopy, formatSaid, formatStronger } from './words.ts';
import { toCheckedSentence } from '../checked.ts';
import type { Figure } from '../figure.ts';

export interface SafeView {
  readonly safe: SafeSentence;
  /** What the copy button gives. */
  readonly copy: string;
}

export const safe: Figure<SafeEvidence, SafeView> = {
  name: 'safe',
  checkLabel: 'verify.summary',
  async ask(ask, { subject, frame }) {
    if (subject.kind !== 'target') return null;
    if (subject.thin) return askThinEvidence(ask, subject);
    if (frame === null) return null;
    const { probeCc } = subject;
    const events = await ask(eventsQuery(probeCc), { probeCc });
    return askEvidence(ask, events, subject, frame.since, frame.until);
  },
  view(evidence, { subject, release }) {
    if (subject.kind !== 'target') return null;
    const sentence = toSafeSentence(evidence);
    return { safe: sentence, copy: formatSafeCopy(sentence, { ...release, url: subject.url }) };
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
