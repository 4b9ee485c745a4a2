/** One website, or one theme, over countries or territories and time: where tests showed signs, and where none were made. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { sumOutcomes } from '../../view/outcome-counts.ts';
import type { CountryCode, Day } from '../../../data-build/contract/brands.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import { formatPlaceName } from '../../../data-build/words/place.ts';
import { isAboveStray } from '../../view/evidence.ts';
import { translate } from '../../i18n/translate.ts';
import type { ThemeWeekRow } from '../../query/themes.ts';
import type { Counted } from '../../query/count-columns.ts';
import type { OutcomeCounts } from '../../query/rows.ts';
import {
  formatFrame,
  networkParts,
  daysNotes,
  problemNotes,
  type ChartWords,
  type ViewContext,
} from '../../view/context.ts';
import { groupBy } from '../../view/day-rows.ts';
import { formatCount, formatPeriod } from '../../view/format.ts';
import { formatFloor, toRate, type Rate, rateCells, rateColumns } from '../../view/rate.ts';
import type { TableModel } from '../../view/table.ts';
import { periodStart, toPeriods, type Period } from '../../view/time-frame.ts';

export interface MatrixCell extends Period {
  readonly label: string;
  /** Held to the heatmap floor; periods without tests have no cell. */
  readonly rate: Rate;
  readonly confirmed: number;
}

export interface MatrixEntry {
  readonly probe_cc: CountryCode;
  readonly name: string;
  /** Of the whole frame, held to the floor of a website in a country. */
  readonly rate: Rate;
  readonly cells: readonly MatrixCell[];
}

export interface DomainMatrixView extends ChartWords {
  readonly chart: 'domain-matrix';
  readonly context: ViewContext;
  /** Highest rate first, those without one after them by tests. */
  readonly places: readonly MatrixEntry[];
  /** Whether any cell reaches the floor, so that there is something to see. */
  readonly hasRate: boolean;
  /** Whether a place has a rate of the whole frame, or a confirmed test; else its title says all that it shows. */
  readonly told: boolean;
}

/** Tests of one place over all days. */
export interface MatrixPlaceRow extends Counted {
  readonly probe_cc: CountryCode;
  /** Null where the source names none. */
  readonly network_count: number | null;
}

/** What the tests are of, in words. */
export interface MatrixWords {
  /** `example.org`. */
  readonly name: string;
  readonly subtitle: string;
  readonly note: string;
}

/** `all` are over all days, as are `weeks`; where the frame is shorter, places are judged by the weeks inside it. */
export function toDomainMatrix(
  { name, subtitle, note }: MatrixWords,
  weeks: readonly ThemeWeekRow[],
  all: readonly MatrixPlaceRow[],
  context: ViewContext,
): DomainMatrixView {
  const { frame } = context;
  const periods = toPeriods(frame);
  const starts = new Set<Day>(periods.map(({ start }) => start));
  const inside = weeks.filter(({ week }) => starts.has(periodStart(week, frame.grain)));
  const byPlace = groupBy(inside, ({ probe_cc }) => probe_cc);
  const rows = inside.length === weeks.length ? all : [...byPlace.values()].flatMap(sumPlace);
  const places = rows
    .filter(({ measurement_count }) => measurement_count > 0)
    .map((row): MatrixEntry & { readonly tests: number } => {
      const byPeriod = groupBy(byPlace.get(row.probe_cc) ?? [], ({ week }): Day =>
        periodStart(week, frame.grain),
      );
      return {
        probe_cc: row.probe_cc,
        name: formatPlaceName(row.probe_cc),
        rate: toRate(row, FLOORS.country),
        tests: row.measurement_count,
        cells: periods.flatMap((period): MatrixCell[] => {
          const counts = sumOutcomes(byPeriod.get(period.start) ?? []);
          const rate = toRate(counts, FLOORS.heatmapCell);
          if (rate.kind === 'not_tested') return [];
          const label = formatPeriod(period.start, frame.grain);
          return [{ ...period, label, rate, confirmed: counts.confirmed_count }];
        }),
      };
    })
    .sort((a, b) => order(b.rate) - order(a.rate) || b.tests - a.tests);
  const rated = rows
    .map((row) => ({ row, rate: toRate(row, FLOORS.country) }))
    .filter(({ rate }) => rate.kind === 'rate');
  const totals: OutcomeCounts = sumOutcomes(rows);
  const words = {
    domain: name,
    range: formatFrame(context),
    n: rated.filter(({ rate, row }) => isAboveStray(rate, row)).length,
    m: rated.length,
  };
  const title = translate(rated.length === 0 ? 'matrix.title.none' : 'matrix.title', words);
  const notes = [translate('note.cell_floor', { floor: formatFloor(FLOORS.heatmapCell) }), note];
  const extent = translate('matrix.desc', {
    ...words,
    tests: translate('count.tests', { n: totals.measurement_count }),
    places: translate('place.count', { n: places.length }),
    ...networkParts(context.networkCount),
  });
  return {
    chart: 'domain-matrix',
    context,
    places,
    hasRate: places.some(({ cells }) => cells.some(({ rate }) => rate.kind === 'rate')),
    told: rated.length > 0 || totals.confirmed_count > 0,
    title,
    subtitle,
    desc: joinSentences([extent, ...notes, ...daysNotes(context)]),
    notes,
    table: toTable(title, places, [...notes, ...problemNotes(context)]),
  };
}

/** One place over some weeks. Of networks, the week with most of them is what is sure. */
export function sumPlace(weeks: readonly ThemeWeekRow[]): readonly MatrixPlaceRow[] {
  const [first] = weeks;
  if (first === undefined) return [];
  const network_count = Math.max(...weeks.map((week) => week.network_count));
  return [{ probe_cc: first.probe_cc, network_count, ...sumOutcomes(weeks) }];
}

function order(rate: Rate): number {
  return rate.kind === 'rate' ? 1 + rate.rate : 0;
}

function toTable(
  caption: string,
  places: readonly MatrixEntry[],
  caveats: readonly string[],
): TableModel {
  return {
    caption,
    caveats,
    columns: [
      { key: 'probe_cc', label: translate('ranked.places.column'), numeric: false },
      { key: 'period', label: translate('matrix.period'), numeric: false },
      ...rateColumns(),
      { key: 'confirmed', label: translate('ranked.confirmed'), numeric: true },
    ],
    rows: places.flatMap(({ probe_cc, name, cells }) =>
      cells.map((cell) => ({
        key: `${probe_cc} ${cell.start}`,
        cells: [
          { text: name, sort: name },
          { text: cell.label, sort: cell.start },
          ...rateCells(cell.rate),
          { text: formatCount(cell.confirmed), sort: cell.confirmed },
        ],
      })),
    ),
  };
}
