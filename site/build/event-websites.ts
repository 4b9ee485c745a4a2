/** The websites that an event of many is about, each with its own tests. */
import type { EventWebsiteRow } from '../query/samples.ts';
import { translate } from '../i18n/translate.ts';
import { formatCount } from '../view/format.ts';
import type { TableModel } from '../view/table.ts';

export function toWebsitesTable(rows: readonly EventWebsiteRow[]): TableModel {
  const toNumber = (value: number) => ({ text: formatCount(value), sort: value });
  return {
    caption: translate('event.websites'),
    columns: [
      { key: 'domain', label: translate('domains.column.domain'), numeric: false },
      { key: 'signs', label: translate('table.signs'), numeric: true },
      { key: 'tests', label: translate('table.tests_with_verdict'), numeric: true },
      { key: 'networks', label: translate('table.network_count'), numeric: true },
    ],
    rows: rows.map(({ domain, signs, tests, networks }) => ({
      key: domain,
      cells: [{ text: domain, sort: domain }, toNumber(signs), toNumber(tests), toNumber(networks)],
    })),
    caveats: [],
  };
}

/** `45 of 54 tests of 18 websites`, and what cannot be said of each alone. */
export function formatWebsites(rows: readonly EventWebsiteRow[]): string {
  return translate('event.websites.about', {
    websites: rows.length,
    signed: rows.filter(({ signs }) => signs > 0).length,
    most: Math.max(0, ...rows.map(({ tests }) => tests)),
  });
}
