/** A feed of findings that people wrote, as Atom (RFC 4287). */
import type { Day } from '../../data-build/contract/brands.ts';
import { syntheticNotice } from '../../data-build/contract/publisher-words.ts';
import { LICENCES } from '../../data-build/contract/publishers.ts';
import { escapeXml } from '../../data-build/contract/xml.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';
import { translate } from '../i18n/translate.ts';
import type { WrittenFinding } from '../view/findings/finding.ts';
import { firstWords } from '../view/findings/text.ts';

export interface FindingsFeed {
  /** Newest first. */
  readonly findings: readonly WrittenFinding[];
  /** Names that findings had before: an entry keeps the one under which it was first read. */
  readonly former: ReadonlyMap<string, string>;
  /** Of the release; null: it has no days. */
  readonly lastDay: Day | null;
  readonly synthetic: boolean;
  readonly self: string;
  readonly toUrl: (slug: string) => string;
}

const TAG = 'tag:interference-atlas.invalid,2024:findings';
const NO_DAY = '2024-01-01';

export function writeFindingsFeed(feed: FindingsFeed): string {
  const { findings, lastDay, synthetic, self } = feed;
  const newest = findings[0]?.published ?? lastDay ?? NO_DAY;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    element('id', TAG),
    element('title', `${translate('site.name')}: ${translate('findings.title')}`),
    ...(synthetic ? [element('subtitle', syntheticNotice())] : []),
    element('updated', toInstant(newest)),
    `<link rel="self" href="${escapeXml(self)}"/>`,
    `<author>${element('name', translate('site.name'))}</author>`,
    ...findings.map((finding) => writeEntry(finding, feed)),
    '</feed>',
    '',
  ].join('\n');
}

function writeEntry(finding: WrittenFinding, { former, toUrl }: FindingsFeed): string {
  const [first = finding.slug] = [...former].flatMap(([old, now]) =>
    now === finding.slug ? [old] : [],
  );
  const { name, url } = LICENCES[finding.licence];
  return [
    `<entry xml:lang="${escapeXml(finding.language)}">`,
    element('id', `${TAG}/${first}`),
    element('title', finding.title),
    `<link href="${escapeXml(toUrl(finding.slug))}"/>`,
    element('updated', toInstant(finding.published)),
    `<author>${element('name', finding.author)}</author>`,
    element('rights', `${name} (${url})`),
    ...finding.places.map(
      (code) => `<category term="${code}" label="${escapeXml(formatPlaceName(code))}"/>`,
    ),
    element('summary', firstWords(finding.text)),
    '</entry>',
  ].join('\n');
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

function toInstant(day: string): string {
  return `${day}T00:00:00Z`;
}
