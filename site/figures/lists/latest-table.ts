/** Lists of places by what the two witnesses beside OONI last said. */
import { formatMetric, formatTool } from '../../../data-build/contract/event-terms.ts';
import { formatPlaceName } from '../../../data-build/words/place.ts';
import { translate } from '../../i18n/translate.ts';
import type { LatestRow } from '../../query/witnesses.ts';
import { formatCount, formatDay, formatPeriod } from '../../view/format.ts';
import type { TableCell, TableModel } from '../../view/table.ts';
import { formatMbps } from '../throughput/view.ts';
import { formatClients } from '../tool-use/view.ts';

const NONE: TableCell = { text: '', sort: null };

/** The code of tests whose place is not known. */
const UNKNOWN_PLACE = 'ZZ';

/** Places that have no tests of OONI. */
export function otherPlaces(
  rows: readonly LatestRow[],
  tested: readonly { readonly probe_cc: string }[],
): readonly LatestRow[] {
  const listed = new Set(tested.map(({ probe_cc }) => probe_cc));
  return rows.filter(({ probe_cc }) => !listed.has(probe_cc) && probe_cc !== UNKNOWN_PLACE);
}

/** Rows in the order given; keys are the codes, so that rows can link to their pages. */
export function toLatestTable(rows: readonly LatestRow[], caption: string): TableModel {
  const column = (
    key: 'name' | 'speed' | 'speed_tests' | 'speed_when' | 'clients' | 'tool' | 'clients_when',
    numeric: boolean,
  ) => ({ key, label: translate(`countries.${key}`), numeric });
  return {
    caption,
    caveats: [caption],
    columns: [
      column('name', false),
      column('speed', true),
      column('speed_tests', true),
      column('speed_when', false),
      column('clients', true),
      column('tool', false),
      column('clients_when', false),
    ],
    rows: rows.map((row) => ({
      key: row.probe_cc,
      cells: [nameCell(row), ...speedCells(row), ...useCells(row)],
    })),
  };
}

function nameCell({ probe_cc }: LatestRow): TableCell {
  const name = formatPlaceName(probe_cc);
  return { text: name, sort: name };
}

function speedCells(row: LatestRow): readonly TableCell[] {
  const { download_mbps_p50: median, download_sample_count: tests, speed_period: period } = row;
  if (median === null || tests === null || period === null) return [NONE, NONE, NONE];
  const few = tests < 10;
  return [
    few
      ? { text: translate('floor.too_few', { n: formatCount(tests), short: 'tests' }), sort: null }
      : { text: formatMbps(median), sort: median },
    { text: formatCount(tests), sort: tests },
    { text: formatPeriod(period, row.speed_grain ?? 'month'), sort: period },
  ];
}

function useCells({ value, tool, metric, use_day: day }: LatestRow): readonly TableCell[] {
  if (value === null || tool === null || day === null) return [NONE, NONE, NONE];
  return [
    { text: formatClients(value), sort: value },
    { text: `${formatTool(tool)}, ${formatMetric(metric ?? '')}`, sort: tool },
    { text: formatDay(day), sort: day },
  ];
}
