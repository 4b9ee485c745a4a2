/**
 * Rows that the hand-made cases of several figures are made of. Numbers are invented; networks and places do not exist.
 */
import {
  toAsn,
  toCountryCode,
  toDay,
  type Asn,
  type CountryCode,
  type Day,
} from '../../data-build/contract/brands.ts';
import type { TimeGrain } from '../../data-build/contract/vocabulary.ts';
import type { WorldGeometry } from '../charts/map/shapes.ts';
import type { OutcomePeriodRow } from '../query/rows.ts';
import type { ViewContext } from '../view/context.ts';
import { toPeriods, type TimeFrame } from '../view/time-frame.ts';
import type { FigureView } from './figure.ts';

/** What the gallery shows while one develops, and what snapshots and the parity test draw. */
export interface FigureCase<View = FigureView> {
  /** File name of its snapshots. */
  readonly name: string;
  readonly view: View;
}

export function day(text: string): Day {
  const known = toDay(text);
  if (known === null) throw new Error(`${text} is not a day.`);
  return known;
}
export function asn(number: number): Asn {
  const known = toAsn(number);
  if (known === null) throw new Error(`${number} is not a network number.`);
  return known;
}
export function country(code: string): CountryCode {
  const known = toCountryCode(code);
  if (known === null) throw new Error(`${code} is not a code of a country or territory.`);
  return known;
}
export function frame(since: string, until: string, grain: TimeGrain): TimeFrame {
  return { since: day(since), until: day(until), grain, dataUntil: day(until) };
}
export function context(time: TimeFrame, more: Partial<ViewContext> = {}): ViewContext {
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
export function counts(tests: number, anomaly: number, confirmed = 0, failure = 0) {
  return {
    measurement_count: tests,
    ok_count: tests - anomaly - confirmed - failure,
    anomaly_count: anomaly,
    confirmed_count: confirmed,
    failure_count: failure,
  };
}

/** A leap on the ninth day, a gap of two days, a day with too few tests. */
export const DAYS = frame('2024-03-01', '2024-03-25', 'day');
export const DAY_ROWS: readonly OutcomePeriodRow[] = toPeriods(DAYS).flatMap(({ start }, index) => {
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
export const WEEKS = frame('2023-05-03', '2024-03-01', 'week');
export const WEEK_ROWS: readonly OutcomePeriodRow[] = toPeriods(WEEKS).flatMap(
  ({ start }, index) => {
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
  },
);

export const MONTHS = frame('2021-01-01', '2024-02-12', 'month');
export const MONTH_ROWS: readonly OutcomePeriodRow[] = toPeriods(MONTHS).map(
  ({ start }, index) => ({
    period: start,
    ...counts(900 + ((index * 311) % 700), (index * 53) % 90, 0, index % 7),
    unscored_count: 0,
    network_count: null,
    day_count: 28,
  }),
);

/** Codes that no country or territory has. */
export const PLACES = ['XC', 'XD', 'XE', 'XF', 'XG', 'XH'];
/** Shapes of these places, and of two of which nothing is known. */
export const GEOMETRY: WorldGeometry = {
  width: 960,
  height: 440,
  places: [...PLACES, 'XI', 'XJ'].map((code, index) => {
    const [x, y] = [60 + (index % 4) * 220, 50 + Math.floor(index / 4) * 190];
    return {
      code,
      shapes: [{ d: `M${x} ${y}h150l40 70l-60 80h-130z`, shared: false }],
      circle: false,
      x: x + 80,
      y: y + 75,
    };
  }),
  disputed: '',
};
