/** The timeline of the three witnesses as a table: one row for each period with any of them. */
import { translate } from '../../i18n/translate.ts';
import { type ViewContext } from '../../view/context.ts';
import { formatCount, formatPeriod, formatTickNumber } from '../../view/format.ts';
import { formatRate } from '../../view/rate.ts';
import type { TableCell, TableModel } from '../../view/table.ts';
import { formatMbps } from '../throughput/view.ts';
import { toPeriods } from '../../view/time-frame.ts';
import { formatClients, type ToolUseSeries } from '../tool-use/view.ts';
import {
  throughputPoints,
  toolPoints,
  type IndicatorTrack,
  type RatedPeriod,
  type WitnessMaterial,
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
  const none: TableCell = { text: translate('witness.no_data'), sort: null };
  const rows = toPeriods(frame).map((period, index) => {
    const rate = rates[index]?.rate;
    const speeds = throughput.filter(({ start, end }) => start < period.end && end > period.start);
    const inside = tools.filter(({ start }) => start >= period.start && start < period.end);
    const speed =
      speeds.length === 1 ? speeds[0]?.value : geometricMean(speeds.map(({ value }) => value));
    const most = inside.length === 0 ? null : Math.max(...inside.map(({ value }) => value));
    const tests =
      material.outcomes.find((row) => row.period === period.start)?.measurement_count ?? null;
    return {
      key: period.start,
      cells: [
        { text: formatPeriod(period.start, frame.grain), sort: period.start },
        tests === null ? none : { text: formatCount(tests), sort: tests },
        rate === undefined || rate.kind === 'not_tested'
          ? none
          : { text: formatRate(rate), sort: rate.kind === 'rate' ? rate.rate : null },
        speed === undefined || speed === null ? none : { text: formatMbps(speed), sort: speed },
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
      column('speed', translate('witness.column.speed')),
      column('clients', translate('witness.column.clients')),
      ...indicators.map(({ key, label }) => column(key, label)),
    ],
    rows: rows.filter(({ cells }) => cells.slice(1).some(({ text }) => text !== none.text)),
  };
}

function geometricMean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
