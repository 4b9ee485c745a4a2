/** Tests with and without a rate, unscored, and none at all. */
import type { TestRow } from '../../query/rows.ts';
import { toTests, type TestsView } from './view.ts';
import { context, counts, DAYS, type FigureCase } from '../case-rows.ts';

const TEST_ROWS: readonly TestRow[] = [
  {
    test_name: 'web_connectivity',
    ...counts(80_210, 2_110, 830, 1_200),
    unscored_count: 0,
    network_count: 31,
    day_count: 24,
  },
  { test_name: 'telegram', ...counts(142, 83), unscored_count: 0, network_count: 8, day_count: 20 },
  { test_name: 'signal', ...counts(310, 0), unscored_count: 0, network_count: 8, day_count: 20 },
  { test_name: 'whatsapp', ...counts(12, 4), unscored_count: 0, network_count: 3, day_count: 6 },
  { test_name: 'tor', ...counts(90, 90), unscored_count: 0, network_count: null, day_count: 18 },
  {
    test_name: 'http_header_field_manipulation',
    ...counts(480, 2, 0, 3),
    unscored_count: 0,
    network_count: 6,
    day_count: 20,
  },
  {
    test_name: 'riseupvpn',
    ...counts(0, 0),
    unscored_count: 1_234,
    network_count: 4,
    day_count: 9,
  },
  {
    test_name: 'brand_new_experiment_with_a_very_long_name',
    ...counts(0, 0),
    unscored_count: 3,
    network_count: 1,
    day_count: 1,
  },
];

export const CASES: readonly FigureCase<TestsView>[] = [
  { name: 'tests', view: toTests(TEST_ROWS, context(DAYS)) },
  { name: 'tests-none', view: toTests([], context(DAYS)) },
];
