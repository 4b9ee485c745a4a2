/** Findings that people write: what a file says, what is wrong with it, and text that stays text. */
import { describe, expect, it } from 'vitest';
import { parseFinding } from '../../site/view/findings/finding.ts';
import { firstWords, parseText } from '../../site/view/findings/text.ts';

const FILE = `---
title: Telegram in Kenya
places: KE, TZ
tests: telegram
websites: example.org
networks: AS33771
since: 2024-11-07
until: 2024-11-29
published: 2024-12-02
author: A. Name
licence: CC-BY-4.0
source: https://example.org/a?b=c A report: on tests
source: https://example.net/ Another
---

The text.
`;
/** The file with a line changed, or left out. */
const change = (line: string, to: string): string => FILE.replace(line, to);

it('a file says what it is about, by whom, and who says so', () => {
  expect(parseFinding('telegram-in-kenya', FILE)).toEqual({
    slug: 'telegram-in-kenya',
    title: 'Telegram in Kenya',
    places: ['KE', 'TZ'],
    tests: ['telegram'],
    websites: ['example.org'],
    networks: [33771],
    since: '2024-11-07',
    until: '2024-11-29',
    published: '2024-12-02',
    author: 'A. Name',
    licence: 'cc-by',
    language: 'en',
    sources: [
      { url: 'https://example.org/a?b=c', title: 'A report: on tests' },
      { url: 'https://example.net/', title: 'Another' },
    ],
    text: 'The text.',
  });
});

it.each([
  [change('---\ntitle', 'title'), /begin with a head/, /Begin the file with ---/],
  [change('title: Telegram in Kenya\n', ''), /has no title/, /Add a line “title: …”/],
  [
    change('places: KE, TZ', 'places: KE, Kenya'),
    /“Kenya” cannot stand in places/,
    /places: KE, TZ/,
  ],
  [change('places: KE, TZ\n', ''), /names no place/, /places: KE/],
  [change('tests: telegram', 'tests: telegramm'), /“telegramm” cannot stand in tests/, /tests: /],
  [change('AS33771', '33771x'), /cannot stand in networks/, /AS33771/],
  [change('2024-11-07', '7 November'), /“7 November” is no day for since/, /2026-03-01/],
  [change('until: 2024-11-29', 'until: 2024-11-01'), /ends on 2024-11-01, before/, /Change since/],
  [change('CC-BY-4.0', 'free'), /“free” is no licence/, /CC0-1\.0/],
  [change('https://example.net/', 'ftp://example.net/'), /is no source/, /an address and a title/],
  [change('author', 'autor'), /“autor: A\. Name” is no line/, /Begin it with one of/],
  [change('The text.', ''), /has no text/, /below the head/],
])('a fault has two parts: what is wrong, what to do (%#)', (file, wrong, remedy) => {
  const read = parseFinding('x', file);
  if (!('wrong' in read)) throw new Error('No fault was found.');
  expect(read.wrong).toMatch(wrong);
  expect(read.remedy).toMatch(remedy);
});

describe('the text', () => {
  it('becomes paragraphs, headings, lists and quotes', () => {
    const text = '## Head\n\nOne **strong**, *soft*\n`code`.\n\n- a\n- b\n\n1. c\n\n> said\n> so';
    expect(parseText(text)).toEqual([
      { kind: 'heading', lines: [[{ kind: 'text', text: 'Head' }]] },
      {
        kind: 'paragraph',
        lines: [
          [
            { kind: 'text', text: 'One ' },
            { kind: 'strong', text: 'strong' },
            { kind: 'text', text: ', ' },
            { kind: 'em', text: 'soft' },
            { kind: 'text', text: ' ' },
            { kind: 'code', text: 'code' },
            { kind: 'text', text: '.' },
          ],
        ],
      },
      { kind: 'list', lines: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]] },
      { kind: 'numbers', lines: [[{ kind: 'text', text: 'c' }]] },
      { kind: 'quote', lines: [[{ kind: 'text', text: 'said so' }]] },
    ]);
    expect(firstWords(text)).toBe('One strong, soft code.');
  });

  it.each([
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    '[x](//example.org/)',
    '[x](data:text/html,x)',
    '![x](https)',
  ])('leads nowhere and runs nothing: %s', (text) => {
    expect(parseText(text)).toEqual([{ kind: 'paragraph', lines: [[{ kind: 'text', text }]] }]);
  });

  it('leads to the web and to pages of the site', () => {
    expect(parseText('[a](https://example.org/b) [c](/country/KE/)')[0]?.lines[0]).toEqual([
      { kind: 'link', text: 'a', href: 'https://example.org/b' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'c', href: '/country/KE/' },
    ]);
  });
});
