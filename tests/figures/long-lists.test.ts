/** A list of more websites than a page can hold keeps those with most tests, and says of how many. */
import { expect, it } from 'vitest';
import type { DomainRow } from '../../site/query/domains.ts';
import { LISTED, toDomainGroups } from '../../site/figures/lists/view.ts';
import { day } from '../support/days.ts';

const CODES = ['NEWS', 'COMT', null] as const;

function makeRows(count: number): readonly DomainRow[] {
  return Array.from({ length: count }, (_, n) => ({
    domain: `site-${n}.example`,
    category_code: CODES[n % CODES.length] ?? null,
    // Every fifth has too few tests for a rate.
    measurement_count: n % 5 === 0 ? 3 : 1_000 + n,
    ok_count: n % 5 === 0 ? 3 : 1_000 + n,
    anomaly_count: 0,
    confirmed_count: 0,
    failure_count: 0,
    unscored_count: 0,
    country_count: 3,
    network_count: 4,
    only_probe_asn: null,
    day_count: 9,
    first_day: day('2024-10-01'),
    last_day: day('2024-11-07'),
  }));
}

it('of 3,000 websites, holds the most tested of each category', () => {
  const groups = toDomainGroups(makeRows(3_000));
  expect(groups).toHaveLength(CODES.length);
  for (const { table, few, total, shown } of groups) {
    expect(total).toBe(1_000);
    expect([table.rows.length, few?.length]).toEqual([LISTED, LISTED]);
    expect(shown).toBe(2 * LISTED);
    const tests = table.rows.map(({ cells }) => Number(cells[2]?.sort));
    expect(tests).toEqual(tests.toSorted((a, b) => b - a));
    expect(tests[0]).toBeGreaterThan(3_900);
  }
});

it('of 900 websites, holds all', () => {
  const groups = toDomainGroups(makeRows(900));
  for (const { table, few = [], total, shown } of groups) {
    expect(shown).toBe(total);
    expect(table.rows.length + few.length).toBe(300);
  }
});
