/** How interference showed: the methods among measurements with signs of it, per period. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { periodCell } from '../../view/outcome-counts.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { BLOCKING_METHODS, type BlockingMethod } from '../../../data-build/contract/vocabulary.ts';
import { translate } from '../../i18n/translate.ts';
import type { MethodPeriodRow, OutcomePeriodRow } from '../../query/rows.ts';
import {
  formatFrame,
  formatScope,
  daysNotes,
  totalFloor,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { formatCount, formatPercent, formatPeriod } from '../../view/format.ts';
import type { TableModel } from '../../view/table.ts';
import { completeRows, type Period } from '../../view/time-frame.ts';

export interface MethodPeriod extends Period {
  readonly label: string;
  /** Measurements tested; null: none. */
  readonly tests: number | null;
  readonly days: number | null;
  /** Measurements with a method: the denominator of the shares. */
  readonly total: number;
  /** Whether the denominator reaches the floor of a heatmap cell. */
  readonly enough: boolean;
  readonly counts: ReadonlyMap<BlockingMethod, number>;
}

export interface MethodsView extends ChartWords {
  readonly chart: 'methods';
  readonly context: ViewContext;
  /** Methods that occurred, most frequent first, with their sums. */
  readonly methods: readonly {
    readonly method: BlockingMethod;
    readonly label: string;
    readonly count: number;
    /** Of all measurements with a method, 0–1. */
    readonly share: number;
  }[];
  readonly periods: readonly MethodPeriod[];
  readonly total: number;
  /** Whether the total is below the floor of the whole, so that no share of it is named. */
  readonly few: boolean;
  /** Whether there is a chart’s worth: at least as many as one cell of it needs. */
  readonly enough: boolean;
  /** Methods that a reader took out of the stack. Shares stay those of all tests with signs. */
  readonly hidden?: ReadonlySet<string>;
}

/** `outcomes` are the rows of the same frame: they tell a period without signs from one without tests. */
export function toMethods(
  rows: readonly MethodPeriodRow[],
  outcomes: readonly OutcomePeriodRow[],
  context: ViewContext,
): MethodsView {
  const { frame } = context;
  const sums = new Map<BlockingMethod, number>();
  for (const { blocking_method, count } of rows) {
    if (count > 0) sums.set(blocking_method, (sums.get(blocking_method) ?? 0) + count);
  }
  const total = [...sums.values()].reduce((sum, count) => sum + count, 0);
  const methods = [...sums]
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .map(([method, count]) => ({
      method,
      label: BLOCKING_METHODS[method].label,
      count,
      share: count / total,
    }));
  const periods = completeRows(frame, outcomes).map(([period, row]): MethodPeriod => {
    const counts = new Map(
      rows
        .filter(({ period: start, count }) => start === period.start && count > 0)
        .map(({ blocking_method, count }) => [blocking_method, count] as const),
    );
    const sum = [...counts.values()].reduce((all, count) => all + count, 0);
    return {
      ...period,
      label: formatPeriod(period.start, frame.grain),
      tests: row !== null && row.measurement_count > 0 ? row.measurement_count : null,
      days: row?.day_count ?? null,
      total: sum,
      enough: sum >= FLOORS.heatmapCell.tests,
      counts,
    };
  });
  const signs = outcomes.reduce((sum, row) => sum + row.anomaly_count + row.confirmed_count, 0);
  const notes = [
    translate('note.method_first'),
    translate('note.method_floor', { n: FLOORS.heatmapCell.tests }),
    ...(signs > total ? [translate('note.method_unknown', { n: formatCount(signs - total) })] : []),
  ];
  const caveats = [...notes, ...daysNotes(context)];
  const words = {
    scope: formatScope(context),
    range: formatFrame(context),
    n: formatCount(total),
  };
  const top = methods[0];
  const few = total < totalFloor(context).tests;
  const toTitle = (): string => {
    if (top === undefined) return translate('chart.methods.title.none', words);
    if (few) return translate('chart.methods.title.few', { ...words, n: total });
    return translate('chart.methods.title', {
      ...words,
      method: top.label,
      percent: formatPercent(top.share),
      count: formatCount(top.count),
    });
  };
  const title = toTitle();
  return {
    chart: 'methods',
    context,
    methods,
    periods,
    total,
    few,
    enough: total >= FLOORS.heatmapCell.tests,
    title,
    subtitle: translate(`chart.methods.subtitle.${frame.grain}`),
    desc: joinSentences([translate('chart.methods.extent', words), ...caveats]),
    notes,
    table: toTable(title, methods, periods, caveats, context),
  };
}

function toTable(
  caption: string,
  methods: MethodsView['methods'],
  periods: readonly MethodPeriod[],
  caveats: readonly string[],
  context: ViewContext,
): TableModel {
  const { frame } = context;
  const byDay = frame.grain === 'day';
  const cell = (count: number): { text: string; sort: number } => ({
    text: formatCount(count),
    sort: count,
  });
  return {
    caption,
    caveats,
    columns: [
      { key: 'period', label: translate('table.period'), numeric: false },
      { key: 'tests', label: translate('table.tests'), numeric: true },
      { key: 'signs', label: translate('table.signs'), numeric: true },
      ...methods.map(({ method, label }) => ({ key: method, label, numeric: true })),
      ...(byDay ? [] : [{ key: 'day_count', label: translate('table.days'), numeric: true }]),
    ],
    rows: periods.map(({ start, label, incomplete, tests, days, total, counts }) => ({
      key: start,
      cells:
        tests === null
          ? [
              periodCell(start, label, incomplete),
              { text: translate('rate.not_tested'), sort: null },
              { text: '', sort: null },
              ...methods.map(() => ({ text: '', sort: null })),
              ...(byDay ? [] : [{ text: '', sort: null }]),
            ]
          : [
              periodCell(start, label, incomplete),
              cell(tests),
              cell(total),
              ...methods.map(({ method }) => cell(counts.get(method) ?? 0)),
              ...(byDay ? [] : [cell(days ?? 0)]),
            ],
    })),
  };
}
