/** Each rule finds its contradiction in a page, and nothing in the same page mended. */
import { describe, expect, it } from 'vitest';
import { SITE_RULES } from './across-pages.ts';
import { RULES } from './contradictions.ts';
import { readRanges } from './day-range.ts';
import { readFeed } from './read-feed.ts';
import { readPage } from './read-page.ts';

const findings = (html: string, path = 'country/KE/'): readonly string[] => {
  const page = readPage(path, `<main>${html}</main>`);
  return RULES.filter(({ find }) => find(page).length > 0).map(({ id }) => id);
};

const lede = (text: string): string => `<p class="lede" data-part="summary">${text}</p>`;
const said = (text: string): string => `<li data-level="signs"><p class="said">${text}</p></li>`;
const event = (title: string): string => `<li class="event"><h3>${title}</h3></li>`;

function figure(
  chart: string,
  title: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = (list: readonly string[], tag: string): string =>
    list.map((text) => `<${tag}>${text}</${tag}>`).join('');
  const lines = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
  return `<figure data-chart="${chart}"><h3 data-part="title">${title}</h3><details data-part="table"><table><thead><tr>${cells(columns, 'th')}</tr></thead><tbody>${lines}</tbody></table></details></figure>`;
}

const WITNESSES = ['period', 'tests', 'median speed'];

/** A page with a finding above its totals. */
const found = (finding: string, totals: string): string =>
  `<p class="lede" data-part="finding">${finding}</p><p class="totals" data-part="summary">${totals}</p>`;

const WORLD = ['country or territory', 'evidence', 'share with signs', 'confirmed', 'networks'];

/** A timeline of which one period in five has tests. */
const hollow = (tested: string): string =>
  figure(
    'witnesses',
    `No change was found in A in the days with data: OONI ${tested}, tool use 1–9 May 2024`,
    WITNESSES,
    ['40', 'no data', 'no data', 'no data', 'no data'].map((tests) => ['a week', tests, '3']),
  );

/** A map with a legend that counts one place as strong. */
function world(rows: readonly (readonly string[])[]): string {
  const legend = `<ul data-legend="interference"><li>strong signs <span data-level="strong">1</span></li></ul>`;
  return figure('world', 'Tests in one of 2 places', WORLD, rows).replace(
    '</figure>',
    `${legend}</figure>`,
  );
}

const CASES: readonly (readonly [id: string, wrong: string, right: string])[] = [
  [
    'near_counts',
    found('Websites: 35,511 of 65,149 tests.', '35,512 of 65,150 tests in A.'),
    found('Telegram: 1,537 of 2,475 tests.', '1,591 of 5,194 tests in A.'),
  ],
  [
    'lead_elsewhere',
    found(
      '3 of 900 tests, 17 March – 16 April 2021.',
      '5 of 90 tests, 1 July 2023 – 30 June 2024.',
    ),
    found('3 of 900 tests, 1–9 May 2024.', '5 of 90 tests, 1 July 2023 – 30 June 2024.'),
  ],
  [
    'other_event',
    found('Tor: 34% of tests showed signs of interference, 20 April – 30 May 2024 (9 of 30).', '') +
      figure('witnesses', 'Signal in A: signs began on 20 April 2024', WITNESSES, []),
    found('Tor: 34% of tests showed signs of interference, 20 April – 30 May 2024 (9 of 30).', '') +
      figure('witnesses', 'Tor in A: signs began on 20 April 2024', WITNESSES, []),
  ],
  [
    'other_series',
    found('Tests of Telegram in A on AS1 (B) showed signs of interference.', '') +
      figure('rate', 'Signs were most frequent in May: 9% of tests in A on AS1', [], []),
    found('Tests of Telegram in A on AS1 (B) showed signs of interference.', '') +
      figure('rate', 'Signs were most frequent in May: 9% of Telegram tests in A on AS1', [], []),
  ],
  [
    'thin_peak',
    lede('900 of 9,000 tests, 1–9 May 2024. The highest share was on 9 May 2024: 9 of 30 tests.'),
    lede('900 of 9,000 tests, 1–9 May 2024. The highest share was on 9 May 2024: 90 of 500 tests.'),
  ],
  ['hollow_axis', hollow('17 March – 16 April 2021'), hollow('8 April 2021')],
  [
    'nothing_affected',
    said('9 of 90 tests.') + '<p>No app, tool or website stands out in these data.</p>',
    '<p>No app, tool or website stands out in these data.</p>',
  ],
  [
    'too_few_tests_here',
    lede('500 of 9,000 tests in A.') + '<p>Too few tests in A for a rate, 1–9 May 2024</p>',
    lede('500 of 9,000 tests in A.') + '<p>Too few app tests in A for a rate, 1–9 May 2024</p>',
  ],
  [
    'calm_and_events',
    figure('witnesses', 'No change was found in A', WITNESSES, []).replace(
      '<details',
      '<ul data-part="notes"><li>Bars are detected events.</li></ul><details',
    ),
    figure('witnesses', 'Only changes seen in many countries at once in A', WITNESSES, []).replace(
      '<details',
      '<ul data-part="notes"><li>Bars are detected events.</li></ul><details',
    ),
  ],
  [
    'map_legend',
    world([
      ['A', 'strong signs', '40%', '0', '3'],
      ['B', 'strong signs', '40%', '0', '3'],
    ]),
    world([['A', 'strong signs', '40%', '0', '3']]),
  ],
  [
    'map_level',
    world([['A', 'strong signs', '40%', '0', 'unknown']]),
    world([['A', 'strong signs', '40%', '0', '2']]),
  ],
  [
    'one_stretch',
    lede('5 of 90 tests in A, 17 March – 16 April 2021.') + said('0 of 79 tests, 1 January 2024.'),
    lede('5 of 90 tests in A, 17 March – 16 April 2021.') + said('0 of 79 tests, 1 April 2021.'),
  ],
  [
    'weaker_sentence',
    lede('9 of 90 tests, 4 of them confirmed, 1–9 May 2024.') + said('9 of 90, 1–9 May 2024.'),
    lede('9 of 90 tests, 4 of them confirmed, 1–9 May 2024.') +
      said('4 met a known block page, 1–9 May 2024.'),
  ],
  [
    'finding_first',
    lede('31 of 100 tests in A.') + event('Telegram in A: signs of interference began'),
    lede('Telegram: 62 of 100 tests in A.') + event('Telegram in A: signs of interference began'),
  ],
  [
    'unlisted_first',
    figure('categories', 'on no test list: the category with the highest share', [], []),
    figure('categories', 'News: the category with the highest share', [], []),
  ],
  [
    'two_ends',
    said('The signs were fading, not over.') +
      figure('witnesses', 'X began; no data since', [], []),
    said('In the last 3 days the share fell to 28%.') +
      figure('witnesses', 'X began; no data since', [], []),
  ],
  [
    'not_over',
    '<p>Release 2026-01-30-abcdef12. Not over by 12 May 2020, the last day measured.</p>',
    '<p>Release 2026-01-30-abcdef12. Not over by 29 January 2026, the last day measured.</p>',
  ],
  ['too_few_of_many', '<p>too few tests (n = 400)</p>', '<p>too few tests (n = 7)</p>'],
  [
    'confirmed_for_all',
    '<p>Interference with the websites tested in A is confirmed: 3 tests</p>',
    '<p>3 of 900 tests of websites met a known block page</p>',
  ],
  [
    'peak_is_mean',
    lede('9 of 60 (14%). The highest share was on 1 May 2024: 30 of 210 tests (14%).'),
    lede('9 of 60 (14%). The highest share was on 1 May 2024: 60 of 210 tests (29%).'),
  ],
  [
    'peak_below_floor',
    '<p>The highest share was on 7 November 2024: 3 of 5 tests (60%)</p>',
    '<p>The highest share was on 7 November 2024: 30 of 50 tests (60%)</p>',
  ],
  [
    'all_of_all',
    '<p>Signal showed signs of interference in 18 of 18 countries</p>',
    '<p>Signal showed signs of interference in 4 of 18 countries</p>',
  ],
  [
    'change_without_cover',
    figure('witnesses', 'No change detected in A', WITNESSES, [
      ['1 May 2024', '40', 'no data'],
      ['2 May 2024', '41', 'no data'],
    ]),
    figure('witnesses', 'No change detected in A', WITNESSES, [
      ['1 May 2024', '40', '3'],
      ['2 May 2024', '41', '4'],
    ]),
  ],
  [
    'silent_witness',
    figure('witnesses', 'Began on 7 May 2024; no other witness changed', WITNESSES, [
      ['1 May 2024', '40', '3'],
      ['7 May 2024', '40', 'no data'],
    ]),
    figure('witnesses', 'Began on 7 May 2024; no other witness changed', WITNESSES, [
      ['1 May 2024', 'no data', '3 Mbit/s (May 2024)'],
      ['7 May 2024', '40', 'no data'],
    ]),
  ],
  [
    'calm_above_alarm',
    lede('74 of 100 (74%).') + figure('witnesses', 'No change detected in A', WITNESSES, []),
    lede('4 of 100 (4%).') + figure('witnesses', 'No change detected in A', WITNESSES, []),
  ],
  [
    'most_of_one',
    figure('tests', 'X showed signs most often', ['test', 'signs'], [['X', '9%']]),
    figure(
      'tests',
      'X showed signs most often',
      ['test', 'signs'],
      [
        ['X', '9%'],
        ['Y', '4%'],
      ],
    ),
  ],
  [
    'methods_of_few',
    figure('methods', 'Too few tests name a method (n = 1)', [], []),
    figure('methods', 'Most often by DNS', [], []),
  ],
  [
    'month_by_day',
    figure('witnesses', 'X began', WITNESSES, Array(31).fill(['a day', '4', '8.2 Mbit/s'])),
    figure('witnesses', 'X began', WITNESSES, [['a day', '4', '8.2 Mbit/s']]),
  ],
  [
    'interval_of_nothing',
    '<p>14% (95% interval 14% – 14%)</p>',
    '<p>14% (95% interval 13% – 15%)</p>',
  ],
  [
    'empty_rooms',
    figure('method-strip', 'On no network enough tests with signs to name a method', [], []),
    figure('method-strip', 'No network showed a change of the leading method', [], []),
  ],
  ['slips', '<p>number of networks unknown,.</p>', '<p>number of networks unknown.</p>'],
];

/** Rules of other pages than that of a place. */
const PATHS: Readonly<Record<string, string>> = { other_series: 'network/AS1/' };

describe.each(CASES)('%s', (id, wrong, right) => {
  it('is found', () => {
    expect(findings(wrong, PATHS[id])).toContain(id);
  });
  it('is not found once mended', () => {
    expect(findings(right, PATHS[id])).not.toContain(id);
  });
});

it('has a case for every rule, and reads dates in every form that pages print', () => {
  expect(CASES.map(([id]) => id)).toEqual(RULES.map(({ id }) => id));
  expect(
    readRanges('1–14 May 2024, 17 March – 16 April 2021, 30 December 2020 – 2 January 2021'),
  ).toEqual([
    { first: '2024-05-01', last: '2024-05-14' },
    { first: '2021-03-17', last: '2021-04-16' },
    { first: '2020-12-30', last: '2021-01-02' },
  ]);
});

describe('between pages', () => {
  const page = (path: string, html: string) => readPage(path, `<main>${html}</main>`);
  const own = page(
    'event/abc/',
    '<h1>Telegram in A: signs began</h1><p class="lede">9 of 30 tests.</p>',
  );
  const list = (title: string) =>
    page('country/A/', `<li class="event" id="event-abc"><h3>${title}</h3></li>`);
  const feed = (title: string, text: string) =>
    readFeed(
      'feed.json',
      JSON.stringify({ items: [{ title, content_text: text, _atlas: { event_id: 'abc' } }] }),
    );
  const faults = (...site: Parameters<typeof toSite>) =>
    SITE_RULES.filter((rule) => rule.find(toSite(...site)).length > 0).map(({ id }) => id);
  const toSite = (title: string, items: ReturnType<typeof feed>) => ({
    pages: [own, list(title)],
    items,
  });
  const right = 'Telegram in A: signs began';

  it('an event is told under one title, and by feeds in the words of its page', () => {
    const same = feed(right, 'In short: 9 of 30 tests. Not over.');
    expect(faults(right, same)).toEqual([]);
    expect(faults(right, feed(`${right}; as before again`, '9 of 30 tests.'))).toEqual([]);
    expect(faults('Telegram in A: ended', same)).toEqual(['two_titles']);
    expect(faults(right, feed('Telegram in A: ended', '9 of 30 tests.'))).toEqual(['feed_differs']);
    expect(faults(right, feed(right, '10 of 30 tests.'))).toEqual(['feed_differs']);
    expect(SITE_RULES.map(({ id }) => id)).toEqual(['two_titles', 'feed_differs']);
  });
});
