/**
 * Questions about the other two witnesses and about detected events. Text that both DuckDB 1.5 and 0.9.1
 * understand; counts are DOUBLE so that both engines give plain numbers.
 */
import type { Asn, CountryCode, Day } from '../../data-build/contract/brands.ts';
import type { DetectedEvent } from '../../data-build/contract/detected-event.ts';
import { PUBLISHERS, TESTS_FROM } from '../../data-build/contract/publishers.ts';
import type { RowOf } from '../../data-build/contract/tables.ts';
import { isIn, type RowTest } from './condition.ts';
import { toQuery, type Tally } from './count.ts';
import type { ListedColumn } from './list.ts';
import type { Query } from './query.ts';

export interface EventRow extends DetectedEvent {
  /** Name of the event's network; null where it has none or is not known. */
  readonly network_name: string | null;
}

export interface ThroughputRow extends Pick<
  RowOf<'throughput_daily'>,
  | 'download_mbps_p10'
  | 'download_mbps_p25'
  | 'download_mbps_p50'
  | 'download_mbps_p75'
  | 'download_mbps_p90'
  | 'upload_mbps_p50'
  | 'min_rtt_ms_p50'
  | 'loss_ratio_p50'
> {
  /** First day of the day or month. */
  readonly period: Day;
  readonly grain: 'day' | 'month';
  /** Downloads measured, which latency and loss are of, too. */
  readonly download_sample_count: number;
  /** Uploads measured; null: nobody says. */
  readonly upload_sample_count: number | null;
}

/** `value` null: withheld or not published, never 0. */
export type ToolUseRow = Omit<RowOf<'circumvention_daily'>, 'probe_cc'>;

export interface IndicatorRow extends Omit<RowOf<'indicators_daily'>, 'probe_cc' | 'licence'> {
  readonly value: number;
}

/** A place that has rows of a table, with the span of its days. */
export interface PlaceRow {
  readonly probe_cc: CountryCode;
  readonly first_day: Day;
  readonly last_day: Day;
}

/** The last day of one series. */
export interface UseEndRow {
  readonly tool: string;
  readonly metric: string;
  readonly day: Day;
}

export interface IndicatorEndRow {
  readonly source: string;
  readonly indicator: string;
  readonly day: Day;
}

/** One day of the target of one event. */
export interface CourseRow {
  readonly day: Day;
  readonly tests: number;
  readonly signs: number;
}

const asThemselves = (...names: readonly string[]): readonly ListedColumn[] =>
  names.map((name) => ({ name }));
const asTexts = (...names: readonly string[]): readonly ListedColumn[] =>
  names.map((name) => ({ name, as: 'text' }));
const asNumbers = (...names: readonly string[]): readonly ListedColumn[] =>
  names.map((name) => ({ name, as: 'number' }));

const EVENT_COLUMNS = [
  ...asThemselves('event_id', 'source', 'kind', 'probe_cc', 'probe_asn', 'target', 'test_name'),
  ...asThemselves('domain', 'category_code', 'tool', 'metric', 'blocking_method'),
  ...asTexts('last_normal', 'first_sign', 'last_sign', 'first_normal', 'extreme_day'),
  ...asThemselves('magnitude', 'baseline'),
  ...asNumbers('measurement_count', 'anomaly_count', 'confirmed_count', 'network_count'),
  ...asThemselves('agreement', 'detector_id', 'robust', 'coverage_ratio', 'follows_event_id'),
  ...asThemselves('licence'),
];

const NEWEST_FIRST = [{ name: 'first_sign', descending: true }, { name: 'event_id' }] as const;

/** Every event, newest first; of one country or territory when named. */
export function eventsQuery(probeCc: string | null): Query<EventRow> {
  const where = isIn('probe_cc', 'VARCHAR', probeCc === null ? [] : [probeCc]);
  return toQuery({
    kind: 'list',
    from: [{ table: 'events', where, columns: EVENT_COLUMNS }],
    order: NEWEST_FIRST,
    named: true,
  });
}

/** Where the events of tests lie: those of other publishers are not read for them. */
const TEST_EVENTS = PUBLISHERS[TESTS_FROM].licence;

/** Events of tests in a country or territory, without names of networks: what is drawn or said beside counts of tests. */
export function testEventsQuery(probeCc: string): Query<EventRow> {
  return toQuery({
    kind: 'list',
    from: [
      {
        table: 'events',
        where: [
          ...isIn('probe_cc', 'VARCHAR', [probeCc]),
          ...isIn('licence', 'VARCHAR', [TEST_EVENTS]),
        ],
        columns: [...EVENT_COLUMNS, { name: 'network_name', as: 'nothing' }],
      },
    ],
    order: NEWEST_FIRST,
  });
}

/** Which files answer {@link testEventsQuery}. */
export function testEventsScope(probeCc: string) {
  return { probeCc, licence: TEST_EVENTS };
}

/** Downloads of a whole country or territory, or of one network in it: days where there are any, and months. */
export function throughputQuery(probeCc: string, asn: Asn | null = null): Query<ThroughputRow> {
  const columns = [
    ...asNumbers('download_sample_count', 'upload_sample_count'),
    ...asThemselves(...['p10', 'p25', 'p50', 'p75', 'p90'].map((p) => `download_mbps_${p}`)),
    ...asThemselves('upload_mbps_p50', 'min_rtt_ms_p50', 'loss_ratio_p50'),
  ];
  const where: readonly RowTest[] = [
    ...isIn('probe_cc', 'VARCHAR', [probeCc]),
    ...(asn === null
      ? [{ kind: 'null', column: 'probe_asn' } as const]
      : isIn('probe_asn', 'UINTEGER', [asn])),
    { kind: 'positive', column: 'download_sample_count' },
    { kind: 'present', column: 'download_mbps_p50' },
  ];
  const grainOf = (grain: string): ListedColumn => ({ name: 'grain', as: 'constant', from: grain });
  return toQuery({
    kind: 'list',
    from: [
      {
        table: 'throughput_daily',
        where,
        columns: [{ name: 'period', as: 'text', from: 'day' }, grainOf('day'), ...columns],
      },
      {
        table: 'throughput_monthly',
        where,
        columns: [{ name: 'period', as: 'month', from: 'month' }, grainOf('month'), ...columns],
      },
    ],
    order: [{ name: 'grain' }, { name: 'period' }],
  });
}

/** Every figure of every tool in a country or territory, by tool, metric and day. */
export function toolUseQuery(probeCc: string): Query<ToolUseRow> {
  const columns = asThemselves(
    ...['tool', 'metric', 'value', 'lower', 'upper', 'coverage', 'source', 'licence'],
  );
  const where = isIn('probe_cc', 'VARCHAR', [probeCc]);
  return toQuery({
    kind: 'list',
    from: [{ table: 'circumvention_daily', where, columns: [...asTexts('day'), ...columns] }],
    order: [{ name: 'tool' }, { name: 'metric' }, { name: 'day' }],
  });
}

/** Every indicator of a country or territory, by publisher, indicator and day. */
export function indicatorsQuery(probeCc: string): Query<IndicatorRow> {
  const columns = asThemselves('source', 'indicator', 'value', 'lower', 'upper');
  const where: readonly RowTest[] = [
    ...isIn('probe_cc', 'VARCHAR', [probeCc]),
    { kind: 'present', column: 'value' },
  ];
  return toQuery({
    kind: 'list',
    from: [{ table: 'indicators_daily', where, columns: [...asTexts('day'), ...columns] }],
    order: [{ name: 'source' }, { name: 'indicator' }, { name: 'day' }],
  });
}

/** Places with indicators. */
export function indicatorPlacesQuery(): Query<PlaceRow> {
  return {
    sql: 'SELECT probe_cc, min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day FROM indicators_daily WHERE value IS NOT NULL GROUP BY probe_cc ORDER BY probe_cc',
    params: [],
    tables: ['indicators_daily'],
  };
}

/** Places with speed tests. */
export function throughputPlacesQuery(): Query<PlaceRow> {
  return {
    sql: [
      "WITH spans AS (SELECT probe_cc, day AS first_day, day AS last_day FROM throughput_daily WHERE probe_asn IS NULL UNION ALL SELECT probe_cc, (month || '-01')::DATE AS first_day, ((month || '-01')::DATE + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE AS last_day FROM throughput_monthly WHERE probe_asn IS NULL)",
      'SELECT probe_cc, min(first_day)::VARCHAR AS first_day, max(last_day)::VARCHAR AS last_day FROM spans WHERE probe_cc IS NOT NULL GROUP BY probe_cc ORDER BY probe_cc',
    ].join(' '),
    params: [],
    tables: ['throughput_daily', 'throughput_monthly'],
  };
}

/** Places with published figures of tool use. */
export function toolUsePlacesQuery(): Query<PlaceRow> {
  return {
    sql: 'SELECT probe_cc, min(day)::VARCHAR AS first_day, max(day)::VARCHAR AS last_day FROM circumvention_daily WHERE value IS NOT NULL GROUP BY probe_cc ORDER BY probe_cc',
    params: [],
    tables: ['circumvention_daily'],
  };
}

/** Last day with a figure of each tool and metric in a country or territory. */
export function useEndsQuery(probeCc: string): Query<UseEndRow> {
  return toQuery({
    kind: 'count',
    counted: {
      table: 'circumvention_daily',
      where: [...isIn('probe_cc', 'VARCHAR', [probeCc]), { kind: 'present', column: 'value' }],
      by: [
        { name: 'tool', column: 'tool' },
        { name: 'metric', column: 'metric' },
      ],
      tallies: [{ kind: 'latest', name: 'day' }],
    },
    seen: null,
    finish: 'keys',
  });
}

/** Last day with a figure of each indicator of a country or territory. */
export function indicatorEndsQuery(probeCc: string): Query<IndicatorEndRow> {
  return toQuery({
    kind: 'count',
    counted: {
      table: 'indicators_daily',
      where: [...isIn('probe_cc', 'VARCHAR', [probeCc]), { kind: 'present', column: 'value' }],
      by: [
        { name: 'source', column: 'source' },
        { name: 'indicator', column: 'indicator' },
      ],
      tallies: [{ kind: 'latest', name: 'day' }],
    },
    seen: null,
    finish: 'keys',
  });
}

/** Days on which anything was tested in a country or territory, of the test, website and network named. */
export function courseQuery(target: {
  readonly probe_cc: string;
  readonly probe_asn: number | null;
  readonly test_name: string | null;
  readonly domain: string | null;
  /** Of a group of websites. */
  readonly category_code?: string | null;
}): Query<CourseRow> {
  const category = target.category_code ?? null;
  const table =
    target.domain === null && category === null
      ? target.probe_asn === null
        ? 'interference_country_daily'
        : 'interference_network_daily'
      : target.probe_asn === null
        ? 'interference_domain_daily'
        : 'measurements';
  const tallies: readonly Tally[] =
    table === 'measurements'
      ? [
          { kind: 'rows', name: 'tests', outcomes: ['ok', 'anomaly', 'confirmed'] },
          { kind: 'rows', name: 'signs', outcomes: ['anomaly', 'confirmed'] },
        ]
      : [
          { kind: 'sum', name: 'tests', plus: ['measurement_count'], minus: ['failure_count'] },
          { kind: 'sum', name: 'signs', plus: ['anomaly_count', 'confirmed_count'] },
        ];
  return toQuery({
    kind: 'count',
    counted: {
      table,
      where: [
        ...isIn('probe_cc', 'VARCHAR', [target.probe_cc]),
        ...isIn('test_name', 'VARCHAR', given(target.test_name)),
        ...isIn('domain', 'VARCHAR', given(target.domain)),
        ...given(category).map((code) => ({ kind: 'category', code }) as const),
        ...isIn('probe_asn', 'UINTEGER', given(target.probe_asn)),
      ],
      by: [{ name: 'day', column: 'day', as: 'day' }],
      tallies,
    },
    seen: null,
    finish: 'tests',
  });
}

const given = <T>(value: T | null): readonly T[] => (value === null ? [] : [value]);

/** The latest of speed and of tool use in one place; null where it has none. */
export interface LatestRow {
  readonly probe_cc: CountryCode;
  /** First day of the month or day. */
  readonly speed_period: Day | null;
  readonly speed_grain: 'day' | 'month' | null;
  readonly download_sample_count: number | null;
  /** Mbit/s. */
  readonly download_mbps_p50: number | null;
  readonly use_day: Day | null;
  readonly tool: string | null;
  readonly metric: string | null;
  readonly value: number | null;
}

/** One row per place with speed tests or tool use, by code; of several tools the most used on its last day. */
export function latestQuery(): Query<LatestRow> {
  const columns = 'probe_cc, download_sample_count, download_mbps_p50';
  const wanted =
    'probe_asn IS NULL AND probe_cc IS NOT NULL AND download_sample_count > 0 AND download_mbps_p50 IS NOT NULL';
  return {
    sql: [
      `WITH speeds AS (SELECT ${columns}, day::VARCHAR AS speed_period, 'day' AS speed_grain FROM throughput_daily WHERE ${wanted}`,
      `UNION ALL SELECT ${columns}, month || '-01' AS speed_period, 'month' AS speed_grain FROM throughput_monthly WHERE ${wanted}),`,
      'speed AS (SELECT *, row_number() OVER (PARTITION BY probe_cc ORDER BY speed_period DESC, speed_grain DESC) AS place FROM speeds),',
      'use AS (SELECT probe_cc, day::VARCHAR AS use_day, tool, metric, value, row_number() OVER (PARTITION BY probe_cc ORDER BY day DESC, value DESC, tool, metric) AS place FROM circumvention_daily WHERE value IS NOT NULL),',
      'codes AS (SELECT probe_cc FROM speed UNION SELECT probe_cc FROM use)',
      'SELECT codes.probe_cc, speed_period, speed_grain, download_sample_count::DOUBLE AS download_sample_count, download_mbps_p50, use_day, tool, metric, value',
      'FROM codes LEFT JOIN speed ON codes.probe_cc = speed.probe_cc AND speed.place = 1 LEFT JOIN use ON codes.probe_cc = use.probe_cc AND use.place = 1 ORDER BY codes.probe_cc',
    ].join(' '),
    params: [],
    tables: ['throughput_daily', 'throughput_monthly', 'circumvention_daily'],
  };
}
