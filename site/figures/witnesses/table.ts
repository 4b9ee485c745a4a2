/** The timeline of the three witnesses as a table: one row for each period with any of them. */
import { daysBetween, type Day } from '../../../data-build/contract/brands.ts';
import { meanMedian } from '../../query/medians.ts';
import { translate } from '../../i18n/translate.ts';
import { type ViewContext } from '../../view/context.ts';
import { formatCount, formatPeriod, formatTickNumber } from '../../view/format.ts';
import { formatRate, intervalCell } from '../../view/rate.ts';
import type { TableCell, TableModel } from '../../view/table.ts';
import { formatMbps } from '../throughput/view.ts';
import { toPeriods, type Period } from '../../view/time-frame.ts';
import { formatClients, type ToolUseSeries } from '../tool-use/view.ts';
import {
  throughputPoints,
  toolPoints,
  type IndicatorTrack,
  type RatedPeriod,
  type WitnessMaterial,
  type WitnessPoint,
} from './tracks.ts';

/** Periods with what each witness says of them; one row each. */
export function toWitnessTable(
  caption: string,
  rates: readonly RatedPeriod[],
  material: WitnessMaterial,
  {
    series,
    indicators,
  }: {
    readonly series: ToolUseSeries | null;
    readonly indicators: readonly IndicatorTrack[];
  },
  context: ViewContext,
  caveats: readonly string[],
): TableModel {
  const { frame } = context;
  const throughput = throughputPoints(material.throughput, frame);
  const tools = toolPoints(series, frame);
  /** So few tests as one network has are told beside each median. */
  const ofNetwork = (material.speedsOf ?? null) !== null;
  const untested: TableCell = { text: translate('rate.not_tested'), sort: null };
  const none: TableCell = { text: translate('witness.no_data'), sort: null };
  const rows = toPeriods(frame).map((period, index) => {
    const rate = rates[index]?.rate;
    const speeds = throughput.filter(
      (point) => !isLonger(point, period) && point.start < period.end && point.end > period.start,
    );
    // A figure of a month is one figure: it stands where the month begins, not on each of its days.
    const month = throughput.find(
      (point) =>
        isLonger(point, period) &&
        (point.start < frame.since ? index === 0 : isWithin(point.start, period)),
    );
    const inside = tools.filter(({ start }) => start >= period.start && start < period.end);
    const carried = month === undefined || speeds.length > 0 ? speeds : [month];
    const speedTests = carried.reduce((sum, { tests: n = 0 }) => sum + n, 0);
    const speed = meanMedian(speeds.map(({ value, tests: n = 0 }) => ({ value, tests: n })));
    const most = inside.length === 0 ? null : Math.max(...inside.map(({ value }) => value));
    const tests =
      material.outcomes.find((row) => row.period === period.start)?.measurement_count ?? null;
    return {
      key: period.start,
      cells: [
        { text: formatPeriod(period.start, frame.grain), sort: period.start },
        tests === null ? untested : { text: formatCount(tests), sort: tests },
        rate === undefined || rate.kind === 'not_tested'
          ? untested
          : { text: formatRate(rate), sort: rate.kind === 'rate' ? rate.rate : null },
        rate?.kind === 'rate' ? intervalCell(rate) : { text: '', sort: null },
        speed !== null
          ? { text: formatMbps(speed), sort: speed }
          : month === undefined
            ? none
            : { text: formatMonthly(month), sort: month.value },
        ...(ofNetwork
          ? [speedTests === 0 ? none : { text: formatCount(speedTests), sort: speedTests }]
          : []),
        most === null ? none : { text: formatClients(most), sort: most },
        ...indicators.map(({ points }): TableCell => {
          const days = points.filter(({ start }) => start >= period.start && start < period.end);
          if (days.length === 0) return none;
          const mean = days.reduce((sum, { value }) => sum + value, 0) / days.length;
          return { text: formatTickNumber(mean), sort: mean };
        }),
      ],
    };
  });
  const column = (key: string, label: string) => ({ key, label, numeric: key !== 'period' });
  return {
    caption,
    caveats,
    columns: [
      column('period', translate('table.period')),
      column('tests', translate('table.tests')),
      column('rate', translate('table.rate')),
      column('interval', translate('table.interval')),
      column('speed', translate('witness.column.speed')),
      ...(ofNetwork ? [column('speed_tests', translate('witness.column.speed_tests'))] : []),
      column('clients', translate('witness.column.clients')),
      ...indicators.map(({ key, label }) => column(key, label)),
    ],
    rows: rows.filter(({ cells }) => cells.slice(1).some(({ sort }) => sort !== null)),
  };
}

type Span = Pick<Period, 'start' | 'end'>;

function isLonger(point: Span, period: Span): boolean {
  return daysBetween(point.start, point.end) > daysBetween(period.start, period.end);
}

function isWithin(day: Day, { start, end }: Span): boolean {
  return day >= start && day < end;
}

function formatMonthly({ value, start }: WitnessPoint): string {
  return translate('witness.speed.month', {
    mbps: formatMbps(value),
    month: formatPeriod(start, 'month'),
  });
}
