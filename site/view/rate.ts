/** The interference rate of a cell, or the reason why none is shown. */
import type { Asn } from '../../data-build/contract/brands.ts';
import { FLOORS, shortOf, type Floor } from '../../data-build/contract/floors.ts';
import { translate } from '../i18n/translate.ts';
import { formatAsn, formatCount, formatPercent, formatList } from './format.ts';
import type { OutcomeCounts } from '../query/rows.ts';
import type { TableCell, TableColumn, TableModel } from './table.ts';
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
      /** A place whose tests all come from one network, which is null where it is not named; else left out. */
      readonly alone?: Asn | null;
    }
  | {
      readonly kind: 'too_few';
      readonly tests: number;
      readonly signs: number;
      /** What there is too little of; left out: tests. */
      readonly short?: 'tests' | 'networks' | 'days';
      /** Measurements, where all of them failed; else left out. */
      readonly failed?: number;
    }
  | { readonly kind: 'not_tested' };

export interface RateCounts extends Pick<
  OutcomeCounts,
  'measurement_count' | 'failure_count' | 'anomaly_count' | 'confirmed_count'
> {
  readonly network_count?: number | null;
  readonly day_count?: number | null;
  readonly only_probe_asn?: Asn | null;
}

/** (anomaly + confirmed) / (measurement − failure), held to `floor`. Null counts: nothing was tested. */
export function toRate(counts: RateCounts | null, floor: Floor): Rate {
  if (counts === null || counts.measurement_count === 0) return { kind: 'not_tested' };
  const tests = counts.measurement_count - counts.failure_count;
  const signs = counts.anomaly_count + counts.confirmed_count;
  const cell = { tests, networks: counts.network_count ?? null, days: counts.day_count ?? null };
  if (tests === 0)
    return { kind: 'too_few', tests, signs, short: 'tests', failed: counts.failure_count };
  const short = shortOf(floor, cell);
  if (short !== null) return { kind: 'too_few', tests, signs, short };
  return {
    kind: 'rate',
    tests,
    signs,
    rate: signs / tests,
    ...wilsonInterval(signs, tests),
    ...(floor.alone !== null && cell.networks === 1
      ? { alone: counts.only_probe_asn ?? null }
      : {}),
  };
}

/** Whether a rate is of a place, and rests on one network there. */
export function restsOnOne(rate: Rate): boolean {
  return rate.kind === 'rate' && rate.alone !== undefined;
}

/** `rests on one network (AS33771)`; null: it rests on several, or its networks are not known. */
export function formatAlone(
  rate: Rate,
  key: 'rate.alone' | 'rate.alone.sentence' = 'rate.alone',
): string | null {
  if (rate.kind !== 'rate' || rate.alone === undefined) return null;
  return translate(key, aloneParts(rate.alone));
}

function aloneParts(asn: Asn | null) {
  return {
    named: asn === null ? 'no' : 'yes',
    network: asn === null ? '' : formatAsn(asn),
  } as const;
}

/** Which network a rate rests on, and what that means; nothing where there are several. */
export function aloneNotes(rates: readonly Rate[]): readonly string[] {
  const alone = rates.flatMap((rate) =>
    rate.kind === 'rate' && rate.alone !== undefined ? [rate.alone] : [],
  );
  if (alone.length === 0) return [];
  const [one = null, ...others] = new Set(alone);
  return [
    translate('note.alone', {
      ...aloneParts(others.length === 0 ? one : null),
      floor: formatFloor({ ...FLOORS.country.alone, networks: null, alone: null }),
    }),
  ];
}

/** A column of a table that flags rates which rest on one network; none where no rate does. */
export function aloneColumn(rates: readonly Rate[]): {
  readonly columns: readonly TableColumn[];
  cells(rate: Rate): readonly TableCell[];
} {
  if (!rates.some(restsOnOne)) return { columns: [], cells: () => [] };
  return {
    columns: [{ key: 'only_probe_asn', label: translate('table.alone'), numeric: false }],
    cells: (rate) => {
      const text = formatAlone(rate);
      return [{ text: text ?? '', sort: text }];
    },
  };
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

/** Tests that reached a verdict, and those of them with signs of interference or confirmed. */
export interface Share {
  readonly signs: number;
  readonly tests: number;
}

/** `83 of 142`. */
export function formatShare({ signs, tests }: Share): string {
  return translate('rate.n_of_m', { n: formatCount(signs), m: formatCount(tests) });
}

/** Why there is no rate. */
export function formatNoRate(rate: Exclude<Rate, { kind: 'rate' }>): string {
  if (rate.kind === 'not_tested') return translate('rate.not_tested');
  return (
    formatFailed(rate) ??
    translate('floor.too_few', { n: formatCount(rate.tests), short: rate.short ?? 'tests' })
  );
}

/** `all 12 measurements failed`; null: some did not. */
export function formatFailed(rate: Rate): string | null {
  return rate.kind !== 'too_few' || rate.failed === undefined
    ? null
    : translate('rate.all_failed', { n: rate.failed });
}

/** `30 tests and 2 networks, or 100 tests and 7 days on one network`: what a floor asks for. */
export function formatFloor({ tests, networks, days, alone }: Floor): string {
  const needs = formatList([
    translate('count.tests', { n: tests }),
    ...(networks === null ? [] : [translate('count.networks', { n: networks })]),
    ...(days > 1 ? [translate('count.days', { n: days })] : []),
  ]);
  return alone === null ? needs : translate('floor.or_alone', { needs, ...alone });
}

/** The columns that `rateCells` fills. */
export function rateColumns(): TableModel['columns'] {
  return [
    { key: 'rate', label: translate('table.rate'), numeric: true },
    { key: 'interval', label: translate('table.interval'), numeric: true },
    { key: 'signs', label: translate('table.signs'), numeric: true },
    { key: 'tests', label: translate('table.tests_with_verdict'), numeric: true },
  ];
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
  return [{ text: formatPercent(rate.rate), sort: rate.rate }, intervalCell(rate), ...counts];
}

/** What a mark says of its rate when it is read out, line by line. */
export function rateLines(rate: Rate): readonly string[] {
  const failed = formatFailed(rate);
  if (failed !== null) return [failed];
  if (rate.kind === 'not_tested') return [formatNoRate(rate)];
  const tests = translate('count.tests', { n: rate.tests });
  const signs = translate('readout.signs', { n: formatCount(rate.signs) });
  if (rate.kind === 'too_few') return [tests, signs, translate('readout.too_few')];
  const words = { percent: formatPercent(rate.rate), interval: formatInterval(rate) };
  return [tests, signs, translate('readout.rate_interval', words)];
}

/** `50%–66%`: the 95 % interval; one number where both ends print the same. */
export function formatInterval({
  lower,
  upper,
}: {
  readonly lower: number;
  readonly upper: number;
}): string {
  const ends = { lower: formatPercent(lower), upper: formatPercent(upper) };
  return ends.lower === ends.upper ? ends.lower : translate('rate.interval', ends);
}

/** The interval as a cell, which sorts by its lower end. */
export function intervalCell(rate: { readonly lower: number; readonly upper: number }): TableCell {
  return {
    text: formatInterval(rate),
    sort: rate.lower,
    pair: { low: rate.lower, high: rate.upper },
  };
}

/** The interval for a sentence, which leaves it out where both ends print the same. */
export function intervalParts(rate: { readonly lower: number; readonly upper: number }) {
  const apart = formatPercent(rate.lower) !== formatPercent(rate.upper);
  return { wide: apart ? 'yes' : 'no', interval: formatInterval(rate) } as const;
}

/** The floor of a website, category or kind of test in a place with so many networks; null: their number is not known. */
export function partFloor(
  row: { readonly network_count: number | null },
  networks: number | null,
): Floor {
  return networks === 1 || row.network_count === null ? floorOf(row) : FLOORS.part;
}

/** The floor of a country or territory. */
export function floorOf({ network_count }: { readonly network_count: number | null }): Floor {
  return network_count === null ? FLOORS.countsOnly : FLOORS.country;
}
