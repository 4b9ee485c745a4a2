/**
 * Stretches of days with tests, apart from each other by long silences. Charts over time show one of them instead of
 * years of emptiness; the others are listed with what they hold.
 */
import { joinSentences } from '../../data-build/words/sentences.ts';
import { addDays, daysBetween, type Day } from '../../data-build/contract/brands.ts';
import type { Floor } from '../../data-build/contract/floors.ts';
import { translate } from '../i18n/translate.ts';
import type { OutcomeCounts } from '../query/rows.ts';
import { formatCount, formatDayRange } from './format.ts';
import { formatRate, toRate } from './rate.ts';
import type { TableModel } from './table.ts';

/** A silence longer than this ends a stretch. */
export const GAP_DAYS = 60;
/** A stretch worth showing holds at least this many days with data. */
export const STRETCH_DAYS = 28;
/** Up to a quarter all days fit, one by one. */
const SHORT_DAYS = 92;

export interface Days {
  /** Inclusive. */
  readonly since: Day;
  /** Exclusive. */
  readonly until: Day;
}

export interface Stretch {
  readonly first: Day;
  /** Inclusive. */
  readonly last: Day;
  /** Days with data. */
  readonly days: number;
}

export interface StretchDay extends OutcomeCounts {
  readonly day: Day;
  /** Networks of the day; null where the source names none. */
  readonly network_count: number | null;
}

/** In time order. Days may come in any order and more than once. */
export function toStretches(days: readonly Day[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = stretches.at(-1);
    if (last !== undefined && daysBetween(last.last, day) <= GAP_DAYS) {
      stretches[stretches.length - 1] = { ...last, last: day, days: last.days + 1 };
    } else {
      stretches.push({ first: day, last: day, days: 1 });
    }
  }
  return stretches;
}

export function isLong({ days }: Stretch): boolean {
  return days >= STRETCH_DAYS;
}

/** What lies inside one stretch, summed. */
interface Filled extends Stretch, OutcomeCounts {
  /** Of the day with most of them, which is what is sure; null where the source names none. */
  readonly network_count: number | null;
  readonly day_count: number;
}

export interface StretchesView {
  /** What charts over time show. */
  readonly shown: Days;
  /** Why these, and what lies outside; null where nothing does. */
  readonly outside: { readonly sentence: string; readonly table: TableModel } | null;
}

/**
 * Chooses what to show of `page`: all of it when it is short or has no long silence, else the latest stretch with
 * tests on many days, else the one with most tests.
 */
export function toStretchesView(
  rows: readonly StretchDay[],
  page: Days,
  floorOf: (networks: number | null) => Floor,
): StretchesView {
  const measured = rows.filter(({ measurement_count }) => measurement_count > 0);
  const stretches = toStretches(measured.map(({ day }) => day)).map((stretch) =>
    fill(stretch, measured),
  );
  const latest = stretches.findLast(isLong);
  const most = stretches.toSorted((a, b) => a.measurement_count - b.measurement_count).at(-1);
  const chosen = latest ?? most;
  if (chosen === undefined || daysBetween(page.since, page.until) <= SHORT_DAYS)
    return { shown: page, outside: null };
  const shown = {
    since:
      chosen === stretches[0] && daysBetween(page.since, chosen.first) <= GAP_DAYS
        ? page.since
        : chosen.first,
    until:
      chosen === stretches.at(-1) && daysBetween(chosen.last, page.until) <= GAP_DAYS
        ? page.until
        : addDays(chosen.last, 1),
  };
  const others = stretches.filter((stretch) => stretch !== chosen);
  if (others.length === 0) return { shown, outside: null };
  const sum = (pick: (stretch: Filled) => number): number =>
    others.reduce((total, stretch) => total + pick(stretch), 0);
  const words = {
    range: formatDayRange(shown.since, shown.until),
    days: formatCount(STRETCH_DAYS),
  };
  const rest = {
    tests: translate('count.tests', { n: sum((one) => one.measurement_count) }),
    days: translate('count.days', { n: sum((one) => one.days) }),
  };
  return {
    shown,
    outside: {
      sentence: joinSentences([
        translate(latest === undefined ? 'stretch.most' : 'stretch.latest', words),
        translate('stretch.outside', rest),
      ]),
      table: toTable(stretches, floorOf),
    },
  };
}

function fill(stretch: Stretch, rows: readonly StretchDay[]): Filled {
  const inside = rows.filter(({ day }) => day >= stretch.first && day <= stretch.last);
  const sum = (pick: (row: StretchDay) => number): number =>
    inside.reduce((total, row) => total + pick(row), 0);
  const networks = inside.map(({ network_count }) => network_count);
  return {
    ...stretch,
    measurement_count: sum((row) => row.measurement_count),
    ok_count: sum((row) => row.ok_count),
    anomaly_count: sum((row) => row.anomaly_count),
    confirmed_count: sum((row) => row.confirmed_count),
    failure_count: sum((row) => row.failure_count),
    network_count: networks.includes(null) ? null : Math.max(...networks.map((n) => n ?? 0)),
    day_count: stretch.days,
  };
}

/** Newest first. A row’s key is `since until` as links take them. */
function toTable(
  stretches: readonly Filled[],
  floorOf: (networks: number | null) => Floor,
): TableModel {
  const caption = translate('stretch.caption');
  return {
    caption,
    caveats: [caption],
    columns: [
      { key: 'range', label: translate('stretch.dates'), numeric: false },
      { key: 'rate', label: translate('table.rate'), numeric: true },
      { key: 'tests', label: translate('stretch.tests'), numeric: true },
      { key: 'days', label: translate('stretch.days'), numeric: true },
    ],
    rows: stretches.toReversed().map((stretch) => {
      const until = addDays(stretch.last, 1);
      const rate = toRate(stretch, floorOf(stretch.network_count));
      return {
        key: `${stretch.first} ${until}`,
        cells: [
          { text: formatDayRange(stretch.first, until), sort: stretch.first },
          {
            text: formatRate(rate),
            sort: rate.kind === 'rate' ? rate.rate : null,
          },
          {
            text: formatCount(stretch.measurement_count),
            sort: stretch.measurement_count,
          },
          { text: formatCount(stretch.days), sort: stretch.days },
        ],
      };
    }),
  };
}
