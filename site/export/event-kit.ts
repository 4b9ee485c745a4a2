/** What a newsroom gets of an event besides pictures and tables: one text with all that may be said, and what goes with it. */
import type { EventWords } from '../../data-build/contract/event-words.ts';
import { translate } from '../i18n/translate.ts';

export interface EventKitBasis {
  readonly words: EventWords;
  /** What it rests on. */
  readonly facts: readonly (readonly [term: string, text: string])[];
  /** How tests failed alike; null: not known. */
  readonly consistency: string | null;
  /** What the rule that found it looks at; null: it is of another version. */
  readonly method: string | null;
  readonly citation: string;
  readonly licence: { readonly name: string; readonly url: string; readonly use: string };
  readonly attribution: string;
  /** Where the publisher of the data is found. */
  readonly publisher: { readonly name: string; readonly url: string };
  /** Where the operator of the site is reached; null: no address is given. */
  readonly contact: string | null;
  readonly permalink: string;
  readonly synthetic: boolean;
}

/** Plain text: sentence, brackets, caveats, evidence, method, citation, licence, contact. */
export function writeKitText(kit: EventKitBasis): string {
  const { words, facts, consistency, method, licence, publisher } = kit;
  const section = (head: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', head, ...lines];
  return [
    words.title,
    ...(kit.synthetic ? ['', translate('site.synthetic')] : []),
    ...section(translate('kit.say'), [words.sentence, words.began, words.ended]),
    ...section(translate('download.caveats'), words.caveats),
    ...section(translate('event.evidence'), [
      ...facts.map(([term, text]) => `${term}: ${text}`),
      ...(consistency === null ? [] : [consistency]),
    ]),
    ...section(translate('event.rule'), method === null ? [] : [method]),
    ...section(translate('download.cite'), [kit.citation]),
    ...section(translate('download.licences'), [
      `${licence.name}, ${licence.url}`,
      licence.use,
      kit.attribution,
    ]),
    ...section(translate('kit.contact'), [
      `${publisher.name}: ${publisher.url}`,
      ...(kit.contact === null ? [] : [translate('kit.operator', { address: kit.contact })]),
    ]),
    ...section(translate('kit.page'), [kit.permalink]),
    '',
  ]
    .join('\n')
    .replace(/[\u2066-\u2069]/g, '');
}
