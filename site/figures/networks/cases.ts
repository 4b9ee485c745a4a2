/** Many networks, and none known. */
import type { NetworkPeriodRow, NetworkRow } from '../../query/rows.ts';
import { toNetworks, type NetworksView } from './view.ts';
import { toPeriods } from '../../view/time-frame.ts';
import { asn, context, counts, day, DAYS, type FigureCase } from '../case-rows.ts';

const NAMES = [
  'Example Mobile',
  null,
  'A very long name of a network & its <holding> company Ltd.',
  'بث',
];
const NETWORK_ROWS: readonly NetworkRow[] = Array.from({ length: 28 }, (_, index) => {
  const tests = Math.max(1, 700 - index * 26);
  return {
    probe_asn: asn(64_500 + index * 7),
    name: NAMES[index % NAMES.length] ?? null,
    ...counts(tests, index % 5 === 4 ? 0 : Math.round(tests / (index + 2))),
    day_count: Math.max(1, 22 - index),
    first_day: DAYS.since,
    last_day: day('2024-03-24'),
  };
});
const NETWORK_PERIOD_ROWS: readonly NetworkPeriodRow[] = NETWORK_ROWS.flatMap((network, row) =>
  toPeriods(DAYS).flatMap(({ start }, index) => {
    if ((index * 5 + row * 3) % 7 < row / 4) return [];
    const tests = (index + row) % 6 === 0 ? 3 : 24 - (row % 10);
    const anomaly = index < 8 ? 0 : Math.floor((tests * ((index + row * 2) % 5)) / 4);
    return [
      {
        probe_asn: network.probe_asn,
        period: start,
        measurement_count: tests,
        anomaly_count: anomaly,
        confirmed_count: 0,
        failure_count: 0,
      },
    ];
  }),
);

export const CASES: readonly FigureCase<NetworksView>[] = [
  { name: 'networks', view: toNetworks(NETWORK_ROWS, NETWORK_PERIOD_ROWS, context(DAYS)) },
  { name: 'networks-unknown', view: toNetworks([], [], context(DAYS, { networkCount: null })) },
];
