/** What was not tested, and how rare interference could be without being noticed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FLOORS } from '../../data-build/contract/floors.ts';
import type { TestRow } from '../../site/query/rows.ts';
import { toBlindSpots } from '../../site/figures/blind-spots/view.ts';
import { toLineGroups } from '../../site/figures/place-line/levels.ts';
import type { ViewContext } from '../../site/view/context.ts';
import { detectableShare } from '../../site/figures/blind-spots/detectable.ts';
import { toRate } from '../../site/view/rate.ts';
import { day } from '../support/days.ts';

const context: ViewContext = {
  frame: {
    since: day('2024-05-01'),
    until: day('2024-06-01'),
    grain: 'day',
    dataUntil: day('2024-06-01'),
  },
  place: 'Examplia',
  test: null,
  network: null,
  networkCount: 6,
};

function test(test_name: string, tests: number, signs: number): TestRow {
  return {
    test_name,
    measurement_count: tests,
    ok_count: tests - signs,
    anomaly_count: signs,
    confirmed_count: 0,
    failure_count: 0,
    unscored_count: 0,
    network_count: 6,
    day_count: 20,
  };
}

function network(tests: number) {
  return { rate: toRate({ ...test('', tests, 0), network_count: null }, FLOORS.network) };
}

describe('detectableShare', () => {
  it('gives the values of the exact bound', () => {
    expect(detectableShare(1)).toBeCloseTo(0.95, 12);
    expect(detectableShare(10)).toBeCloseTo(0.2589, 4);
    expect(detectableShare(100)).toBeCloseTo(0.0295, 4);
    // The rule of three: 3/n for many tests.
    expect(detectableShare(10_000) * 10_000).toBeCloseTo(3, 1);
  });

  it('is missed by all tests with a chance of exactly 5 %', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (n) => {
        expect((1 - detectableShare(n)) ** n).toBeCloseTo(0.05, 6);
      }),
    );
  });

  it('refuses to notice anything with no test', () => {
    expect(() => detectableShare(0)).toThrow(/0 tests/);
  });
});

describe('toBlindSpots', () => {
  const tests = [test('telegram', 100, 0), test('signal', 7, 0), test('web_connectivity', 400, 60)];
  const view = toBlindSpots(
    tests,
    [
      { ...test('', 396, 50), category_code: 'NEWS', network_count: 6 },
      { ...test('', 4, 0), category_code: 'GAME', network_count: 1 },
    ],
    [network(400), network(9)],
    2,
    context,
  );
  const gaps = view.gaps.join('\n');

  it('names whole groups, single tests and those with too few, each with the dates', () => {
    expect(gaps).toMatch(/Not tested at all: circumvention tools and middleboxes, 1\W+31 May 2024/);
    expect(gaps).toMatch(/Not tested: .*WhatsApp/);
    expect(gaps).toContain('Tested too little for a rate: Signal (n = 7)');
    expect(gaps).not.toContain('legacy');
  });

  it('says where tests were run and all failed, with their number', () => {
    const failed = { ...test('signal', 12, 0), ok_count: 0, failure_count: 12 };
    const site = { ...failed, category_code: 'GAME', network_count: 6 } as const;
    const said = toBlindSpots([failed], [site], [], 0, context).gaps.join('\n');
    expect(said).toContain('Signal (all 12 measurements failed)');
    expect(said).toContain('Gaming (all 12 measurements failed)');
    expect(said).not.toContain('n = 0');
  });

  it('names categories and networks that the numbers lack', () => {
    expect(gaps).toMatch(/Categories of websites without any test: .* and \d+ more/);
    expect(gaps).not.toMatch(/without any test: [^\n]*News media/);
    expect(gaps).toContain('Gaming (n = 4)');
    expect(gaps).toContain('1 of 2 networks had too few tests');
    expect(gaps).toContain('2 more networks are known here');
  });

  it('says what the tests without signs would have noticed, with n and chance', () => {
    expect(view.sentence).toMatch(
      /^With 100 tests of Telegram, interference on at least 3% of attempts would have been noticed with 95% chance \(1\W+31 May 2024\)\.$/,
    );
    expect(view.table.rows.map(({ key }) => key)).toEqual([
      'web_connectivity',
      'telegram',
      'signal',
    ]);
  });

  it('does not call a category untested whose tests may be among those without a name', () => {
    const counted = [test('web_connectivity', 5000, 60)];
    const news = { ...test('', 396, 50), category_code: 'NEWS', network_count: 6 } as const;
    const said = toBlindSpots(counted, [news], [], 0, context).gaps.join('\n');
    expect(said).toContain('4,604 of 5,000 tests of websites do not name the website');
    expect(said).toContain('Categories of websites without a test that names its website: ');
    expect(said).not.toContain('without any test');
    const [, , websites] = toLineGroups(new Map(), new Map([['NEWS', news]]), 6, new Set(), 4604);
    const levels = new Set(websites?.cells.map(({ level }) => level));
    expect([...levels]).toEqual(['unnamed', 'some']);
  });

  it('says so where counts name no website', () => {
    expect(toBlindSpots(tests, [], [], 0, context).gaps.join(' ')).toContain(
      'No single website is named',
    );
  });
});
