/** A safe sentence as a page prints it and as it is copied. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import {
  LICENCES,
  PUBLISHERS,
  TESTS_FROM,
  type PublisherId,
} from '../../../data-build/contract/publishers.ts';
import { translate } from '../../i18n/translate.ts';
import type { SafeSentence } from './sentence.ts';

/** What travels with a copy beside the words. */
export interface CopySource {
  /** Of the release. */
  readonly version: string;
  readonly url: string;
  readonly synthetic: boolean;
}

/** What may be said. */
export function formatSaid({ sentence, addition }: SafeSentence): string {
  return joinSentences([sentence, addition]);
}

/** What would be too strong; the page strikes it through. */
export function formatStronger({ stronger, reason }: SafeSentence): string {
  return translate('safe.too_strong', { stronger, reason });
}

/** The text of the copy button: sentence, caveat, source, release, address. All are of tests of interference. */
export function formatSafeCopy(safe: SafeSentence, source: CopySource): string {
  return formatCopy(joinSentences([formatSaid(safe), safe.caveat]), source);
}

/** Words with all that must travel with them. */
export function formatCopy(
  words: string,
  { version, url, synthetic }: CopySource,
  publisher: PublisherId = TESTS_FROM,
): string {
  const { name, licence } = PUBLISHERS[publisher];
  return translate(synthetic ? 'safe.copy.synthetic' : 'safe.copy', {
    words,
    source: name,
    licence: LICENCES[licence].name,
    version,
    url,
  });
}
