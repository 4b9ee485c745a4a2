/**
 * The way back from a figure's own table to what its chart draws: a stack with some of its series, bars of some rows.
 * So a reader can choose among what is in the page without a question to the engine. A test holds each chart that is
 * drawn from its table equal to the one that was drawn from the rows of the data.
 */
import { sumOutcomes } from './outcome-counts.ts';
import { toDay, type Day } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { BLOCKING_METHODS, type BlockingMethod } from '../../data-build/contract/vocabulary.ts';
import { translate } from '../i18n/translate.ts';
import type { OutcomePeriodRow } from '../query/rows.ts';
import { totalFloor, type ViewContext } from './context.ts';
import { formatCount, formatPeriod } from './format.ts';
import type { MethodPeriod, MethodsChart } from '../figures/methods/view.ts';
import { type OutcomesChart } from '../figures/outcomes/view.ts';
import {
  DRAWN,
  type BarsChart,
  type RankedChart,
  type RateBar,
} from '../figures/rate-bars/view.ts';
import { formatShare, type Rate } from './rate.ts';
import type { ShownPart } from './shown.ts';
import type { TableModel, TableRow } from './table.ts';
import { completeRows, type TimeFrame } from './time-frame.ts';
import { wilsonInterval } from './wilson.ts';

/** The table of a figure, every row of it. */
export type FigureTable = Pick<TableModel, 'columns' | 'rows'>;

/** What a figure says beside its table. */
export interface FigureFacts {
  /** `data-chart`. */
  readonly chart: string;
  readonly frame: TimeFrame;
  /** The one network that it is about, whose floor is another; null: not one. */
  readonly network: string | null;
  readonly title: string;
  readonly desc: string;
}

export type DrawnChart = OutcomesChart | MethodsChart | (BarsChart & { readonly chart: BarsName });
type BarsName = 'tests' | RankedChart;

/** Bars of ticked rows drawn at most. */
export const MOST_PICKED = 60;

/** The part of a chart; null where the chart is not one that its table holds whole. */
export function readChart(
  facts: FigureFacts,
  table: FigureTable,
  part: ShownPart,
): DrawnChart | null {
  switch (facts.chart) {
    case 'outcomes':
      return readOutcomes(facts, table, part);
    case 'methods':
      return readMethods(facts, table, part);
    case 'tests':
    case 'places':
    case 'categories':
    case 'domains':
      return readBars(facts.chart, facts, table, part);
    default:
      return null;
  }
}

/** Place and test are said by the words, which stay as they are. */
function toContext({ frame, network }: FigureFacts): ViewContext {
  return { frame, place: null, test: null, network, networkCount: null };
}

/** Reads cells of a row by the key of their column. */
function toReader(table: FigureTable): {
  readonly text: (row: TableRow, column: string) => string;
  readonly number: (row: TableRow, column: string) => number | null;
} {
  const places = new Map(table.columns.map(({ key }, index) => [key, index]));
  const cell = ({ cells }: TableRow, column: string) => cells[places.get(column) ?? -1];
  return {
    text: (row, column) => cell(row, column)?.text ?? '',
    number: (row, column) => {
      const value = cell(row, column)?.sort ?? null;
      return typeof value === 'number' ? value : null;
    },
  };
}

/** Rows about a period, by its first day. */
function periodRows(
  table: FigureTable,
): readonly { readonly period: Day; readonly row: TableRow }[] {
  return table.rows.flatMap((row) => {
    const period = toDay(row.key);
    return period === null ? [] : [{ period, row }];
  });
}

function readOutcomes(
  facts: FigureFacts,
  table: FigureTable,
  { hidden }: ShownPart,
): OutcomesChart {
  const { number } = toReader(table);
  const context = toContext(facts);
  const { frame } = facts;
  const rows = periodRows(table).flatMap(({ period, row }): OutcomePeriodRow[] => {
    const measurements = number(row, 'measurement_count');
    if (measurements === null) return [];
    return [
      {
        period,
        measurement_count: measurements,
        ok_count: number(row, 'ok_count') ?? 0,
        anomaly_count: number(row, 'anomaly_count') ?? 0,
        confirmed_count: number(row, 'confirmed_count') ?? 0,
        failure_count: number(row, 'failure_count') ?? 0,
        unscored_count: 0,
        network_count: number(row, 'network_count'),
        // Without the column a period is a day.
        day_count: number(row, 'day_count') ?? 1,
      },
    ];
  });
  return {
    chart: 'outcomes',
    context,
    periods: completeRows(frame, rows).map(([period, counts]) => ({
      ...period,
      label: formatPeriod(period.start, frame.grain),
      counts,
    })),
    totals: sumOutcomes(rows),
    title: facts.title,
    desc: facts.desc,
    hidden,
  };
}

function readMethods(facts: FigureFacts, table: FigureTable, { hidden }: ShownPart): MethodsChart {
  const { number } = toReader(table);
  const { frame } = facts;
  const known = table.columns.flatMap(({ key, label }) =>
    isMethod(key) ? [{ method: key, label }] : [],
  );
  const periods = completeRows(frame, periodRows(table)).map(([period, found]): MethodPeriod => {
    const row = found?.row ?? null;
    const tests = row === null ? null : number(row, 'tests');
    const total = row === null ? 0 : (number(row, 'signs') ?? 0);
    const counts = new Map<BlockingMethod, number>();
    for (const { method } of known) {
      const count = row === null ? null : number(row, method);
      if (count !== null && count > 0) counts.set(method, count);
    }
    return {
      ...period,
      label: formatPeriod(period.start, frame.grain),
      tests,
      days: row === null || tests === null ? null : (number(row, 'day_count') ?? 1),
      total,
      enough: total >= FLOORS.heatmapCell.tests,
      counts,
    };
  });
  const total = periods.reduce((sum, period) => sum + period.total, 0);
  const context = toContext(facts);
  return {
    chart: 'methods',
    context,
    methods: known.map(({ method, label }) => {
      const count = periods.reduce((sum, { counts }) => sum + (counts.get(method) ?? 0), 0);
      return { method, label, count, share: count / total };
    }),
    periods,
    total,
    few: total < totalFloor(context).tests,
    title: facts.title,
    desc: facts.desc,
    hidden,
  };
}

function isMethod(key: string): key is BlockingMethod {
  return Object.hasOwn(BLOCKING_METHODS, key);
}

function readBars(
  chart: BarsName,
  facts: FigureFacts,
  table: FigureTable,
  { hidden, rows: picked }: ShownPart,
): DrawnChart {
  const { text } = toReader(table);
  const bars = table.rows
    .filter(({ key }) => picked === null || picked.has(key))
    .map((row) => ({
      group: chart === 'tests' ? text(row, 'group') : chart,
      bar: readBar(row, table, hidden),
    }));
  const rated = bars.filter(({ bar }) => bar.rate.kind === 'rate');
  const most = rated.length === 0 || picked !== null ? bars : rated;
  const drawn = chart === 'tests' ? bars : most.slice(0, picked === null ? DRAWN : MOST_PICKED);
  const order = (): string =>
    chart === 'tests'
      ? ''
      : translate(`ranked.${chart}.order`, {
          shown: formatCount(drawn.length),
          total: formatCount(table.rows.length),
        });
  return {
    chart,
    context: toContext(facts),
    groups: [...new Set(drawn.map(({ group }) => group))].map((group) => ({
      group,
      label: chart === 'tests' ? group : order(),
      tests: drawn.filter((each) => each.group === group).map(({ bar }) => bar),
    })),
    title: facts.title,
    desc: facts.desc,
  };
}

/** With one of the two outcomes left out, the share, its interval and its words are of the other alone. */
function readBar(row: TableRow, table: FigureTable, hidden: ReadonlySet<string>): RateBar {
  const { text, number } = toReader(table);
  const tests = number(row, 'tests');
  const confirmed = number(row, 'confirmed') ?? 0;
  const whole = number(row, 'signs') ?? 0;
  const shownConfirmed = hidden.has('confirmed') ? 0 : confirmed;
  const signs = shownConfirmed + (hidden.has('anomaly') ? 0 : whole - confirmed);
  const rate: Rate =
    tests === null
      ? { kind: 'not_tested' }
      : number(row, 'rate') === null
        ? { kind: 'too_few', tests, signs }
        : { kind: 'rate', tests, signs, rate: signs / tests, ...wilsonInterval(signs, tests) };
  return {
    test_name: row.key,
    label: row.cells[0]?.text ?? '',
    rate,
    confirmedShare: rate.kind === 'rate' ? shownConfirmed / rate.tests : 0,
    text: rate.kind === 'rate' ? formatShare(rate) : text(row, 'rate'),
  };
}
