/** A sentence that can be printed, computed anew: what is said, what would be too strong and why, what is copied. */
import { translate } from '../i18n/translate.ts';
import { eventsQuery } from '../query/witnesses.ts';
import type { Ask } from './ask.ts';
import type { SafeCheck } from './check.ts';
import { toCheckedSentence, type CheckedFigure } from '../figures/checked.ts';
import { askEvidence, askThinEvidence } from './safe-evidence.ts';
import { toSafeSentence } from './safe-sentence.ts';
import { formatSafeCopy, formatSaid, formatStronger } from './safe-words.ts';

export async function computeSafe(ask: Ask, check: SafeCheck): Promise<CheckedFigure> {
  const safe = toSafeSentence(await askOf(ask, check));
  return {
    texts: [
      toCheckedSentence('.said', formatSaid(safe)),
      {
        where: translate('verify.where.stronger'),
        selector: '.stronger',
        text: formatStronger(safe),
      },
      {
        where: translate('verify.where.copy'),
        selector: '[data-copy]',
        text: formatSafeCopy(safe, check.copy),
      },
    ],
    tables: [],
  };
}

async function askOf(ask: Ask, { subject, since, until, thin }: SafeCheck) {
  if (thin) return askThinEvidence(ask, subject);
  const { probeCc } = subject;
  const events = await ask(eventsQuery(probeCc), { probeCc });
  return askEvidence(ask, events, subject, since, until);
}
