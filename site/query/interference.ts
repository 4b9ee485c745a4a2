/**
 * Questions about counted OONI outcomes. Without a network filter counts come from
 * `interference_country_daily`, which also holds the publisher's own counts, and networks are counted in
 * `interference_network_daily`; with one, everything comes from the latter. All are values, so that
 * the light path answers them without an engine.
 */
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import { filterTests, type InterferenceFilter } from './condition.ts';
import { METHOD_COLUMNS, sumOf, toQuery, type GroupKey, type Tally } from './count.ts';
import type { Query } from './query.ts';
import type {
  CountryRow,
  MethodPeriodRow,
  NetworkPeriodRow,
  NetworkRow,
  OutcomePeriodRow,
  TestRow,
  TotalRow,
} from './rows.ts';

const COUNTRY = 'interference_country_daily';
const NETWORK = 'interference_network_daily';

const OUTCOMES = [
  'measurement_count',
  'ok_count',
  'anomaly_count',
  'confirmed_count',
  'failure_count',
].map((column) => sumOf(column));
const DAYS: Tally = { kind: 'days', name: 'day_count' };
const COUNTS: readonly Tally[] = [...OUTCOMES, sumOf('unscored_count'), DAYS];
const SPAN: Tally = { kind: 'span' };
const NETWORKS: Tally = { kind: 'networks', name: 'network_count' };
const TEST_COUNT: Tally = { kind: 'different', column: 'test_name', name: 'test_count' };
const COUNTRY_COUNT: Tally = { kind: 'different', column: 'probe_cc', name: 'country_count' };

const ASN: GroupKey = { name: 'probe_asn', column: 'probe_asn' };
const periodOf = (grain: TimeGrain): GroupKey => ({ name: 'period', column: 'day', as: grain });

/** Counts in groups by `by`, with `more` columns computed beside them. */
function countsQuery<Row>(
  filter: InterferenceFilter,
  by: readonly GroupKey[],
  more: readonly Tally[] = [],
): Query<Row> {
  const tallies = [...COUNTS, ...more];
  const ofNetworks = { table: NETWORK, where: filterTests(filter, true), by } as const;
  if (filter.probe_asn.length > 0)
    return toQuery({
      kind: 'count',
      counted: { ...ofNetworks, tallies: [...tallies, NETWORKS] },
      seen: null,
      finish: 'keys',
    });
  return toQuery({
    kind: 'count',
    counted: { table: COUNTRY, where: filterTests(filter, false), by, tallies },
    seen: { ...ofNetworks, tallies: [NETWORKS, sumOf('measurement_count', 'measured')] },
    finish: 'keys',
  });
}

/** One row per period with anything in it, in time order. Periods without tests are absent, not zero. */
export function outcomesQuery(
  filter: InterferenceFilter,
  grain: TimeGrain,
): Query<OutcomePeriodRow> {
  return countsQuery(filter, [periodOf(grain)]);
}

/** One row per test, by name. */
export function testsQuery(filter: InterferenceFilter): Query<TestRow> {
  return countsQuery(filter, [{ name: 'test_name', column: 'test_name' }]);
}

/** One row per country or territory, by code. */
export function countriesQuery(filter: InterferenceFilter): Query<CountryRow> {
  return countsQuery(filter, [{ name: 'probe_cc', column: 'probe_cc' }], [TEST_COUNT, SPAN]);
}

/** Always one row. */
export function totalsQuery(filter: InterferenceFilter): Query<TotalRow> {
  return countsQuery(filter, [], [TEST_COUNT, COUNTRY_COUNT, SPAN]);
}

/** One row per network, most measurements first. Empty where the source names no networks. */
export function networksQuery(filter: InterferenceFilter): Query<NetworkRow> {
  return toQuery({
    kind: 'count',
    counted: {
      table: NETWORK,
      where: filterTests(filter, true),
      by: [ASN],
      tallies: [...OUTCOMES, DAYS, SPAN],
    },
    seen: null,
    finish: 'named',
  });
}

/** One row per network and period with scored measurements. */
export function networkPeriodsQuery(
  filter: InterferenceFilter,
  grain: TimeGrain,
): Query<NetworkPeriodRow> {
  const columns = ['measurement_count', 'anomaly_count', 'confirmed_count', 'failure_count'];
  return toQuery({
    kind: 'count',
    counted: {
      table: NETWORK,
      where: filterTests(filter, true),
      by: [ASN, periodOf(grain)],
      tallies: columns.map((column) => sumOf(column)),
    },
    seen: null,
    finish: 'tests',
  });
}

/** One row per period and method that occurred. Published counts name no methods and are not in it. */
export function methodsQuery(filter: InterferenceFilter, grain: TimeGrain): Query<MethodPeriodRow> {
  const table = filter.probe_asn.length > 0 ? NETWORK : COUNTRY;
  return toQuery({
    kind: 'count',
    counted: {
      table,
      where: filterTests(filter, table === NETWORK),
      by: [periodOf(grain)],
      tallies: METHOD_COLUMNS.map(({ column }) => sumOf(column)),
    },
    seen: null,
    finish: 'methods',
  });
}
