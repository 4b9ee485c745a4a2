/** Lists of countries and territories with their rates, as the front page and the list show them. */
import { FLOORS } from '../../data-build/contract/floors.ts';
import { comparePlaces, formatPlaceName } from '../i18n/place.ts';
import { translate } from '../i18n/translate.ts';
import type { CountryRow } from '../query/rows.ts';
import { formatCount, formatDay, formatPercent } from './format.ts';
import { formatNoRate, formatShare, toRate, type Rate } from './rate.ts';
import type { TableCell, TableModel } from './table.ts';

/** The rate of a country or territory, or why there is none. */
export function toCountryRate(row: CountryRow): Rate {
  const floor = row.network_count === null ? FLOORS.countsOnly : FLOORS.country;
  return toRate(row, floor);
}

/** Rows of the table, in the order given. Keys are the codes, so that rows can link to their pages. */
export function toCountriesTable(
  rows: readonly CountryRow[],
  caption: string,
  columns: readonly CountryColumn[],
  language = 'en',
): TableModel {
  return {
    caption,
    caveats: [caption],
    columns: columns.map((key) => ({
      key,
      label: translate(`countries.${key}`, {}, language),
      numeric: key !== 'name',
    })),
    rows: rows.map((row) => ({
      key: row.probe_cc,
      cells: columns.map((column) => toCell(row, column, language)),
    })),
  };
}

/** What the list of all has. */
export const LIST_COLUMNS = [
  ...(['name', 'rate', 'share', 'confirmed', 'networks', 'first', 'last'] as const),
];
export type CountryColumn = 'name' | 'rate' | 'share' | 'confirmed' | 'networks' | 'first' | 'last';

function toCell(row: CountryRow, column: CountryColumn, language: string): TableCell {
  const rate = toCountryRate(row);
  switch (column) {
    case 'name': {
      const name = formatPlaceName(row.probe_cc, language);
      return { text: name, sort: name };
    }
    case 'rate':
      return rate.kind === 'rate'
        ? { text: formatPercent(rate.rate, language), sort: rate.rate }
        : { text: formatNoRate(rate, language), sort: null };
    case 'share':
      return rate.kind === 'rate'
        ? { text: formatShare(rate, language), sort: rate.tests }
        : { text: '', sort: null };
    case 'confirmed':
      return toNumber(row.confirmed_count, language);
    case 'networks':
      return row.network_count === null
        ? { text: translate('table.unknown', {}, language), sort: null }
        : toNumber(row.network_count, language);
    case 'first':
      return { text: formatDay(row.first_day, language), sort: row.first_day };
    case 'last':
      return { text: formatDay(row.last_day, language), sort: row.last_day };
  }
}

function toNumber(count: number, language: string): TableCell {
  return { text: formatCount(count, language), sort: count };
}

/** Highest rate first, then by name. */
export function compareRates(language = 'en'): (a: CountryRow, b: CountryRow) => number {
  const byName = comparePlaces(language);
  const rateOf = (row: CountryRow): number => {
    const rate = toCountryRate(row);
    return rate.kind === 'rate' ? rate.rate : -1;
  };
  return (a, b) => rateOf(b) - rateOf(a) || byName(a.probe_cc, b.probe_cc);
}
