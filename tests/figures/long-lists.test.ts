/** A list of more websites or networks than a page can hold keeps those with most tests, and says of how many. */
import { expect, it } from 'vitest';
import type { DomainRow } from '../../site/query/domains.ts';
import { LISTED, toDomainGroups, toNetworkGroups } from '../../site/figures/lists/view.ts';
import { counts } from '../../site/figures/case-rows.ts';
import { toNetworkEntries } from '../../site/figures/lists/entries.ts';
import { asn, country, day } from '../support/days.ts';

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
  for (const { table, few, total, shown } of groups) {
    expect(shown).toBe(total);
    expect(table.rows.length + (few?.length ?? 0)).toBe(300);
  }
});

function makeNetworks(places: number, each: number): ReturnType<typeof toNetworkEntries> {
  const codes = [...'ABCDEFGHIJKLMNOPQRST'].slice(0, places).map((letter) => country(`K${letter}`));
  const rows = codes.flatMap((probe_cc, place) =>
    Array.from({ length: each }, (_, n) => ({
      probe_cc,
      probe_asn: asn(1_000 * (place + 1) + n),
      ...counts(100 + n, 0, 0),
      unscored_count: 0,
      day_count: 9,
      first_day: day('2024-10-01'),
      last_day: day('2024-11-07'),
    })),
  );
  return toNetworkEntries(rows, []);
}

it('of 1,200 networks of places, has a row of each place, by part of the world', () => {
  const groups = toNetworkGroups(makeNetworks(20, 60));
  const rows = groups.flatMap(({ table }) => table.rows);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(20);
  for (const { cells } of rows)
    expect(cells.slice(1).map(({ sort }) => sort)).toEqual([60, 60 * 129.5, '2024-11-07']);
  expect(groups.map(({ of }) => of)).toEqual(groups.map(() => null));
});

it('of 600 networks of places, has a table of each place', () => {
  const groups = toNetworkGroups(makeNetworks(10, 60));
  expect(groups).toHaveLength(10);
  for (const { table, of } of groups) {
    expect(table.rows).toHaveLength(LISTED);
    expect(of).toMatchObject({ total: 60, shown: LISTED });
  }
});
