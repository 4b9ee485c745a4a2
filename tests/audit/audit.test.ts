/** Each rule finds its contradiction in a page, and nothing in the same page mended. */
import { describe, expect, it } from 'vitest';
import { RULES } from './contradictions.ts';
import { readRanges } from './day-range.ts';
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

const CASES: readonly (readonly [id: string, wrong: string, right: string])[] = [
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
      ['1 May 2024', '40', '–'],
      ['2 May 2024', '41', '–'],
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
      ['7 May 2024', '40', '–'],
    ]),
    figure('witnesses', 'Began on 7 May 2024; no other witness changed', WITNESSES, [
      ['7 May 2024', '40', '3'],
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

describe.each(CASES)('%s', (id, wrong, right) => {
  it('is found', () => {
    expect(findings(wrong)).toContain(id);
  });
  it('is not found once mended', () => {
    expect(findings(right)).not.toContain(id);
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
