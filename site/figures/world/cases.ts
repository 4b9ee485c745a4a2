/** Places that do not exist: each level of interference, of speed, and of tool use. */
import type { WorldInterferenceRow } from '../../query/world.ts';
import { addDays } from '../../../data-build/contract/brands.ts';
import { country, day, GEOMETRY, PLACES, type FigureCase } from '../case-rows.ts';
import {
  toInterferenceRecord,
  toThroughputRecord,
  toToolsRecord,
  type WorldRecord,
} from './record.ts';
import { toWorldView, type WorldView } from './view.ts';

const MONTHS = ['01', '02', '03', '04', '05', '06', '07'].map((month) => day(`2024-${month}-01`));
const LAST = day('2024-07-01');
const CODES = PLACES.map(country);

function view(
  record: WorldRecord,
  source: WorldView['source'],
  theme: WorldView['theme'] = null,
): FigureCase<WorldView>['view'] {
  const until = day('2024-08-01');
  return toWorldView(record, LAST, {
    layer: record.witness,
    theme,
    source,
    codes: CODES,
    geometry: GEOMETRY,
    dataUntil: until,
  });
}

/** Of 1,000 tests each. */
const SIGNS: readonly Partial<WorldInterferenceRow>[] = [
  { anomaly_count: 200, confirmed_count: 300 },
  { anomaly_count: 30, confirmed_count: 20 },
  { anomaly_count: 500 },
  { anomaly_count: 200 },
  { anomaly_count: 600, network_count: null },
  { measurement_count: 9, network_count: 1 },
];
const tested = CODES.map((probe_cc, index): WorldInterferenceRow => ({
  period: LAST,
  probe_cc,
  measurement_count: 1000,
  failure_count: 10,
  anomaly_count: 0,
  confirmed_count: 0,
  network_count: 5,
  only_probe_asn: null,
  day_count: 20,
  first_day: LAST,
  last_day: addDays(LAST, 27),
  ...SIGNS[index],
}));

/** Of four places, from the first on. */
const over = <Row>(toRow: (period: (typeof MONTHS)[number], place: number) => Row): Row[] =>
  MONTHS.flatMap((period) => [0, 1, 2, 3].map((place) => toRow(period, place)));
const place = (index: number) => CODES[index] ?? country('XC');
const event = { first_sign: LAST, first_normal: null };

export const CASES: readonly FigureCase<WorldView>[] = [
  { name: 'world-interference', view: view(toInterferenceRecord(tested, 'month'), 'ooni') },
  {
    name: 'world-theme',
    view: view(toInterferenceRecord(tested.slice(0, 3), 'month'), 'ooni', {
      kind: 'theme',
      code: 'NEWS',
      of: 'websites',
    }),
  },
  {
    name: 'world-throughput',
    view: view(
      toThroughputRecord(
        over((period, index) => ({
          period,
          probe_cc: place(index),
          download_sample_count: index === 3 ? 20 : 900,
          download_mbps_p50: 12 + index,
        })),
        [
          { ...event, probe_cc: place(0), kind: 'slowdown', magnitude: 0.6 },
          { ...event, probe_cc: place(1), kind: 'vanished', magnitude: 0.1 },
        ],
        'month',
      ),
      'mlab',
    ),
  },
  {
    name: 'world-tools',
    view: view(
      toToolsRecord(
        over((period, index) => ({
          period,
          probe_cc: place(index),
          tool: 'tor-relay',
          value: index === 3 ? 12 : 2000,
          day_count: 28,
        })),
        [
          { ...event, probe_cc: place(0), kind: 'surge', magnitude: 3.4 },
          { ...event, probe_cc: place(1), kind: 'drop', magnitude: 0.3 },
        ],
        'month',
      ),
      'tor-metrics',
    ),
  },
];
