/** One row per app, tool or website with signs of interference: how sure, since when, how much, on how many networks. */
import { isolate } from '../../../data-build/words/isolate.ts';
import { addDays, type Day } from '../../../data-build/contract/brands.ts';
import { eventUntil } from '../../../data-build/contract/detected-event.ts';
import { testSpec } from '../../../data-build/contract/vocabulary.ts';
import { translate } from '../../i18n/translate.ts';
import type { CountryDomainRow } from '../../query/domains.ts';
import type { TestRow } from '../../query/rows.ts';
import type { EventRow } from '../../query/witnesses.ts';
import { byStrength, isOwnRise } from '../../view/events.ts';
import { formatCount, formatDay, formatDayRange, formatPercent } from '../../view/format.ts';
import { floorOf, formatShare, toRate, type RateCounts } from '../../view/rate.ts';
import type { TableModel, TableRow } from '../../view/table.ts';
import { chooseGrain, toPeriods, type TimeFrame } from '../../view/time-frame.ts';
import { STANDINGS, toStanding, type Standing } from '../../view/evidence.ts';
import type { AffectedAnswer } from './figure.ts';

export interface AffectedTarget {
  /** `test telegram`, `domain example.org`. */
  readonly key: string;
  readonly kind: 'test' | 'domain';
  /** Name of the test or website. */
  readonly name: string;
  /** Shares with signs, 0–1, in periods of the same length; null: no test. */
  readonly course: readonly (number | null)[];
}

export interface AffectedView {
  readonly targets: readonly AffectedTarget[];
  readonly table: TableModel;
}

interface Found extends Pick<AffectedTarget, 'kind' | 'name'> {
  readonly label: string;
  readonly counts: RateCounts & { readonly network_count: number | null };
  /** The strongest change of it alone in the whole place. */
  readonly event: EventRow | null;
}

export function toAffected(
  { tests, websites, events, courses }: AffectedAnswer,
  frame: TimeFrame,
): AffectedView {
  const own = events.filter(isOwnRise).toSorted(byStrength);
  const named = websites.flatMap((row) => toRow(ofWebsite(row, own)) ?? []);
  const rows = tests
    .flatMap((row) => ofTest(row, own, named.length > 0))
    .flatMap((found) => toRow(found) ?? [])
    .concat(named)
    .toSorted(
      (a, b) => STANDINGS.indexOf(a.status) - STANDINGS.indexOf(b.status) || b.share - a.share,
    );
  const shares = new Map(
    courses.map(({ kind, name, period, tests: n, signs }) => [
      `${kind} ${name} ${period}`,
      signs / n,
    ]),
  );
  const starts = toPeriods({ ...frame, grain: chooseGrain(frame.since, frame.until) }).map(
    ({ start }) => start,
  );
  const isTested = (start: Day): boolean =>
    rows.some(({ row: { key } }) => shares.has(`${key} ${start}`));
  // The small lines share one axis, from the first to the last period with tests of any of them.
  const drawn = starts.slice(starts.findIndex(isTested), starts.findLastIndex(isTested) + 1);
  const columns = [
    { key: 'name', label: translate('affected.column.name'), numeric: false },
    { key: 'status', label: translate('affected.column.status'), numeric: false },
    { key: 'since', label: translate('affected.column.since'), numeric: false },
    { key: 'rate', label: translate('affected.column.share'), numeric: true },
    { key: 'share', label: translate('affected.column.tests'), numeric: true },
    { key: 'networks', label: translate('affected.column.networks'), numeric: true },
  ];
  return {
    targets: rows.map(({ row: { key }, kind, name }) => ({
      ...{ key, kind, name },
      course: drawn.map((start) => shares.get(`${key} ${start}`) ?? null),
    })),
    table: {
      caption: translate('affected.caption'),
      columns,
      rows: rows.map(({ row }) => row),
      caveats: [],
    },
  };
}

/** Tests of websites stand for many; the websites have rows of their own where any is `named`. */
function ofTest(row: TestRow, events: readonly EventRow[], named: boolean): readonly Found[] {
  const { label, group } = testSpec(row.test_name);
  const event =
    events.find(
      ({ test_name, domain, category_code }) =>
        test_name === row.test_name && domain === null && (category_code ?? null) === null,
    ) ?? null;
  if (group === 'websites' && !named && event === null) {
    const unnamed = translate('affected.unnamed');
    return [{ kind: 'test', name: row.test_name, label: unnamed, counts: row, event }];
  }
  return group === 'apps' || group === 'circumvention' || event !== null
    ? [{ kind: 'test', name: row.test_name, label, counts: row, event }]
    : [];
}

function ofWebsite(row: CountryDomainRow, events: readonly EventRow[]): Found {
  const event = events.find(({ domain }) => domain === row.domain) ?? null;
  return { kind: 'domain', name: row.domain, label: isolate(row.domain), counts: row, event };
}

/** Null: nothing to say of it, or no more than stray signs. */
function toRow({ kind, name, label, counts, event }: Found): {
  readonly kind: AffectedTarget['kind'];
  readonly name: string;
  readonly status: Standing;
  readonly share: number;
  readonly row: TableRow;
} | null {
  const whole = toRate(counts, floorOf(counts));
  const status = toStanding(whole, counts, event !== null);
  const signs = event === null ? counts : countsOf(event);
  const shown = {
    signs: signs.anomaly_count + signs.confirmed_count,
    tests: signs.measurement_count - signs.failure_count,
  };
  if (status === null || shown.tests === 0) return null;
  const share = shown.signs / shown.tests;
  const networks = event === null ? counts.network_count : event.network_count;
  const key = `${kind} ${name}`;
  return {
    ...{ kind, name, status, share },
    row: {
      key,
      cells: [
        { text: label, sort: label },
        { text: formatStatus(status, counts.confirmed_count), sort: STANDINGS.indexOf(status) },
        event === null
          ? { text: '', sort: null }
          : { text: formatSince(event), sort: event.first_sign },
        { text: formatPercent(share), sort: share },
        { text: formatShare(shown), sort: shown.tests },
        networks === null
          ? { text: '', sort: null }
          : { text: formatCount(networks), sort: networks },
      ],
    },
  };
}

/** `confirmed (4 tests)`: the share beside it is of signs, and the days may be other ones than those of a sentence. */
function formatStatus(status: Standing, confirmed: number): string {
  const words = translate(`safe.level.${status}`);
  return status === 'confirmed'
    ? translate('readout.detailed', { words, details: translate('count.tests', { n: confirmed }) })
    : words;
}

/** What an event rests on: tests from its beginning to its end, failed ones not among them. */
function countsOf({ measurement_count, anomaly_count, confirmed_count }: EventRow) {
  return {
    measurement_count: measurement_count ?? 0,
    anomaly_count: anomaly_count ?? 0,
    confirmed_count: confirmed_count ?? 0,
    failure_count: 0,
  };
}

function formatSince(event: EventRow): string {
  const over: Day | null = eventUntil(event);
  return over === null
    ? formatDay(event.first_sign)
    : formatDayRange(
        event.first_sign,
        event.last_sign === null ? over : addDays(event.last_sign, 1),
      );
}
