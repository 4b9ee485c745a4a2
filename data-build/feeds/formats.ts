/** Entries → Atom (RFC 4287), JSON Feed 1.1 and iCalendar (RFC 5545). The same entries give the same bytes. Pure. */
import { joinSentences } from '../words/sentences.ts';
import { addDays, type Day } from '../contract/brands.ts';
import { escapeXml } from '../contract/xml.ts';
import { pageLanguage } from '../words/language.ts';
import { translate } from '../words/translate.ts';
import { toInstant, type FeedEntry } from './entry.ts';

export interface FeedHead {
  readonly title: string;
  /** Permanent `tag:` URI. */
  readonly id: string;
  /** First day of the release: when a feed without an entry was changed last. */
  readonly firstDay: Day;
  /** Null: it is not said, so that a feed with nothing new keeps its bytes. */
  readonly dataVersion: string | null;
  /** SPDX identifier, address and attribution. */
  readonly licence: string;
  readonly licenceUrl: string;
  readonly attribution: string;
  /** Notice that the rows are a synthetic sample; null when they are real. */
  readonly synthetic: string | null;
  /** Address of the site’s base: absolute when known, else relative to the feed. */
  readonly base: string;
  /** Address of this feed, as `base`. */
  readonly self: string;
}

const rightsOf = (head: FeedHead): string =>
  joinSentences([
    head.synthetic,
    head.attribution,
    translate('feed.licence', { licence: head.licence, url: head.licenceUrl }),
  ]);

/** A sample says so where readers look: in the title of each entry. */
const titleOf = (text: string, head: FeedHead): string =>
  head.synthetic === null ? text : translate('feed.synthetic', { title: text });

const updatedOf = (entries: readonly FeedEntry[], head: FeedHead): string =>
  toInstant(entries[0]?.told ?? head.firstDay);

export function formatAtom(entries: readonly FeedEntry[], head: FeedHead): string {
  const lines = entries.map((entry) =>
    [
      ' <entry>',
      `  <id>${escapeXml(entry.id)}</id>`,
      `  <title>${escapeXml(titleOf(entry.title, head))}</title>`,
      `  <published>${toInstant(entry.day)}</published>`,
      `  <updated>${toInstant(entry.told)}</updated>`,
      `  <link rel="alternate" type="text/html" href="${escapeXml(head.base + entry.path)}"/>`,
      ...entry.categories.map((term) => `  <category term="${escapeXml(term)}"/>`),
      `  <summary>${escapeXml(entry.text)}</summary>`,
      `  <rights>${escapeXml(rightsOf(head))}</rights>`,
      ' </entry>',
    ].join('\n'),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${pageLanguage()}">`,
    ` <id>${escapeXml(head.id)}</id>`,
    ` <title>${escapeXml(titleOf(head.title, head))}</title>`,
    ` <updated>${updatedOf(entries, head)}</updated>`,
    ' <author><name>Interference Atlas</name></author>',
    ` <generator${head.dataVersion === null ? '' : ` version="${escapeXml(head.dataVersion)}"`}>Interference Atlas</generator>`,
    ` <rights>${escapeXml(rightsOf(head))}</rights>`,
    ` <link rel="self" type="application/atom+xml" href="${escapeXml(head.self)}"/>`,
    ` <link rel="alternate" type="text/html" href="${escapeXml(`${head.base}events/`)}"/>`,
    ` <link rel="license" href="${escapeXml(head.licenceUrl)}"/>`,
    ...lines,
    '</feed>',
    '',
  ].join('\n');
}

export function formatJsonFeed(entries: readonly FeedEntry[], head: FeedHead): string {
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: titleOf(head.title, head),
    home_page_url: `${head.base}events/`,
    feed_url: head.self,
    description: rightsOf(head),
    language: pageLanguage(),
    authors: [{ name: 'Interference Atlas' }],
    _atlas: {
      about: translate('feed.extension'),
      ...(head.dataVersion === null ? {} : { data_version: head.dataVersion }),
      synthetic: head.synthetic !== null,
      licence: head.licence,
      licence_url: head.licenceUrl,
      attribution: head.attribution,
    },
    items: entries.map((entry) => ({
      id: entry.id,
      url: head.base + entry.path,
      title: titleOf(entry.title, head),
      content_text: entry.text,
      date_published: toInstant(entry.day),
      date_modified: toInstant(entry.told),
      tags: entry.categories,
      _atlas: {
        ...entry.about,
        licence: head.licence,
      },
    })),
  };
  return `${JSON.stringify(feed, null, 1)}\n`;
}

/** One all-day entry per event: from its first sign until it was normal again, or to the last day measured. */
export function formatCalendar(entries: readonly FeedEntry[], head: FeedHead): string {
  const absolute = /^https?:/.test(head.base);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Interference Atlas//Events//${pageLanguage().toUpperCase()}`,
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeCalendar(titleOf(head.title, head))}`,
    `X-WR-CALDESC:${escapeCalendar(rightsOf(head))}`,
    ...entries.flatMap((entry) => {
      const until = entry.until > entry.day ? entry.until : addDays(entry.day, 1);
      return [
        'BEGIN:VEVENT',
        // No @, which would look like an e-mail address.
        `UID:${entry.id.replace(/^tag:/, '').replaceAll('/', '-').replace(',', '-').replace(':', '-')}`,
        // When it was changed last: the last day that it speaks of.
        `DTSTAMP:${addDays(until, -1).replaceAll('-', '')}T000000Z`,
        `DTSTART;VALUE=DATE:${entry.day.replaceAll('-', '')}`,
        `DTEND;VALUE=DATE:${until.replaceAll('-', '')}`,
        'TRANSP:TRANSPARENT',
        `SUMMARY:${escapeCalendar(titleOf(entry.title, head))}`,
        `DESCRIPTION:${escapeCalendar(`${entry.text} ${rightsOf(head)}`)}`,
        `CATEGORIES:${entry.categories.map(escapeCalendar).join(',')}`,
        ...(absolute ? [`URL:${head.base}${entry.path}`] : []),
        'END:VEVENT',
      ];
    }),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${foldLine(line)}\r\n`).join('');
}

/** RFC 5545 §3.3.11. */
function escapeCalendar(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/;/g, '\\;')
    .replace(/,/g, '\\,')
    .replace(/\r?\n/g, '\\n');
}

/** RFC 5545 §3.1: at most 75 octets to a line, going on after a space; characters are never cut. */
export function foldLine(line: string): string {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0) ?? 0);
    if (octets + size > 75) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  lines.push(current);
  return lines.join('\r\n');
}

/** In UTF-8. */
const octetsOf = (code: number): number =>
  code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4;
