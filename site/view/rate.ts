/** The interference rate of a cell, or the reason why none is shown. */
import { FLOORS, meetsFloor, type Floor } from '../../data-build/contract/floors.ts';
import { translate } from '../i18n/translate.ts';
import { formatCount, formatPercent, formatList } from './format.ts';
import type { OutcomeCounts } from '../query/rows.ts';
import type { TableModel } from './table.ts';
import { wilsonInterval } from './wilson.ts';

export type Rate =
  | {
      readonly kind: 'rate';
      /** Measurements that reached a verdict: the denominator. */
      readonly tests: number;
      /** Of these, with signs of interference or confirmed. */
      readonly signs: number;
      /** signs / tests, 0–1, with its 95 % Wilson interval. */
      readonly rate: number;
      readonly lower: number;
      readonly upper: number;
    }
  | { readonly kind: 'too_few'; readonly tests: number; readonly signs: number }
  | { readonly kind: 'not_tested' };

export interface RateCounts extends Pick<
  OutcomeCounts,
  'measurement_count' | 'failure_count' | 'anomaly_count' | 'confirmed_count'
> {
  readonly network_count?: number | null;
  readonly day_count?: number | null;
}

/** (anomaly + confirmed) / (measurement − failure), held to `floor`. Null counts: nothing was tested. */
export function toRate(counts: RateCounts | null, floor: Floor): Rate {
  if (counts === null || counts.measurement_count === 0) return { kind: 'not_tested' };
  const tests = counts.measurement_count - counts.failure_count;
  const signs = counts.anomaly_count + counts.confirmed_count;
  const cell = { tests, networks: counts.network_count ?? null, days: counts.day_count ?? null };
  if (tests === 0 || !meetsFloor(floor, cell)) return { kind: 'too_few', tests, signs };
  return { kind: 'rate', tests, signs, rate: signs / tests, ...wilsonInterval(signs, tests) };
}

/** `58% (83 of 142)`, `too few tests (n = 7)` or `not tested`. */
export function formatRate(rate: Rate): string {
  if (rate.kind === 'rate') {
    return translate('rate.with_counts', {
      rate: formatPercent(rate.rate),
      counts: formatShare(rate),
    });
  }
  return formatNoRate(rate);
}

/** `83 of 142`. */
export function formatShare({
  signs,
  tests,
}: {
  readonly signs: number;
  readonly tests: number;
}): string {
  return translate('rate.n_of_m', { n: formatCount(signs), m: formatCount(tests) });
}

/** Why there is no rate. */
export function formatNoRate(rate: Exclude<Rate, { kind: 'rate' }>): string {
  return rate.kind === 'too_few'
    ? translate('floor.too_few', { n: formatCount(rate.tests) })
    : translate('rate.not_tested');
}

/** `30 tests and 2 networks`: what a floor asks for. */
export function formatFloor(floor: Floor): string {
  const parts = [
    translate('count.tests', { n: floor.tests }),
    ...(floor.networks === null ? [] : [translate('count.networks', { n: floor.networks })]),
    ...(floor.days > 1 ? [translate('count.days', { n: floor.days })] : []),
  ];
  return formatList(parts);
}

/** Rate, interval, signs, tests: the four cells that say a rate in full. */
export function rateCells(rate: Rate): TableModel['rows'][number]['cells'] {
  if (rate.kind === 'not_tested') {
    const empty = { text: '', sort: null };
    return [{ text: formatNoRate(rate), sort: null }, empty, empty, empty];
  }
  const counts = [rate.signs, rate.tests].map((count) => ({
    text: formatCount(count),
    sort: count,
  }));
  if (rate.kind === 'too_few') {
    return [{ text: formatNoRate(rate), sort: null }, { text: '', sort: null }, ...counts];
  }
  return [
    { text: formatPercent(rate.rate), sort: rate.rate },
    { text: formatInterval(rate), sort: rate.lower },
    ...counts,
  ];
}

/** `50%–66%`: the 95 % interval. */
export function formatInterval({
  lower,
  upper,
}: {
  readonly lower: number;
  readonly upper: number;
}): string {
  return translate('rate.interval', { lower: formatPercent(lower), upper: formatPercent(upper) });
}

/** The interval for a sentence, which leaves it out where both ends print the same. */
export function intervalParts(rate: { readonly lower: number; readonly upper: number }) {
  const apart = formatPercent(rate.lower) !== formatPercent(rate.upper);
  return { wide: apart ? 'yes' : 'no', interval: formatInterval(rate) } as const;
}

/** The floor of a country or territory, or of a website in one. */
export function floorOf({ network_count }: { readonly network_count: number | null }): Floor {
  return network_count === null ? FLOORS.countsOnly : FLOORS.country;
}
