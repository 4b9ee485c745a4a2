/** What a place without a finding says in small under its totals: of what the tests are, how sure, whether it goes on. */
import { expect, it } from 'vitest';
import { formatBasis } from '../../site/figures/safe/basis.ts';
import { day } from '../support/days.ts';

function tested(test_name: string, tests: number, signs: number, confirmed = 0) {
  return {
    test_name,
    measurement_count: tests,
    ok_count: tests - signs - confirmed,
    anomaly_count: signs,
    confirmed_count: confirmed,
    failure_count: 0,
    unscored_count: 0,
    network_count: null,
    day_count: 20,
  };
}

const last = day('2024-06-30');

it('names what all or most tests were of', () => {
  const websites = tested('web_connectivity', 999, 0);
  expect(formatBasis([websites], last, last)).toBe('All were tests of websites.');
  expect(formatBasis([tested('telegram', 1, 0), websites], last, last)).toBe(
    'Most were tests of websites (999 of 1,000).',
  );
  // Failures have no verdict and are not in the sentence above.
  const failed = { ...tested('telegram', 9, 0), ok_count: 0, failure_count: 9 };
  expect(formatBasis([failed, websites], last, last)).toBe('All were tests of websites.');
  expect(formatBasis([websites, tested('telegram', 999, 0)], last, last)).toBe('');
});

it('says that signs are not confirmed, and that tests stopped', () => {
  const signs = tested('web_connectivity', 400, 100);
  const stopped = 'Regular testing stopped on 1 May 2024: how it is now is not known.';
  expect(formatBasis([signs], day('2024-05-01'), last)).toBe(
    `All were tests of websites. None confirmed. ${stopped}`,
  );
  expect(formatBasis([tested('telegram', 400, 100)], last, last)).toBe(
    'All were tests of Telegram. None confirmed; tests of apps cannot confirm.',
  );
  expect(formatBasis([tested('web_connectivity', 400, 100, 9)], last, last)).not.toMatch(/None/);
});

it('tells tests that were confirmed on other days, which tables of the page count', () => {
  const said = (confirmed: number, all: number) =>
    formatBasis([tested('web_connectivity', 400, 100, confirmed)], last, last, all);
  expect(said(0, 4)).toContain('None confirmed. On other days 4 tests were confirmed.');
  expect(said(0, 0)).not.toContain('other days');
  expect(said(9, 12)).not.toContain('other days');
});
