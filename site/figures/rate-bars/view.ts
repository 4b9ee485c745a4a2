/** Places, categories or websites compared: how often tests of each showed signs of interference. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { outcomeNotes, sumOutcomes } from '../../view/outcome-counts.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { pageLocale } from '../../../data-build/words/language.ts';
import { translate } from '../../i18n/translate.ts';
import type { OutcomeCounts } from '../../query/rows.ts';
import {
  formatExtent,
  formatFrame,
  formatNetworks,
  formatScope,
  totalFloor,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { sayUsual } from '../../view/evidence.ts';
import { formatCount, formatDay, formatPercent } from '../../view/format.ts';
import {
  aloneColumn,
  aloneNotes,
  floorOf,
  formatAlone,
  formatFloor,
  formatNoRate,
  formatShare,
  partFloor,
  toRate,
  type Rate,
  rateCells,
  rateColumns,
} from '../../view/rate.ts';
import { EVERYTHING, type ChartSelection } from '../../view/selection.ts';
import type { TableModel } from '../../view/table.ts';
import { wilsonInterval } from '../../view/wilson.ts';
import type { Asn, Day } from '../../../data-build/contract/brands.ts';

/** What a chart of bars needs: groups of rows with a rate each. */
export interface RateBars extends ChartWords {
  readonly context: ViewContext;
  readonly groups: readonly {
    readonly group: string;
    readonly label: string;
    readonly tests: readonly RateBar[];
  }[];
}

export interface RateBar {
  /** Identity of the row. */
  readonly test_name: string;
  readonly label: string;
  readonly rate: Rate;
  /** How many of the tests were confirmed. */
  readonly confirmed: number;
  /** `83 of 142`, `too few tests (n = 7)`. */
  readonly text: string;
}

export type RankedChart = 'places' | 'categories' | 'domains';

export interface RankedView extends RateBars {
  readonly chart: RankedChart;
  /** All rows in the order of the table; the drawing has the first of them. */
  readonly bars: readonly RateBar[];
  /** Whether any row reaches its floor, so that there is something to see. */
  readonly hasRate: boolean;
}

export interface RankedRow extends OutcomeCounts {
  readonly key: string;
  readonly label: string;
  /** A second name, as the category of a website; null where there is none. */
  readonly kind: string | null;
  readonly unscored_count: number;
  /** Null where the source names none. */
  readonly network_count: number | null;
  readonly only_probe_asn?: Asn | null;
  readonly day_count: number;
  readonly first_day: Day;
  readonly last_day: Day;
}

/** Key of the row of websites that are on no test list. */
export const UNLISTED = 'none';

/** Bars drawn at most; the table has all rows. */
const DRAWN = 12;
/** Bars of ticked rows drawn at most. */
const MOST_TICKED = 60;

/** `scope` names what the rows are parts of, for the caption. Highest rate first; those without one last. */
export function toRankedView(
  chart: RankedChart,
  rows: readonly RankedRow[],
  context: ViewContext,
): RankedView {
  const entries = rows
    .map((row) => ({
      row,
      rate: toRate(row, chart === 'places' ? floorOf(row) : partFloor(row, context.networkCount)),
    }))
    .sort((a, b) => compare(a, b));
  const totals = sumOutcomes(rows);
  const few = entries.filter(({ rate }) => rate.kind === 'too_few').length;
  const notes = [
    translate('note.interval'),
    ...aloneNotes(entries.map(({ rate }) => rate)),
    ...(few > 0
      ? [
          translate(`ranked.${chart}.few`, {
            n: formatCount(few),
            floor: formatFloor(chart === 'places' ? FLOORS.country : totalFloor(context)),
          }),
        ]
      : []),
    translate(`ranked.${chart}.note`),
    ...outcomeNotes(totals),
  ];
  const bars = entries.map(({ row, rate }) => ({
    test_name: row.key,
    label: row.label,
    rate,
    confirmed: row.confirmed_count,
    text: rate.kind === 'rate' ? formatShare(rate) : formatNone(row, rate),
  }));
  const title = toTitle(chart, entries, context);
  return {
    chart,
    context,
    bars,
    hasRate: bars.some(isRated),
    groups: drawBars(chart, bars, EVERYTHING),
    title,
    subtitle: translate('chart.tests.subtitle'),
    desc: joinSentences([formatExtent(totals.measurement_count, context), ...notes]),
    notes,
    table: toTable(chart, title, entries, notes),
  };
}

/** The first bars, or those that were ticked. */
function drawBars(
  chart: RankedChart,
  all: readonly RateBar[],
  { hidden, rows: ticked }: ChartSelection,
): RateBars['groups'] {
  const bars = partBars(all, { hidden, rows: ticked });
  const rated = bars.filter(isRated);
  const most = rated.length === 0 || ticked !== null ? bars : rated;
  const tests = most.slice(0, ticked === null ? DRAWN : MOST_TICKED);
  const label = translate(`ranked.${chart}.order`, {
    shown: formatCount(tests.length),
    total: formatCount(all.length),
  });
  return tests.length === 0 && ticked !== null ? [] : [{ group: chart, label, tests }];
}

export function selectRanked(view: RankedView, shown: ChartSelection): RankedView {
  return { ...view, groups: drawBars(view.chart, view.bars, shown) };
}

/** With one of the two outcomes left out, the share, its interval and its words are of the other alone. */
export function partBars<Bar extends RateBar>(
  bars: readonly Bar[],
  { hidden, rows }: ChartSelection,
): readonly Bar[] {
  return bars
    .filter(({ test_name }) => rows === null || rows.has(test_name))
    .map((bar) => {
      const { rate, confirmed: all } = bar;
      if (rate.kind !== 'rate' || hidden.size === 0) return bar;
      const confirmed = hidden.has('confirmed') ? 0 : all;
      const signs = confirmed + (hidden.has('anomaly') ? 0 : rate.signs - all);
      const { tests } = rate;
      const part = { ...rate, signs, rate: signs / tests, ...wilsonInterval(signs, tests) };
      return { ...bar, rate: part, confirmed, text: formatShare(part) };
    });
}

function isRated({ rate }: RateBar): boolean {
  return rate.kind === 'rate';
}

interface Entry {
  readonly row: RankedRow;
  readonly rate: Rate;
}

function compare(a: Entry, b: Entry): number {
  const rateOf = ({ rate }: Entry): number => (rate.kind === 'rate' ? rate.rate : -1);
  return (
    rateOf(b) - rateOf(a) ||
    b.row.measurement_count - a.row.measurement_count ||
    a.row.label.localeCompare(b.row.label, pageLocale())
  );
}

function formatNone(row: RankedRow, rate: Exclude<Rate, { kind: 'rate' }>): string {
  return rate.kind === 'not_tested' && row.unscored_count > 0
    ? translate('rate.unscored', { n: formatCount(row.unscored_count) })
    : formatNoRate(rate);
}

function toTitle(chart: RankedChart, entries: readonly Entry[], context: ViewContext): string {
  const words = { scope: formatScope(context), range: formatFrame(context) };
  const rated = entries.filter(({ rate }) => rate.kind === 'rate');
  // Websites on no test list have nothing in common: they are no category to speak of.
  const top = rated.find(({ row }) => row.key !== UNLISTED) ?? entries[0];
  if (top === undefined) return translate('chart.outcomes.title.none', words);
  if (top.rate.kind !== 'rate') return translate(`ranked.${chart}.title.none`, words);
  if (top.rate.signs === 0) return translate(`ranked.${chart}.title.ok`, words);
  const basis = formatAlone(top.rate);
  const found = {
    ...words,
    label: top.row.label,
    listed: top.row.key === UNLISTED ? 'no' : 'yes',
    compared: rated.length,
    percent: formatPercent(top.rate.rate),
    share: formatShare(top.rate),
    based: basis === null ? 'no' : 'yes',
    basis: basis ?? '',
  };
  return sayUsual(
    translate(`ranked.${chart}.title`, found),
    entries.map(({ rate, row }) => ({ rate, confirmed: row.confirmed_count })),
  );
}

function toTable(
  chart: RankedChart,
  caption: string,
  entries: readonly Entry[],
  caveats: readonly string[],
): TableModel {
  const alone = aloneColumn(entries.map(({ rate }) => rate));
  const kinds = entries.some(({ row }) => row.kind !== null);
  const count = (value: number) => ({ text: formatCount(value), sort: value });
  return {
    caption,
    caveats,
    columns: [
      {
        key: 'name',
        label: translate(`ranked.${chart}.column`),
        numeric: false,
        verbatim: chart === 'domains',
      },
      ...(kinds
        ? [
            {
              key: 'kind',
              label: translate(`ranked.${chart}.kind`),
              numeric: entries.every(({ row }) => Number.isFinite(Number(row.kind))),
            },
          ]
        : []),
      ...rateColumns(),
      { key: 'confirmed', label: translate('ranked.confirmed'), numeric: true },
      { key: 'network_count', label: translate('table.network_count'), numeric: true },
      { key: 'day_count', label: translate('table.days'), numeric: true },
      { key: 'first_day', label: translate('table.first_day'), numeric: false },
      { key: 'last_day', label: translate('table.last_day'), numeric: false },
      ...alone.columns,
    ],
    rows: entries.map(({ row, rate }) => {
      const [first, ...rest] = rateCells(rate);
      const shown =
        rate.kind === 'not_tested'
          ? { text: formatNone(row, rate), sort: null }
          : (first ?? { text: '', sort: null });
      const kindSort = Number(row.kind);
      return {
        key: row.key,
        cells: [
          { text: row.label, sort: row.label },
          ...(kinds
            ? [
                {
                  text: row.kind ?? '',
                  sort: row.kind !== null && Number.isFinite(kindSort) ? kindSort : row.kind,
                },
              ]
            : []),
          shown,
          ...rest,
          count(row.confirmed_count),
          row.network_count === null
            ? { text: formatNetworks(null), sort: null }
            : count(row.network_count),
          count(row.day_count),
          { text: formatDay(row.first_day), sort: row.first_day },
          { text: formatDay(row.last_day), sort: row.last_day },
          ...alone.cells(rate),
        ],
      };
    }),
  };
}
