/** Three witnesses that agree, by day; one network by week; and a place where two of them are silent. */
import type { EventRow } from '../../query/witnesses.ts';
import { toPeriods } from '../../view/time-frame.ts';
import {
  asn,
  country,
  DAY_ROWS,
  DAYS,
  day,
  WEEK_ROWS,
  WEEKS,
  type FigureCase,
} from '../case-rows.ts';
import type { WitnessMaterial } from './tracks.ts';
import { toWitnesses, type WitnessesView } from './view.ts';

/** A start of interference that is not over. */
export const START: EventRow = {
  event_id: 'start',
  source: 'ooni',
  kind: 'interference_start',
  probe_cc: country('XC'),
  probe_asn: null,
  network_name: null,
  target: 'telegram',
  test_name: 'telegram',
  domain: null,
  category_code: null,
  tool: null,
  metric: null,
  blocking_method: null,
  last_normal: day('2024-11-06'),
  first_sign: day('2024-11-07'),
  last_sign: null,
  first_normal: null,
  magnitude: 0.6,
  baseline: 0.02,
  extreme_day: null,
  measurement_count: 100,
  anomaly_count: 62,
  confirmed_count: 0,
  network_count: 5,
  agreement: 'alone',
  detector_id: 'level-shift-2',
  robust: true,
  coverage_ratio: null,
  follows_event_id: null,
  licence: 'cc-by-nc-sa',
};
/** What makes of it a surge of tool use. */
export const AS_SURGE = {
  event_id: 'surge',
  source: 'tor-metrics',
  kind: 'surge',
  target: 'tor-bridge users',
  test_name: null,
  tool: 'tor-bridge',
  metric: 'users',
  blocking_method: null,
  last_sign: null,
  first_normal: null,
  magnitude: 6,
  baseline: 1200,
  extreme_day: day('2024-11-09'),
  agreement: 'surge_alone',
  detector_id: 'log-z-3',
  licence: 'cc0',
} as const satisfies Partial<EventRow>;

const FIRST: EventRow = {
  ...START,
  blocking_method: 'app_endpoints',
  last_normal: day('2024-03-08'),
  first_sign: day('2024-03-09'),
  last_sign: day('2024-03-19'),
  first_normal: day('2024-03-21'),
  measurement_count: 900,
  anomaly_count: 540,
  network_count: 9,
  agreement: 'interference_and_surge',
};
const FURTHER: EventRow = {
  ...FIRST,
  ...AS_SURGE,
  last_normal: day('2024-03-09'),
  first_sign: day('2024-03-10'),
};
const COVERED = { since: DAYS.since, until: DAYS.until };

const AGREED: WitnessMaterial = {
  window: { ...COVERED, led: 'interference', more: false },
  testedDays: DAY_ROWS.map(({ period }) => period),
  outcomes: DAY_ROWS,
  test: 'Telegram',
  network: null,
  networkCount: 9,
  throughput: toPeriods(DAYS).map(({ start }, index) => {
    const mbps = 12 + (index % 5);
    return {
      period: start,
      grain: 'day',
      download_sample_count: index === 6 ? 4 : index > 18 ? 30 : 90,
      download_mbps_p10: null,
      download_mbps_p25: mbps * 0.5,
      download_mbps_p50: mbps,
      download_mbps_p75: mbps * 1.8,
      download_mbps_p90: null,
      upload_sample_count: null,
      upload_mbps_p50: null,
      min_rtt_ms_p50: null,
      loss_ratio_p50: null,
    };
  }),
  indicators: [],
  toolUse: toPeriods(DAYS).map(({ start }, index) => ({
    day: start,
    tool: 'tor-bridge',
    metric: 'users',
    value: index === 3 ? null : index < 9 ? 900 + index * 11 : 5_600 - index * 90,
    lower: 600,
    upper: 1_500,
    coverage: 0.8,
    source: 'tor-metrics',
    licence: 'cc0',
  })),
  events: [FIRST, FURTHER],
  courses: new Map(),
  place: 'XC',
  dataUntil: DAYS.until,
  coverage: { interference: COVERED, throughput: COVERED, tools: COVERED, indicators: null },
  witnesses: ['interference', 'throughput', 'tools'],
};
const ALONE: WitnessMaterial = {
  ...AGREED,
  throughput: [],
  toolUse: [],
  events: [{ ...FIRST, agreement: 'alone' }],
  coverage: { ...AGREED.coverage, throughput: null, tools: null },
};

export const CASES: readonly FigureCase<WitnessesView>[] = [
  { name: 'witnesses', view: toWitnesses(AGREED) },
  {
    name: 'witnesses-network',
    view: toWitnesses({
      ...AGREED,
      window: { since: WEEKS.since, until: WEEKS.until, led: 'interference', more: true },
      grain: 'week',
      testedDays: [],
      outcomes: WEEK_ROWS,
      test: null,
      network: asn(64_500),
      networkCount: 1,
      dataUntil: WEEKS.until,
      events: [],
    }),
  },
  { name: 'witnesses-alone', view: toWitnesses(ALONE) },
];
