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
  /** All that chart and tables are made of; that of the event first. */
  readonly sources: readonly KitSource[];
  /** Where the operator of the site is reached; null: no address is given. */
  readonly contact: string | null;
  readonly permalink: string;
  readonly synthetic: boolean;
}

export interface KitSource {
  readonly licence: { readonly name: string; readonly url: string; readonly use: string };
  readonly attribution: string;
  /** Where the publisher of the data is found. */
  readonly publisher: { readonly name: string; readonly url: string };
}

/** Plain text: sentence, brackets, caveats, evidence, method, citation, licence, contact. */
export function writeKitText(kit: EventKitBasis): string {
  const { words, facts, consistency, method, sources } = kit;
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
    ...section(translate('download.licences'), writeLicences(sources)),
    ...section(translate('kit.contact'), [
      ...sources.map(({ publisher: { name, url } }) => `${name}: ${url}`),
      ...(kit.contact === null ? [] : [translate('kit.operator', { address: kit.contact })]),
    ]),
    ...section(translate('kit.page'), [kit.permalink]),
    '',
  ]
    .join('\n')
    .replace(/[\u2066-\u2069]/g, '');
}

/** Each licence once, with those whose data stand under it. */
function writeLicences(sources: readonly KitSource[]): readonly string[] {
  const urls = [...new Set(sources.map(({ licence }) => licence.url))];
  return urls.flatMap((url) => {
    const under = sources.filter(({ licence }) => licence.url === url);
    const [first] = under;
    if (first === undefined) return [];
    const { name, use } = first.licence;
    return [`${name}, ${url}`, use, ...under.map(({ attribution }) => attribution)];
  });
}
