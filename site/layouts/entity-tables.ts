/** Tables and sentences of the lists and pages of networks, websites and tests. */
import { addDays, type CountryCode } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { BLOCKING_METHODS } from '../../data-build/contract/vocabulary.ts';
import { formatPlaceName } from '../i18n/place.ts';
import { translate, translateCount, type MessageKey } from '../i18n/translate.ts';
import en from '../i18n/en.json' with { type: 'json' };
import type { DomainRow, NetworkPlaceRow } from '../query/entities.ts';
import { formatOnNetworks } from '../view/context.ts';
import { formatCount, formatDay, formatDayRange, formatPercent } from '../view/format.ts';
import { formatNoRate, formatShare, toRate, type Rate } from '../view/rate.ts';
import { rateCells } from '../view/rate-series.ts';
import type { TableCell, TableColumn, TableModel } from '../view/table.ts';
import type { NetworkEntry } from './network.ts';
import type { TestEntry } from './test.ts';

function count(value: number): TableCell {
  return { text: formatCount(value), sort: value };
}

function column(key: string, label: MessageKey, numeric = false): TableColumn {
  return { key, label: translate(label), numeric };
}

/** Rate and share in one cell: `58% (83 of 142)`, or why there is none. */
function rateCell(rate: Rate, unscored: number): TableCell {
  if (rate.kind === 'rate')
    return {
      text: translate('rate.with_counts', {
        rate: formatPercent(rate.rate),
        counts: formatShare(rate),
      }),
      sort: rate.rate,
    };
  if (rate.kind === 'not_tested' && unscored > 0)
    return { text: translate('rate.unscored', { n: formatCount(unscored) }), sort: null };
  return { text: formatNoRate(rate), sort: null };
}

function shareCell(part: number, whole: number): TableCell {
  if (whole === 0) return { text: '', sort: null };
  const share = part / whole;
  const counts = formatShare({ signs: part, tests: whole });
  if (whole < FLOORS.countsOnly.tests) return { text: counts, sort: share };
  const words = { rate: formatPercent(share), counts };
  return { text: translate('rate.with_counts', words), sort: share };
}

/** Countries and territories of one network, with its share of their tests. */
export function toNetworkPlaces(
  network: NetworkEntry,
  totals: ReadonlyMap<CountryCode, number>,
): TableModel {
  return {
    caption: translate('network.places'),
    caveats: [translate('network.places.note')],
    columns: [
      column('probe_cc', 'network.places.country'),
      column('rate', 'table.rate', true),
      column('interval', 'table.interval', true),
      column('signs', 'table.signs', true),
      column('tests', 'table.tests_with_verdict', true),
      column('share', 'network.places.share', true),
      column('first', 'table.first_day'),
      column('last', 'table.last_day'),
    ],
    rows: network.places.map((row) => {
      const name = formatPlaceName(row.probe_cc);
      return {
        key: row.probe_cc,
        cells: [
          { text: name, sort: name },
          ...rateCells(toRate(row, FLOORS.network), 'en'),
          shareCell(row.measurement_count, totals.get(row.probe_cc) ?? 0),
          { text: formatDay(row.first_day), sort: row.first_day },
          { text: formatDay(row.last_day), sort: row.last_day },
        ],
      };
    }),
  };
}

/** Networks of one country or territory. */
export function toNetworkList(
  probeCc: CountryCode,
  entries: readonly { readonly network: NetworkEntry; readonly row: NetworkPlaceRow }[],
): TableModel {
  const caption = translate('networks.caption', { place: formatPlaceName(probeCc) });
  return {
    caption,
    caveats: [caption],
    columns: [
      column('number', 'networks.column.number'),
      column('name', 'networks.column.name'),
      column('rate', 'table.rate', true),
      column('tests', 'networks.column.tests', true),
      column('last', 'networks.column.last'),
      column('elsewhere', 'networks.column.elsewhere'),
    ],
    rows: entries.map(({ network, row }) => {
      const others = network.places.filter(({ probe_cc }) => probe_cc !== probeCc);
      const elsewhere =
        others.length > 3
          ? translateCount('place.count', others.length)
          : others.map(({ probe_cc }) => formatPlaceName(probe_cc)).join(', ');
      return {
        key: String(network.asn),
        cells: [
          { text: network.number, sort: network.asn },
          { text: network.name ?? '', sort: network.name },
          rateCell(toRate(row, FLOORS.network), row.unscored_count),
          count(row.measurement_count),
          { text: formatDay(row.last_day), sort: row.last_day },
          { text: elsewhere, sort: elsewhere },
        ],
      };
    }),
  };
}

/** Websites of one category. */
export function toDomainList(category: string, rows: readonly DomainRow[]): TableModel {
  const caption = translate('domains.caption', { category });
  return {
    caption,
    caveats: [caption],
    columns: [
      column('domain', 'domains.column.domain'),
      column('rate', 'table.rate', true),
      column('tests', 'domains.column.tests', true),
      column('confirmed', 'domains.column.confirmed', true),
      column('countries', 'domains.column.countries', true),
      column('networks', 'table.networks', true),
      column('last', 'domains.column.last'),
    ],
    rows: rows.map((row) => ({
      key: row.domain,
      cells: [
        { text: row.domain, sort: row.domain },
        rateCell(toRate(row, FLOORS.country), row.unscored_count),
        count(row.measurement_count),
        count(row.confirmed_count),
        count(row.country_count),
        count(row.network_count),
        { text: formatDay(row.last_day), sort: row.last_day },
      ],
    })),
  };
}

/** Tests of one group. */
export function toTestList(
  label: string,
  about: string,
  entries: readonly { readonly test: TestEntry; readonly rate: Rate }[],
): TableModel {
  const caption = translate('tests.caption', { group: label, about });
  return {
    caption,
    caveats: [caption],
    columns: [
      column('test', 'tests.column.test'),
      column('rate', 'tests.column.rate', true),
      column('tests', 'tests.column.tests', true),
      column('places', 'tests.column.places', true),
      column('last', 'tests.column.last'),
    ],
    rows: entries.map(({ test, rate }) => ({
      key: test.name,
      cells: [
        { text: test.spec.label, sort: test.spec.label },
        rateCell(rate, test.unscored),
        count(test.tests + test.unscored),
        count(test.places.length),
        { text: formatDay(test.last), sort: test.last },
      ],
    })),
  };
}

/** What tests of a website showed, all places together. */
export function toDomainSummary(row: DomainRow): string {
  const rate = toRate(row, FLOORS.country);
  const words = {
    domain: row.domain,
    places: translateCount('place.count', row.country_count),
    networks: formatOnNetworks(row.network_count, 'en'),
    range: formatDayRange(row.first_day, addDays(row.last_day, 1)),
  };
  if (rate.kind === 'not_tested') return translate('domain.summary.none', words);
  const tests = translateCount('count.tests', rate.tests);
  if (rate.kind === 'too_few')
    return translate(rate.tests === 0 ? 'domain.summary.none' : 'domain.summary.few', {
      ...words,
      tests,
    });
  if (rate.signs === 0) return translate('domain.summary.ok', { ...words, tests });
  return translate(row.confirmed_count > 0 ? 'domain.summary.confirmed' : 'domain.summary', {
    ...words,
    share: formatShare(rate),
    confirmed: formatCount(row.confirmed_count),
  });
}

/** Methods among the tests with signs, as a sentence. */
export function formatDomainMethods(
  methods: readonly { readonly method: string; readonly count: number }[],
): string {
  const labels = new Map<string, { readonly label: string }>(Object.entries(BLOCKING_METHODS));
  const signs = methods.reduce((sum, row) => sum + row.count, 0);
  if (signs === 0) return translate('domain.how.none');
  const list = methods.map((row) =>
    translate('domain.how.item', {
      method: labels.get(row.method)?.label ?? row.method,
      n: formatCount(row.count),
    }),
  );
  return translateCount('domain.how.list', signs, {
    signs: formatCount(signs),
    list: new Intl.ListFormat('en').format(list),
  });
}

/** What a test measures, in a sentence. */
export function aboutTest(testName: string): string {
  const key = `about.test.${testName}`;
  return translate(isMessageKey(key) ? key : 'about.test.other');
}

function isMessageKey(key: string): key is MessageKey {
  return key in en;
}
