/** Reaching a tool, its speed and its use, side by side. */
import { expect, it } from 'vitest';
import { toCountryCode } from '../../data-build/contract/brands.ts';
import { toToolReach } from '../../site/view/tool-reach.ts';
import { day } from '../support/days.ts';

function place(code: string) {
  const known = toCountryCode(code);
  if (known === null) throw new Error(`${code} is no code.`);
  return known;
}
const tested = (code: string, tests: number, signs: number) => ({
  test_name: 'tor',
  probe_cc: place(code),
  network_count: 3,
  measurement_count: tests,
  ok_count: tests - signs,
  anomaly_count: signs,
  confirmed_count: 0,
  failure_count: 0,
  unscored_count: 0,
  day_count: 20,
  first_day: day('2024-05-01'),
  last_day: day('2024-05-20'),
});
const used = (code: string, tool: string, value: number) => ({
  probe_cc: place(code),
  tool,
  metric: 'users',
  source: 'tor-metrics' as const,
  median_value: value,
  first_day: day('2023-01-01'),
  last_day: day('2023-12-31'),
});
const textsOf = (table: ReturnType<typeof toToolReach>) =>
  table?.rows.map(({ cells }) => cells.map(({ text }) => text.replace(/[\u2066-\u2069]/g, '')));

it('shows what tests said beside speed and use, those with most tests first', () => {
  const table = toToolReach({
    label: 'Tor',
    places: [tested('KE', 100, 10), tested('IR', 200, 150)],
    connected: [
      { probe_cc: place('KE'), connected: 90, median_s: 12.34 },
      { probe_cc: place('IR'), connected: 7, median_s: 99 },
    ],
    use: [used('IR', 'tor-relay', 12_345), used('IR', 'tor-bridge', 456.7)],
  });
  expect(table?.caption).toBe('How fast it connected, and how much it is used');
  expect(textsOf(table)).toEqual([
    [
      'Iran',
      '75% (150 of 200)',
      // Seven are too few for a speed.
      'too few tests (n = 7)',
      'Tor: 12,300 estimated clients, Tor bridges: 457 estimated clients',
      expect.stringMatching(/1 Jan.+31 Dec 2023/),
    ],
    ['Kenya', '10% (10 of 100)', '12 s (n = 90)', '', ''],
  ]);
});

it('keeps a place that is only known by its use, and says that nothing was tested there', () => {
  const table = toToolReach({
    label: 'Tor',
    places: [],
    connected: [],
    use: [used('KE', 'tor-relay', 40)],
  });
  expect(table?.caption).toBe('How much it is used');
  expect(textsOf(table)?.[0]?.slice(0, 4)).toEqual([
    'Kenya',
    'not tested',
    // No column for a speed that no place has.
    'Tor: 40 estimated clients',
    expect.stringMatching(/2023/),
  ]);
});

it('is left out where there is neither speed nor use', () => {
  expect(
    toToolReach({ label: 'Snowflake', places: [tested('KE', 100, 1)], connected: [], use: [] }),
  ).toBeNull();
});
