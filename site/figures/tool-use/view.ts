/** Use of one tool in one metric: the published figure by day, and the range its publisher expects. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { addDays, daysBetween, type Day } from '../../../data-build/contract/brands.ts';
import { formatMetric, formatTool } from '../../../data-build/contract/event-terms.ts';
import type { PublisherId } from '../../../data-build/contract/publishers.ts';
import { PROVISIONAL_DAYS } from '../../../data-build/contract/tools.ts';
import { translate } from '../../i18n/translate.ts';
import type { ToolUseRow } from '../../query/witnesses.ts';
import {
  formatFrame,
  daysNotes,
  problemNotes,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { formatCount, formatDay, formatPeriod } from '../../view/format.ts';
import type { TableModel } from '../../view/table.ts';
import { chooseGrain, toPeriods, type TimeFrame } from '../../view/time-frame.ts';

/** Below this a figure is a coarse estimate from few directory requests. */
export const COARSE_CLIENTS = 50;

export interface ToolUseDay {
  readonly day: Day;
  /** Null: withheld or not published. */
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** One of the last days, which the publisher may still move. */
  readonly provisional: boolean;
}

export interface ToolUseSeries {
  /** `tor-relay users`. */
  readonly key: string;
  readonly tool: string;
  readonly metric: string;
  readonly source: PublisherId;
  /** Every day from the first to the last published one, without a hole. */
  readonly days: readonly ToolUseDay[];
}

export interface ToolUseView extends ChartWords {
  readonly chart: 'tool-use';
  readonly context: ViewContext;
  readonly series: ToolUseSeries;
  /** `Tor bridges`. */
  readonly tool: string;
  /** `estimated clients`. */
  readonly metric: string;
}

/** One series per tool and metric, never mixed, the one with the most days first. */
export function toToolUseSeries(rows: readonly ToolUseRow[]): readonly ToolUseSeries[] {
  const groups = new Map<string, ToolUseRow[]>();
  for (const row of rows) {
    const key = `${row.tool} ${row.metric}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups]
    .flatMap(([key, given]) => toSeries(key, given))
    .sort((a, b) => b.days.length - a.days.length || (a.key < b.key ? -1 : 1));
}

function toSeries(key: string, rows: readonly ToolUseRow[]): readonly ToolUseSeries[] {
  const sorted = rows.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined || rows.every(({ value }) => value === null))
    return [];
  const byDay = new Map(sorted.map((row) => [row.day, row]));
  const days = Array.from(
    { length: daysBetween(first.day, last.day) + 1 },
    (_, index): ToolUseDay => {
      const day = addDays(first.day, index);
      const row = byDay.get(day);
      return {
        day,
        value: row?.value ?? null,
        lower: row?.lower ?? null,
        upper: row?.upper ?? null,
        provisional: daysBetween(day, last.day) < PROVISIONAL_DAYS,
      };
    },
  );
  return [{ key, tool: first.tool, metric: first.metric, source: first.source, days }];
}

/** `dataUntil` is the first day that the release does not cover any more. */
export function toToolUse(
  series: ToolUseSeries,
  place: string,
  dataUntil: Day,
  problems: ViewContext['problems'] = [],
): ToolUseView {
  const since = series.days[0]?.day ?? dataUntil;
  const until = addDays(series.days.at(-1)?.day ?? since, 1);
  const grain = chooseGrain(since, until);
  const frame: TimeFrame = {
    since,
    until,
    grain,
    dataUntil: until < dataUntil ? until : dataUntil,
  };
  const context: ViewContext = {
    frame,
    place,
    test: null,
    network: null,
    networkCount: null,
    problems,
  };
  const tool = formatTool(series.tool);
  const metric = formatMetric(series.metric);
  const known = series.days.filter(({ value }) => value !== null);
  const peak = known.reduce<ToolUseDay | null>(
    (most, day) => ((day.value ?? 0) > (most?.value ?? -1) ? day : most),
    null,
  );
  const usual = medianOf(known.map(({ value }) => value ?? 0));
  const title = translate('tool_use.title', {
    tool,
    place,
    metric,
    peak: formatClients(peak?.value ?? 0),
    day: formatDay(peak?.day ?? since),
    usual: formatClients(usual),
    range: formatFrame(context),
  });
  const withheld = series.days.length - known.length;
  const notes = [
    translate('tool_use.note.estimate', { metric }),
    translate('tool_use.note.slow'),
    ...(series.days.some(({ upper }) => upper !== null) ? [translate('tool_use.note.range')] : []),
    ...(withheld > 0 ? [translate('tool_use.note.withheld', { n: withheld })] : []),
    ...(usual < COARSE_CLIENTS ? [translate('tool_use.note.coarse', { n: COARSE_CLIENTS })] : []),
    translate('tool_use.note.provisional', { n: PROVISIONAL_DAYS }),
  ];
  const extent = translate('tool_use.extent', {
    days: translate('count.days', { n: known.length }),
    tool,
    place,
    range: formatFrame(context),
  });
  return {
    chart: 'tool-use',
    context,
    series,
    tool,
    metric,
    title,
    subtitle: translate('tool_use.subtitle', { tool, metric }),
    desc: joinSentences([extent, ...notes, ...daysNotes(context)]),
    notes,
    table: toTable(title, series, [...notes, ...problemNotes(context)], context),
  };
}

/** Estimates are not exact: three figures are enough. */
export function formatClients(value: number): string {
  return formatCount(value < 100 ? Math.round(value) : Number(value.toPrecision(3)));
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

/** Rows per day, week or month, as long as the series is; a period shows its middle, lowest and highest day. */
function toTable(
  caption: string,
  { days }: ToolUseSeries,
  caveats: readonly string[],
  { frame }: ViewContext,
): TableModel {
  const number = (value: number) => ({ text: formatClients(value), sort: value });
  const column = (key: 'median' | 'lowest' | 'highest' | 'withheld') => ({
    key,
    label: translate(`tool_use.${key}`),
    numeric: true,
  });
  return {
    caption,
    caveats,
    columns: [
      { key: 'period', label: translate('table.period'), numeric: false },
      column('median'),
      column('lowest'),
      column('highest'),
      column('withheld'),
    ],
    rows: toPeriods(frame).map(({ start, end }) => {
      const inside = days.filter(({ day }) => day >= start && day < end);
      const values = inside.flatMap(({ value }) => (value === null ? [] : [value]));
      const missing = inside.length - values.length;
      return {
        key: start,
        cells: [
          { text: formatPeriod(start, frame.grain), sort: start },
          ...(values.length === 0
            ? [
                { text: translate('tool_use.withheld_all'), sort: null },
                { text: '', sort: null },
                { text: '', sort: null },
              ]
            : [number(medianOf(values)), number(Math.min(...values)), number(Math.max(...values))]),
          { text: formatCount(missing), sort: missing },
        ],
      };
    }),
  };
}
