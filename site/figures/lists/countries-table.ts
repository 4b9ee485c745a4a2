/** Lists of countries and territories with their rates, as the front page and the list show them. */
import { comparePlaces, formatPlaceName } from '../../../data-build/words/place.ts';
import { translate } from '../../i18n/translate.ts';
import type { CountryRow } from '../../query/rows.ts';
import { formatCount, formatDay, formatPercent } from '../../view/format.ts';
import {
  aloneColumn,
  floorOf,
  formatNoRate,
  formatShare,
  intervalCell,
  toRate,
  type Rate,
} from '../../view/rate.ts';
import type { TableCell, TableModel } from '../../view/table.ts';

/** The rate of a country or territory, or why there is none. */
export function toCountryRate(row: CountryRow): Rate {
  return toRate(row, floorOf(row));
}

/** Rows of the table, in the order given. Keys are the codes, so that rows can link to their pages. */
export function toCountriesTable(
  rows: readonly CountryRow[],
  caption: string,
  columns: readonly CountryColumn[],
): TableModel {
  const alone = aloneColumn(rows.map(toCountryRate));
  return {
    caption,
    caveats: [caption],
    columns: [
      ...columns.map((key) => ({
        key,
        label: translate(key === 'interval' ? 'table.interval' : `countries.${key}`),
        numeric: key !== 'name',
      })),
      ...alone.columns,
    ],
    rows: rows.map((row) => ({
      key: row.probe_cc,
      cells: [...columns.map((column) => toCell(row, column)), ...alone.cells(toCountryRate(row))],
    })),
  };
}

/** What the list of all has. */
export const LIST_COLUMNS = [
  ...(['name', 'rate', 'interval', 'share', 'confirmed', 'networks', 'first', 'last'] as const),
];
export type CountryColumn = (typeof LIST_COLUMNS)[number];

function toCell(row: CountryRow, column: CountryColumn): TableCell {
  const rate = toCountryRate(row);
  switch (column) {
    case 'name': {
      const name = formatPlaceName(row.probe_cc);
      return { text: name, sort: name };
    }
    case 'rate':
      return rate.kind === 'rate'
        ? { text: formatPercent(rate.rate), sort: rate.rate }
        : { text: formatNoRate(rate), sort: null };
    case 'interval':
      return rate.kind === 'rate' ? intervalCell(rate) : { text: '', sort: null };
    case 'share':
      return rate.kind === 'rate'
        ? { text: formatShare(rate), sort: rate.tests }
        : { text: '', sort: null };
    case 'confirmed':
      return toNumber(row.confirmed_count);
    case 'networks':
      return row.network_count === null
        ? { text: translate('table.unknown'), sort: null }
        : toNumber(row.network_count);
    case 'first':
      return { text: formatDay(row.first_day), sort: row.first_day };
    case 'last':
      return { text: formatDay(row.last_day), sort: row.last_day };
  }
}

function toNumber(count: number): TableCell {
  return { text: formatCount(count), sort: count };
}

/** Highest lower end of the interval first, so that few tests do not lead; then by name. */
export function compareRates(): (a: CountryRow, b: CountryRow) => number {
  const byName = comparePlaces();
  const lowerOf = (row: CountryRow): number => {
    const rate = toCountryRate(row);
    return rate.kind === 'rate' ? rate.lower : -1;
  };
  return (a, b) => lowerOf(b) - lowerOf(a) || byName(a.probe_cc, b.probe_cc);
}
