/**
 * Hand-made cases of every chart: what the gallery page shows while one develops, and what snapshots and the
 * parity test draw. Numbers are invented; networks and places do not exist.
 */
import { toAsn, toDay, type Asn, type Day } from '../../data-build/contract/brands.ts';
import type { BlockingMethod, TimeGrain } from '../../data-build/contract/vocabulary.ts';
import type {
  MethodPeriodRow,
  NetworkPeriodRow,
  NetworkRow,
  OutcomePeriodRow,
  TestRow,
} from '../query/rows.ts';
import type { ViewContext } from '../view/context.ts';
import { toMethods } from '../view/methods.ts';
import { toNetworks } from '../view/networks.ts';
import { toOutcomes } from '../view/outcomes.ts';
import { toRateSeries } from '../view/rate-series.ts';
import { toResult, type ResultView } from '../view/result.ts';
import { toTests } from '../view/tests.ts';
import { toPeriods, type TimeFrame } from '../view/time-frame.ts';
import type { ChartView } from './registry.ts';

function day(text: string): Day {
  const known = toDay(text);
  if (known === null) throw new Error(`${text} is no day.`);
  return known;
}
function asn(number: number): Asn {
  const known = toAsn(number);
  if (known === null) throw new Error(`${number} is no network number.`);
  return known;
}
function frame(since: string, until: string, grain: TimeGrain, dataUntil = until): TimeFrame {
  return { since: day(since), until: day(until), grain, dataUntil: day(dataUntil) };
}
function context(time: TimeFrame, more: Partial<ViewContext> = {}): ViewContext {
  return {
    frame: time,
    place: 'Examplia',
    test: null,
    network: null,
    networkCount: 9,
    ...more,
  };
}

/** Outcome counts in the order measurements, anomaly, confirmed, failure. */
function counts(tests: number, anomaly: number, confirmed = 0, failure = 0) {
  return {
    measurement_count: tests,
    ok_count: tests - anomaly - confirmed - failure,
    anomaly_count: anomaly,
    confirmed_count: confirmed,
    failure_count: failure,
  };
}

/** A leap on the ninth day, a gap of two days, a day with too few tests. */
const DAYS = frame('2024-03-01', '2024-03-25', 'day');
const DAY_ROWS: readonly OutcomePeriodRow[] = toPeriods(DAYS).flatMap(({ start }, index) => {
  if (index === 4 || index === 5) return [];
  const tests = index === 15 ? 7 : 60 + ((index * 37) % 50);
  const anomaly = index < 8 ? index % 3 : Math.round(tests * (0.5 + ((index * 7) % 5) / 20));
  return [
    {
      period: start,
      ...counts(tests, anomaly, 0, index % 4),
      unscored_count: 1,
      network_count: 5,
      day_count: 1,
    },
  ];
});

/** Weeks cut at the beginning and unfinished at the end, confirmed ones in the second half. */
const WEEKS = frame('2023-05-03', '2024-03-01', 'week');
const WEEK_ROWS: readonly OutcomePeriodRow[] = toPeriods(WEEKS).flatMap(({ start }, index) => {
  if (index >= 13 && index <= 15) return [];
  const tests = index % 9 === 8 ? 9 : 20_000 + ((index * 4_871) % 15_000);
  const anomaly = Math.round(tests * (((index * 3) % 10) / 40));
  const confirmed = index > 20 ? Math.round(tests * 0.08) : 0;
  return [
    {
      period: start,
      ...counts(tests, anomaly, confirmed, Math.round(tests * 0.05)),
      unscored_count: 12,
      network_count: index % 11 === 10 ? 1 : 8,
      day_count: index % 4 === 3 ? 4 : 7,
    },
  ];
});

const MONTHS = frame('2021-01-01', '2024-02-12', 'month');
const MONTH_ROWS: readonly OutcomePeriodRow[] = toPeriods(MONTHS).map(({ start }, index) => ({
  period: start,
  ...counts(900 + ((index * 311) % 700), (index * 53) % 90, 0, index % 7),
  unscored_count: 0,
  network_count: null,
  day_count: 28,
}));

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

const METHODS: readonly BlockingMethod[] = [
  'dns',
  'tcp_ip',
  'tls',
  'http_failure',
  'http_diff',
  'app_endpoints',
  'app_web',
  'app_registration',
  'tool_bootstrap',
  'middlebox',
  'other',
];
function methodRows(methods: readonly BlockingMethod[]): readonly MethodPeriodRow[] {
  return DAY_ROWS.flatMap(({ period, anomaly_count }, index) =>
    methods.map((blocking_method, place) => ({
      period,
      blocking_method,
      count: Math.floor((anomaly_count * (1 + ((index + place * 2) % 4))) / (methods.length * 2.5)),
    })),
  );
}

/** A query's answer: two series by day, and a share by place of which one is held back. */
function result(form: ResultView['form']): ResultView {
  const view =
    form === 'lines'
      ? toResult(
          [
            { name: 'day', kind: 'day' },
            { name: 'tool', kind: 'text' },
            { name: 'clients', kind: 'number' },
          ],
          DAY_ROWS.flatMap(({ period, measurement_count }, index) => [
            [period, 'tor-relay', measurement_count * 12.5],
            [period, 'tor-bridge', index === 4 ? null : measurement_count * 3],
          ]),
          2,
          null,
        )
      : toResult(
          [
            { name: 'probe_cc', kind: 'text' },
            { name: 'rate', kind: 'number' },
          ],
          [
            ['XA', 0.42],
            ['XB', 0.031],
            ['XC', 0.5],
          ],
          1,
          {
            held: new Set([1]),
            reasonOf: ([code]) => (code === 'XC' ? 'too few tests (n = 7)' : null),
            heldRows: 1,
            notes: [],
          },
        );
  if (view === null) throw new Error('The case has nothing to draw.');
  return view;
}

export interface GalleryCase {
  /** File name of its snapshots. */
  readonly name: string;
  readonly view: ChartView;
}

export const GALLERY_CASES: readonly GalleryCase[] = [
  { name: 'outcomes-days', view: toOutcomes(DAY_ROWS, context(DAYS, { test: 'Telegram' })) },
  { name: 'outcomes-weeks', view: toOutcomes(WEEK_ROWS, context(WEEKS)) },
  {
    name: 'outcomes-months',
    view: toOutcomes(MONTH_ROWS, context(MONTHS, { networkCount: null })),
  },
  { name: 'outcomes-none', view: toOutcomes([], context(DAYS, { networkCount: 0 })) },
  {
    name: 'outcomes-one-day',
    view: toOutcomes(
      DAY_ROWS.slice(0, 1),
      context(frame('2024-03-01', '2024-03-02', 'day'), { place: 'A & B <i>"Islands"</i>' }),
    ),
  },
  { name: 'rate-days', view: toRateSeries(DAY_ROWS, context(DAYS, { test: 'Telegram' })) },
  { name: 'rate-weeks', view: toRateSeries(WEEK_ROWS, context(WEEKS)) },
  { name: 'rate-months', view: toRateSeries(MONTH_ROWS, context(MONTHS, { networkCount: null })) },
  { name: 'rate-none', view: toRateSeries([], context(DAYS, { networkCount: 0 })) },
  { name: 'tests', view: toTests(TEST_ROWS, context(DAYS)) },
  { name: 'tests-none', view: toTests([], context(DAYS)) },
  { name: 'networks', view: toNetworks(NETWORK_ROWS, NETWORK_PERIOD_ROWS, context(DAYS)) },
  { name: 'networks-unknown', view: toNetworks([], [], context(DAYS, { networkCount: null })) },
  {
    name: 'methods',
    view: toMethods(methodRows(['app_endpoints', 'tls', 'dns']), DAY_ROWS, context(DAYS)),
  },
  { name: 'methods-all', view: toMethods(methodRows(METHODS), DAY_ROWS, context(DAYS)) },
  { name: 'methods-none', view: toMethods([], DAY_ROWS, context(DAYS)) },
  { name: 'result-lines', view: result('lines') },
  { name: 'result-bars', view: result('bars') },
];
