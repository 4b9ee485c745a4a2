/** Speed tests per period: the median, what lies around it, and how many tests carry it. */
import { endSentence, joinSentences } from '../../../data-build/words/sentences.ts';
import { addDays, type Day } from '../../../data-build/contract/brands.ts';
import { THROUGHPUT_CELL_FLOOR } from '../../../data-build/contract/floors.ts';
import { pageLocale } from '../../../data-build/words/language.ts';
import { translate } from '../../i18n/translate.ts';
import type { ThroughputRow } from '../../query/witnesses.ts';
import {
  formatFrame,
  daysNotes,
  problemNotes,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { formatClauses, formatCount, formatPercent, formatPeriod } from '../../view/format.ts';
import type { TableCell, TableModel } from '../../view/table.ts';
import { chooseGrain, nextPeriod, type TimeFrame } from '../../view/time-frame.ts';

/** How much a median can carry: under 10 tests it is not shown, under 50 it is drawn hollow. */
export type SampleSize = 'hidden' | 'thin' | 'firm';
/** Fewest tests of a firm median. Source: the styling of M-Lab’s own readers; not an error bound. */
export const FIRM_TESTS = 50;

export interface ThroughputPoint {
  readonly start: Day;
  /** Exclusive. */
  readonly end: Day;
  readonly label: string;
  readonly tests: number;
  readonly size: SampleSize;
  /** Mbit/s. */
  readonly median: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Uploads, and their median in Mbit/s; null: not published, or of too few. */
  readonly uploads: number | null;
  readonly upload: number | null;
  /** Median of the shortest round trips of each download, in milliseconds. */
  readonly latency: number | null;
  /** Median share of bytes that had to be sent again, 0 to 1. */
  readonly loss: number | null;
}

/** Days from which M-Lab’s own figures are made another way. Source: M-Lab’s notices of changes. */
export const THROUGHPUT_BREAKS = [
  { day: '2019-07-01', key: 'throughput.break.ndt5' },
  { day: '2020-02-01', key: 'throughput.break.ndt7' },
  { day: '2023-11-01', key: 'throughput.break.early_exit' },
  { day: '2024-01-01', key: 'throughput.break.hosts' },
] as const;

export interface ThroughputView extends ChartWords {
  readonly chart: 'throughput';
  readonly context: ViewContext;
  readonly points: readonly ThroughputPoint[];
  readonly breaks: readonly { readonly day: Day; readonly label: string }[];
}

/** Words of the frame without the network count, which M-Lab does not give. */
export interface ThroughputScope {
  /** `Brazil`, `Kenya on AS33771 (Safaricom)`. */
  readonly place: string;
  /** The one network that the tests are from; left out or null: all. */
  readonly network?: string | null;
  /** First day that the release does not cover any more. */
  readonly dataUntil: Day;
  readonly problems?: ViewContext['problems'];
}

/** Days where there are enough of them to see a course, else months; never both in one line. */
export function chooseThroughput(rows: readonly ThroughputRow[]): readonly ThroughputRow[] {
  const days = rows.filter(({ grain }) => grain === 'day');
  const shown = days.filter((row) => sampleSize(row.download_sample_count) !== 'hidden');
  const months = rows.filter(({ grain }) => grain === 'month');
  return shown.length >= 14 || months.length === 0 ? days : months;
}

export function sampleSize(tests: number): SampleSize {
  if (tests < THROUGHPUT_CELL_FLOOR) return 'hidden';
  return tests < FIRM_TESTS ? 'thin' : 'firm';
}

/** The table that periods of speed are from. */
export function speedTable([first]: readonly Pick<ThroughputPoint, 'start' | 'end'>[]) {
  const isDaily = first !== undefined && first.end === addDays(first.start, 1);
  return isDaily ? 'throughput_daily' : 'throughput_monthly';
}

function uploadOf({ upload_sample_count: uploads, upload_mbps_p50: upload }: ThroughputRow) {
  const isShown = uploads !== null && sampleSize(uploads) !== 'hidden';
  return { uploads, upload: isShown ? upload : null };
}

/** Null when there is nothing to show. */
export function toThroughput(
  rows: readonly ThroughputRow[],
  { place, network = null, dataUntil, problems }: ThroughputScope,
): ThroughputView | null {
  const points = chooseThroughput(rows).flatMap((row): ThroughputPoint[] =>
    // Without a median there is nothing to show: 0 Mbit/s would be a figure.
    row.download_mbps_p50 === null
      ? []
      : [
          {
            start: row.period,
            end: nextPeriod(row.period, row.grain),
            label: formatPeriod(row.period, row.grain),
            tests: row.download_sample_count,
            size: sampleSize(row.download_sample_count),
            median: row.download_mbps_p50,
            lower: row.download_mbps_p25,
            upper: row.download_mbps_p75,
            low: row.download_mbps_p10,
            high: row.download_mbps_p90,
            ...uploadOf(row),
            latency: row.min_rtt_ms_p50,
            loss: row.loss_ratio_p50,
          },
        ],
  );
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const monthly = speedTable(points) === 'throughput_monthly';
  const frame: TimeFrame = {
    since: first.start,
    until: last.end,
    grain: monthly ? 'month' : chooseGrain(first.start, last.end),
    dataUntil,
  };
  const context: ViewContext = {
    frame,
    place,
    test: null,
    network,
    networkCount: network === null ? null : 1,
    ...(problems === undefined ? {} : { problems }),
  };
  const breaks = THROUGHPUT_BREAKS.flatMap(({ day, key }) =>
    day > first.start && day < last.end
      ? [
          {
            day: addDays(first.start, daysTo(first.start, day)),
            label: translate(key),
          },
        ]
      : [],
  );
  const tests = points.reduce((sum, point) => sum + point.tests, 0);
  const thin = points.filter(({ size }) => size === 'thin').length;
  const notes = [
    ...(points.some(({ latency, loss }) => latency !== null || loss !== null)
      ? [translate('throughput.note.also')]
      : []),
    translate('throughput.note.reading'),
    ...(thin > 0 ? [translate('throughput.note.thin', { n: thin })] : []),
    ...breaks.map(({ label }) => label),
  ];
  const title = toTitle(points, place, context);
  const drawn = translate('throughput.subtitle');
  const also = formatAlso(points);
  const extent = translate('throughput.extent', {
    tests: translate('count.tests', { n: tests }),
    place,
    range: formatFrame(context),
    routed: network === null ? 'no' : 'yes',
  });
  return {
    chart: 'throughput',
    context,
    points,
    breaks,
    title,
    subtitle: joinSentences(also === null ? [drawn] : [endSentence(drawn), also]),
    desc: joinSentences([extent, also, ...notes, ...daysNotes(context)]),
    notes,
    table: toTable(title, points, [...notes, ...problemNotes(context)]),
  };
}

function daysTo(from: Day, text: string): number {
  return Math.round(
    (Date.parse(`${text}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000,
  );
}

/** What tests measured besides the download, on the last day or month that has enough of them; null: nothing. */
function formatAlso(points: readonly ThroughputPoint[]): string | null {
  const last = points.findLast(({ size }) => size !== 'hidden');
  if (last === undefined) return null;
  const { uploads, upload, latency, loss, label: period } = last;
  const count = (n: number): string => translate('count.tests', { n });
  const tests = count(last.tests);
  const items = [
    ...(upload === null || uploads === null
      ? []
      : [translate('throughput.also.upload', { mbps: formatMbps(upload), tests: count(uploads) })]),
    ...(latency === null
      ? []
      : [translate('throughput.also.latency', { ms: formatMs(latency), tests })]),
    ...(loss === null
      ? []
      : [translate('throughput.also.loss', { percent: formatPercent(loss), tests })]),
  ];
  return items.length === 0
    ? null
    : translate('throughput.also', { period, items: formatClauses(items) });
}

/** `38 ms`. */
function formatMs(value: number): string {
  return translate('throughput.ms', { n: formatCount(Math.round(value)) });
}

/** `33.4 Mbit/s`. */
export function formatMbps(value: number): string {
  const digits = value < 10 ? 1 : 0;
  const n = new Intl.NumberFormat(pageLocale(), { maximumFractionDigits: digits }).format(value);
  return translate('throughput.mbps', { n });
}

function toTitle(points: readonly ThroughputPoint[], place: string, context: ViewContext): string {
  const shown = points.filter(({ size }) => size !== 'hidden');
  const lowest = shown.toSorted((a, b) => a.median - b.median)[0];
  if (lowest === undefined)
    return translate('throughput.title.none', { place, range: formatFrame(context) });
  const words = {
    place,
    range: formatFrame(context),
    mbps: formatMbps(lowest.median),
    tests: translate('count.tests', { n: lowest.tests }),
    period: lowest.label,
    daily: lowest.end > addDays(lowest.start, 1) ? 'no' : 'yes',
  };
  return translate(shown.length === 1 ? 'throughput.title.one' : 'throughput.title.lowest', words);
}

/** Columns of what tests measured; few publications hold all of them. */
const MEASURED = [
  { key: 'low', words: 'p10', format: formatMbps },
  { key: 'lower', words: 'p25', format: formatMbps },
  { key: 'median', words: 'p50', format: formatMbps },
  { key: 'upper', words: 'p75', format: formatMbps },
  { key: 'high', words: 'p90', format: formatMbps },
  { key: 'upload', words: 'upload', format: formatMbps },
  { key: 'latency', words: 'latency', format: formatMs },
  { key: 'loss', words: 'loss', format: formatPercent },
] as const;

function toTable(
  caption: string,
  points: readonly ThroughputPoint[],
  caveats: readonly string[],
): TableModel {
  const measured = MEASURED.filter(({ key }) => points.some((point) => point[key] !== null));
  const cellOf = (value: number | null, format: (value: number) => string): TableCell =>
    value === null
      ? { text: translate('table.unknown'), sort: null }
      : { text: format(value), sort: value };
  const tooFew = (tests: number): TableCell => ({
    text: translate('floor.too_few', { n: formatCount(tests), short: 'tests' }),
    sort: null,
  });
  return {
    caption,
    caveats,
    columns: [
      { key: 'period', label: translate('table.period'), numeric: false },
      { key: 'tests', label: translate('table.tests'), numeric: true },
      ...measured.map(({ words }) => ({
        key: words,
        label: translate(`throughput.${words}`),
        numeric: true,
      })),
    ],
    rows: points.map((point) => ({
      key: point.start,
      cells: [
        { text: point.label, sort: point.start },
        { text: formatCount(point.tests), sort: point.tests },
        ...measured.map(({ key, format }, index) => {
          if (point.size !== 'hidden') return cellOf(point[key], format);
          return index === 0 ? tooFew(point.tests) : { text: '', sort: null };
        }),
      ],
    })),
  };
}
