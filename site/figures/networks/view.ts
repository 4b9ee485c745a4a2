/** Networks over time: where on the path signs of interference were seen, period by period. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import type { Asn } from '../../../data-build/contract/brands.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { isAboveStray } from '../../view/evidence.ts';
import { translate } from '../../i18n/translate.ts';
import type { NetworkPeriodRow, NetworkRow } from '../../query/rows.ts';
import {
  formatExtent,
  formatFrame,
  formatScope,
  daysNotes,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import {
  formatAsn,
  formatCount,
  formatDay,
  formatPercent,
  formatPeriod,
} from '../../view/format.ts';
import {
  formatFloor,
  formatShare,
  toRate,
  type Rate,
  rateCells,
  rateColumns,
} from '../../view/rate.ts';
import { dropEmptyColumns, type TableModel } from '../../view/table.ts';
import { toPeriods, type Period } from '../../view/time-frame.ts';

export interface NetworkCell extends Period {
  /** `7 November 2024`. */
  readonly label: string;
  /** Held to the heatmap floor. */
  readonly rate: Rate;
}

export interface NetworkEntry {
  readonly probe_asn: Asn;
  /** `AS33771`. */
  readonly number: string;
  /** Null when the network has no known name. */
  readonly name: string | null;
  /** Of the whole frame, held to the floor of one network. */
  readonly rate: Rate;
  readonly cells: readonly NetworkCell[];
}

export interface NetworksView extends ChartWords {
  readonly chart: 'networks';
  readonly context: ViewContext;
  /** All of them, most measurements first. */
  readonly networks: readonly NetworkEntry[];
  /** Measurements of all networks per period, shown or not. */
  readonly coverage: readonly (Period & { readonly tests: number | null; readonly days: null })[];
}

export function toNetworks(
  rows: readonly NetworkRow[],
  cells: readonly NetworkPeriodRow[],
  context: ViewContext,
): NetworksView {
  const { frame } = context;
  const periods = toPeriods(frame);
  const byNetwork = new Map<Asn, Map<string, NetworkPeriodRow>>();
  const tests = new Map<string, number>();
  for (const cell of cells) {
    const known = byNetwork.get(cell.probe_asn) ?? new Map<string, NetworkPeriodRow>();
    byNetwork.set(cell.probe_asn, known.set(cell.period, cell));
    tests.set(cell.period, (tests.get(cell.period) ?? 0) + cell.measurement_count);
  }
  const sorted = rows
    .filter(({ measurement_count }) => measurement_count > 0)
    .sort((a, b) => b.measurement_count - a.measurement_count || a.probe_asn - b.probe_asn);
  const networks = sorted.map((row): NetworkEntry => ({
    probe_asn: row.probe_asn,
    number: formatAsn(row.probe_asn),
    name: row.name,
    rate: toRate(row, FLOORS.network),
    cells: periods.map((period) => ({
      ...period,
      label: formatPeriod(period.start, frame.grain),
      rate: toRate(byNetwork.get(row.probe_asn)?.get(period.start) ?? null, FLOORS.heatmapCell),
    })),
  }));
  const notes = [
    translate('note.cell_floor', { floor: formatFloor(FLOORS.heatmapCell) }),
    translate('note.network_floor', { floor: formatFloor(FLOORS.network) }),
    translate('note.networks_differ'),
  ];
  const caveats = [...notes, ...daysNotes(context)];
  const title = toTitle(sorted, context);
  const measured = sorted.reduce((sum, row) => sum + row.measurement_count, 0);
  return {
    chart: 'networks',
    context,
    networks,
    coverage: periods.map((period) => ({
      ...period,
      tests: tests.get(period.start) ?? null,
      days: null,
    })),
    title,
    subtitle: translate(`chart.networks.subtitle.${frame.grain}`),
    desc: joinSentences([formatExtent(measured, context), ...caveats]),
    notes,
    table: toTable(title, sorted, caveats),
  };
}

/** Counts networks large enough to be judged, and those among them with more signs than the stray ones. */
function toTitle(rows: readonly NetworkRow[], context: ViewContext): string {
  const judged = rows
    .map((row) => ({ row, rate: toRate(row, FLOORS.network) }))
    .filter(({ rate }) => rate.kind === 'rate');
  const words = {
    scope: formatScope(context),
    range: formatFrame(context),
    m: judged.length,
    n: judged.filter(({ row, rate }) => isAboveStray(rate, row)).length,
    networks: translate('count.networks', { n: rows.length }),
  };
  if (rows.length === 0) return translate('chart.networks.title.unknown', words);
  if (judged.length === 0) return translate('chart.networks.title.none', words);
  return translate('chart.networks.title', words);
}

/** `12% (340 of 2,800)`; of a handful only the counts, since a percentage would read as a finding. */
function toPart(part: number, whole: number): string {
  const counts = formatShare({ signs: part, tests: whole });
  if (whole < FLOORS.country.tests) return counts;
  const rate = formatPercent(part / whole);
  return translate('rate.with_counts', { rate, counts });
}

function toTable(
  caption: string,
  rows: readonly NetworkRow[],
  caveats: readonly string[],
): TableModel {
  const total = rows.reduce((sum, row) => sum + row.measurement_count, 0);
  return dropEmptyColumns({
    caption,
    caveats,
    columns: [
      { key: 'probe_asn', label: translate('table.network'), numeric: false, verbatim: true },
      { key: 'name', label: translate('table.name'), numeric: false, verbatim: true },
      ...rateColumns(),
      { key: 'share', label: translate('table.share_of_tests'), numeric: true },
      { key: 'day_count', label: translate('table.days'), numeric: true },
      { key: 'first_day', label: translate('table.first_day'), numeric: false },
      { key: 'last_day', label: translate('table.last_day'), numeric: false },
    ],
    rows: rows.map((row) => ({
      key: String(row.probe_asn),
      cells: [
        { text: formatAsn(row.probe_asn), sort: row.probe_asn },
        { text: row.name ?? '', sort: row.name },
        ...rateCells(toRate(row, FLOORS.network)),
        {
          text: toPart(row.measurement_count, total),
          sort: row.measurement_count,
        },
        { text: formatCount(row.day_count), sort: row.day_count },
        { text: formatDay(row.first_day), sort: row.first_day },
        { text: formatDay(row.last_day), sort: row.last_day },
      ],
    })),
  });
}

/** `12 of 28 networks shown, most tests first`. */
export function formatNetworkOrder(shown: number, { networks }: NetworksView): string {
  return translate('chart.networks.order', {
    shown: formatCount(shown),
    total: formatCount(networks.length),
  });
}
