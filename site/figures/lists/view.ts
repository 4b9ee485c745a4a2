/** Lists of all networks, websites and tests, each in groups with a table of their own. */
import { formatDomain } from '../../../data-build/words/domain.ts';
import type { CountryCode } from '../../../data-build/contract/brands.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { CATEGORY_CODES, TEST_GROUPS } from '../../../data-build/contract/vocabulary.ts';
import { comparePlaces, formatPlaceName } from '../../../data-build/words/place.ts';
import { translate, type MessageKey } from '../../i18n/translate.ts';
import type { DomainRow } from '../../query/domains.ts';
import type { NetworkPlaceRow } from '../../query/networks.ts';
import type { TestRow } from '../../query/rows.ts';
import { formatCategory } from '../websites.ts';
import { groupBy } from '../../view/day-rows.ts';
import { formatCount, formatDay, formatPercent, formatItems } from '../../view/format.ts';
import type { NetworkEntry, TestEntry } from './entries.ts';
import { toRegionGroups } from './place-groups.ts';
import { formatNoRate, formatShare, toRate, type Rate, floorOf } from '../../view/rate.ts';
import type { TableCell, TableColumn, TableModel } from '../../view/table.ts';

export interface ListGroup {
  /** Of its section. */
  readonly id: string;
  readonly title: string;
  readonly table: TableModel;
  /** What it holds, said before it is unfolded; left out: its title says it. */
  readonly holds?: string;
  readonly note?: string;
  /** What was tested too little for a row of its own, with the number of tests. */
  readonly few?: readonly { readonly key: string; readonly name: string; readonly tests: number }[];
}

/** Networks listed of one country or territory, whose own page has all; websites of a category, where all are too many. */
export const LISTED = 40;
/** More websites, or networks of places, than one page can hold. */
const MOST = 1_000;

/** Networks of a country or territory, or its places by number of networks of a part of the world. */
export interface NetworkGroup extends ListGroup {
  /** Whose networks its rows are, and how many it has and shows; null: its rows are places. */
  readonly of: {
    readonly probeCc: CountryCode;
    readonly total: number;
    readonly shown: number;
  } | null;
}

/** By country or territory; where all are too many for a page, each is one row, by part of the world. */
export function toNetworkGroups(networks: readonly NetworkEntry[]): readonly NetworkGroup[] {
  const byPlace = groupBy(
    networks.flatMap((network) => network.places.map((row) => ({ network, row }))),
    ({ row }) => row.probe_cc,
  );
  const compare = comparePlaces();
  const places = [...byPlace].sort(([a], [b]) => compare(a, b));
  if (places.reduce((sum, [, entries]) => sum + entries.length, 0) > MOST)
    return toRegionGroups(
      places.map(([probe_cc, entries]) => ({ probe_cc, rows: entries.map(({ row }) => row) })),
      toNetworkCounts,
    ).map((group) => ({ ...group, of: null }));
  return places.map(([probeCc, entries]) => {
    const sorted = entries.toSorted(
      (a, b) => b.row.measurement_count - a.row.measurement_count || a.network.asn - b.network.asn,
    );
    const shown = sorted.slice(0, LISTED);
    return {
      id: probeCc,
      title: formatPlaceName(probeCc),
      table: toNetworkList(probeCc, shown),
      holds: translate('count.networks', { n: entries.length }),
      of: { probeCc, total: entries.length, shown: shown.length },
    };
  });
}

/** Places with their number of networks and tests. */
function toNetworkCounts(
  places: readonly { readonly probe_cc: CountryCode; readonly rows: readonly NetworkPlaceRow[] }[],
): TableModel {
  const caption = translate('networks.title');
  return {
    caption,
    caveats: [caption],
    columns: [
      column('name', 'countries.name'),
      column('networks', 'countries.networks', true),
      column('tests', 'networks.column.tests', true),
      column('last', 'networks.column.last'),
    ],
    rows: places.map(({ probe_cc, rows }) => {
      const name = formatPlaceName(probe_cc);
      const last = rows.map(({ last_day }) => last_day).reduce((a, b) => (a > b ? a : b));
      return {
        key: probe_cc,
        cells: [
          { text: name, sort: name },
          count(rows.length),
          count(rows.reduce((sum, row) => sum + row.measurement_count, 0)),
          { text: formatDay(last), sort: last },
        ],
      };
    }),
  };
}

/**
 * By category, in the order of the vocabulary; most tested first. A row says nothing of a website without a rate: dumps name
 * hundreds of these. Of very many, each category has those with most tests; `total`: how many it has, listed or not.
 */
export function toDomainGroups(
  domains: readonly DomainRow[],
): readonly (ListGroup & { readonly total: number; readonly shown: number })[] {
  const order = new Map(Object.keys(CATEGORY_CODES).map((code, index) => [code, index] as const));
  const codes = [...new Set(domains.map(({ category_code }) => category_code))].sort(
    (a, b) => (order.get(a ?? '') ?? order.size) - (order.get(b ?? '') ?? order.size),
  );
  const most = domains.length > MOST ? LISTED : Infinity;
  return codes.map((code) => {
    const category = formatCategory(code);
    const rows = domains.filter(({ category_code }) => category_code === code).toSorted(byTests);
    const isRated = (row: DomainRow): boolean => toRate(row, FLOORS.country).kind === 'rate';
    const rated = rows.filter(isRated).slice(0, most);
    const few = rows.filter((row) => !isRated(row)).slice(0, most);
    return {
      id: code ?? 'none',
      title: code === null ? translate('domains.on_no_list') : category,
      table: toDomainList(category, rated),
      holds: translate('count.websites', { n: rows.length }),
      total: rows.length,
      shown: rated.length + few.length,
      few: few.map(({ domain, measurement_count }) => ({
        key: domain,
        name: formatDomain(domain),
        tests: measurement_count,
      })),
    };
  });
}

/** By group, in the order of the vocabulary; most run first. `rows` give the rates. */
export function toTestGroups(
  tests: readonly TestEntry[],
  rows: readonly TestRow[],
): readonly ListGroup[] {
  const rates = new Map(rows.map((row) => [row.test_name, toRate(row, floorOf(row))] as const));
  const none = toRate(null, FLOORS.country);
  return Object.entries(TEST_GROUPS).flatMap(([group, { label, about }]) => {
    const entries = tests
      .filter(({ spec }) => spec.group === group)
      .toSorted((a, b) => b.tests + b.unscored - a.tests - a.unscored)
      .map((test) => ({ test, rate: rates.get(test.name) ?? none }));
    return entries.length === 0
      ? []
      : [{ id: group, title: label, table: toTestList(label, about, entries) }];
  });
}

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

/** Networks of one country or territory. */
function toNetworkList(
  probeCc: CountryCode,
  entries: readonly { readonly network: NetworkEntry; readonly row: NetworkPlaceRow }[],
): TableModel {
  const caption = translate('networks.caption', { place: formatPlaceName(probeCc) });
  return {
    caption,
    caveats: [caption],
    columns: [
      { ...column('number', 'networks.column.number'), verbatim: true },
      { ...column('name', 'networks.column.name'), verbatim: true },
      column('rate', 'table.rate', true),
      column('tests', 'networks.column.tests', true),
      column('last', 'networks.column.last'),
      column('elsewhere', 'networks.column.elsewhere'),
    ],
    rows: entries.map(({ network, row }) => {
      const others = network.places.filter(({ probe_cc }) => probe_cc !== probeCc);
      const elsewhere =
        others.length > 3
          ? translate('place.count', { n: others.length })
          : formatItems(others.map(({ probe_cc }) => formatPlaceName(probe_cc)));
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

/** The most tested first. */
export function byTests(a: DomainRow, b: DomainRow): number {
  return b.measurement_count - a.measurement_count || (a.domain < b.domain ? -1 : 1);
}

/** Websites of one category. */
export function toDomainList(category: string, rows: readonly DomainRow[]): TableModel {
  const caption = translate('domains.caption', { category });
  return {
    caption,
    caveats: [caption],
    columns: [
      { ...column('domain', 'domains.column.domain'), verbatim: true },
      column('rate', 'table.rate', true),
      column('tests', 'domains.column.tests', true),
      column('confirmed', 'domains.column.confirmed', true),
      column('countries', 'domains.column.countries', true),
      column('networks', 'table.network_count', true),
      column('last', 'domains.column.last'),
    ],
    rows: rows.map((row) => ({
      key: row.domain,
      cells: [
        { text: formatDomain(row.domain), sort: row.domain },
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
function toTestList(
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
