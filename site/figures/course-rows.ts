/** The days of one series as the periods of an axis. */
import { addDays, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { TIME_GRAINS, type TimeGrain } from '../../data-build/contract/vocabulary.ts';
import type { OutcomePeriodRow } from '../query/rows.ts';
import type { CourseRow, EventRow } from '../query/witnesses.ts';
import type { Days } from '../view/stretches.ts';
import { nextPeriod, periodStart } from '../view/time-frame.ts';

/** The finest step up to `coarsest` of which most hold enough tests for a rate during an event; else `coarsest`. */
export function fitGrain(
  rows: readonly CourseRow[],
  event: Pick<EventRow, 'first_sign' | 'last_sign' | 'probe_asn'>,
  end: Day,
  coarsest: TimeGrain,
): TimeGrain {
  const until = event.last_sign === null ? end : addDays(event.last_sign, 1);
  const floor = event.probe_asn === null ? FLOORS.country.tests : FLOORS.heatmapCell.tests;
  const grains = TIME_GRAINS.slice(0, TIME_GRAINS.indexOf(coarsest));
  const hasEnough = (grain: TimeGrain): boolean => {
    const tests = new Map<Day, number>();
    for (const row of rows) {
      const start = periodStart(row.day, grain);
      if (start >= until || nextPeriod(start, grain) <= event.first_sign) continue;
      tests.set(start, (tests.get(start) ?? 0) + row.tests);
    }
    return [...tests.values()].filter((sum) => sum >= floor).length >= tests.size / 2;
  };
  return grains.find(hasEnough) ?? coarsest;
}

/** Daily tests and signs as outcomes per period of the window; networks are not counted here. */
export function toPeriodRows(
  rows: readonly CourseRow[],
  { since, until, grain }: Days & { readonly grain: TimeGrain },
): readonly OutcomePeriodRow[] {
  const periods = new Map<Day, OutcomePeriodRow>();
  for (const { day, tests, signs } of rows) {
    if (day < since || day >= until) continue;
    const period = periodStart(day, grain);
    const before = periods.get(period);
    periods.set(period, {
      period,
      measurement_count: tests + (before?.measurement_count ?? 0),
      ok_count: tests - signs + (before?.ok_count ?? 0),
      anomaly_count: signs + (before?.anomaly_count ?? 0),
      confirmed_count: 0,
      failure_count: 0,
      unscored_count: 0,
      network_count: null,
      day_count: 1 + (before?.day_count ?? 0),
    });
  }
  return [...periods.values()];
}
