/** What is said of tables and columns, in the language of the page or file being made. */
import { translate } from '../words/translate.ts';
import { COLUMNS, type ColumnName, type ColumnSpec, type Quantile } from './columns.ts';
import { PUBLISHER_IDS, PUBLISHERS } from './publishers.ts';
import type { TableName } from './tables.ts';

export function describeTable(table: TableName): string {
  return translate(`published.${table}`);
}

/** Unit, meaning and origin of a column; an edition leaves out the origins that it has no data of. */
export function describeColumn(name: ColumnName, edition: 'all' | 'cc0' = 'all') {
  const { unit, from }: ColumnSpec = COLUMNS[name];
  return {
    unit: unit === null ? null : translate(`unit.${unit}`),
    ...(isQuantile(name)
      ? describeQuantile(name)
      : { about: translate(`column.${name}`), from: formatOrigin(from, edition) }),
  };
}

function formatOrigin(from: ColumnSpec['from'], edition: 'all' | 'cc0'): string {
  if (typeof from === 'string') return translate(`origin.${from}`);
  const left = PUBLISHER_IDS.filter(
    (id) => edition !== 'all' && PUBLISHERS[id].licence !== edition,
  );
  return from
    .filter((field) => !left.some((id) => field.startsWith(PUBLISHERS[id].name)))
    .join('; ');
}

const QUANTILE = /^(.+)_p(\d\d)$/;

function isQuantile(name: ColumnName): name is Quantile {
  return QUANTILE.test(name);
}

function describeQuantile(name: Quantile) {
  const [, of = '', percentile] = QUANTILE.exec(name) ?? [];
  const percent = Number(percentile);
  return {
    about: translate('column.quantile', { of, percent }),
    from: translate('origin.quantile', {
      of,
      percent: String(percent),
      rest: String(100 - percent),
    }),
  };
}
