/** Rows of the chart builder’s answer → cells held to the floor, in lines, rows or groups by size. */
import { FLOORS, THROUGHPUT_CELL_FLOOR, type Floor } from '../../../data-build/contract/floors.ts';
import { toDay } from '../../../data-build/contract/brands.ts';
import { translate } from '../../i18n/translate.ts';
import type { ExploreRow } from '../../query/explore-rows.ts';
import type { ExploreQuestion } from '../../query/explore-question.ts';
import type { EventRow } from '../../query/witnesses.ts';
import type { PublisherId } from '../../../data-build/contract/publishers.ts';
import type { Notice } from '../../state/notice.ts';
import { isSpeed, type Measure } from '../../state/measures.ts';
import { totalFloor, type ViewContext } from '../../view/context.ts';
import { formatPercent } from '../../view/format.ts';
import { formatValue, type ExploreNames } from './words.ts';
import { formatNoRate, formatShare, toRate, type Rate, type RateCounts } from '../../view/rate.ts';
import { toPeriods, type Incomplete } from '../../view/time-frame.ts';
import type { WorldGeometry } from '../../charts/map/shapes.ts';

/** Lines that can be told apart. */
export const MOST_LINES = 6;

export const TIME = 'measurement_start_day';

export interface ExploreCell {
  /** Identity: x, and series where there is one. */
  readonly key: string;
  readonly x: string;
  readonly xLabel: string;
  readonly series: string | null;
  readonly seriesLabel: string | null;
  readonly row: ExploreRow;
  /** Shares have a rate, held to the floor; counts and figures have none. */
  readonly rate: Rate | null;
  /** What is drawn; null: too few tests, or none that reached a verdict. */
  readonly value: number | null;
  /** `58% (83 of 142)`, `too few tests (n = 7)`, `1,234`. */
  readonly text: string;
  readonly incomplete: Incomplete | null;
}

export interface ExploreGroup {
  readonly key: string;
  readonly label: string;
  /** Place in the order of size: which of the lines' looks it has. */
  readonly look: number;
  readonly cells: readonly ExploreCell[];
}

/** Over time as lines, or as rows of cells where lines would tangle; else bars. */
export type ExploreForm = 'lines' | 'strips' | 'bars';

export interface ExploreAnswer {
  readonly question: ExploreQuestion;
  readonly publishers: readonly PublisherId[];
  /** What of the link could not be done. */
  readonly notices: readonly Notice[];
  readonly rows: readonly ExploreRow[];
  /** Everything in one; null when nothing is left. */
  readonly total: ExploreRow | null;
  readonly baseline: ExploreRow | null;
  readonly names: ExploreNames;
  /** Whether there were more cells than are read. */
  readonly cut: boolean;
  /** Events of the one place that is shown; none where there are several. */
  readonly events: readonly EventRow[];
  /** The places that a line over time pools, with their counts; left out where it pools none. */
  readonly pooled?: readonly ExploreRow[];
  /** Shapes to draw the answer on; null: a chart or table is wanted. */
  readonly geometry: WorldGeometry | null;
}

/** Shares run from 0 to 1; everything else from 0 up. */
export function isShare(measure: Measure): boolean {
  return measure === 'rate' || measure === 'methods';
}

/** One network in one period is a cell of a heatmap; a share of signs is held to the same. */
export function cellFloor(
  { measure, x, series, filter }: ExploreQuestion,
  context: ViewContext,
): Floor {
  if (measure === 'methods') return FLOORS.heatmapCell;
  const oneNetwork = x === 'probe_asn' || series === 'probe_asn' || filter.probe_asn.length === 1;
  if (!oneNetwork && (x === 'probe_cc' || series === 'probe_cc')) return FLOORS.country;
  if (!oneNetwork) return totalFloor({ ...context, network: null });
  return x === TIME ? FLOORS.heatmapCell : FLOORS.network;
}

export function toCounts(row: ExploreRow): RateCounts {
  const { tests, signs, failures, confirmed, networks, days, only_probe_asn } = row;
  return {
    measurement_count: tests + failures,
    failure_count: failures,
    anomaly_count: signs - confirmed,
    confirmed_count: confirmed,
    network_count: networks,
    day_count: days,
    only_probe_asn,
  };
}

/** A cell whose networks are not known is held to the floor for counts. */
export function toCellRate(row: ExploreRow, floor: Floor): Rate {
  const known = floor.networks === null || row.networks !== null;
  return toRate(toCounts(row), known ? floor : FLOORS.countsOnly);
}

/** One cell for each row that counts, in the order of the rows. */
export function toCells(
  { question, rows, names }: ExploreAnswer,
  floor: Floor,
  { frame }: ViewContext,
): readonly ExploreCell[] {
  const { measure } = question;
  const incomplete = new Map(
    toPeriods(frame).map((period) => [String(period.start), period.incomplete]),
  );
  // Rows of unscored tests alone say nothing of interference; their number stands in a note.
  const counted =
    measure === 'rate' || measure === 'tests' || measure === 'confirmed'
      ? rows.filter((row) => row.tests + row.failures > 0)
      : rows;
  return counted.map((row): ExploreCell => {
    const rate = isShare(measure) ? toCellRate(row, floor) : null;
    const value = toValue(row, rate, measure);
    return {
      key: row.series === null ? row.x : `${row.x} ${row.series}`,
      x: row.x,
      xLabel: names.x(row.x),
      series: row.series,
      seriesLabel: row.series === null ? null : names.series(row.series),
      row,
      rate,
      value,
      text: toText(row, rate, value, measure),
      incomplete: question.x === TIME ? (incomplete.get(row.x) ?? null) : null,
    };
  });
}

function toValue(row: ExploreRow, rate: Rate | null, measure: Measure): number | null {
  if (isSpeed(measure)) return row.tests < THROUGHPUT_CELL_FLOOR ? null : row.value;
  switch (measure) {
    case 'rate':
    case 'methods':
      return rate?.kind === 'rate' ? rate.rate : null;
    case 'tests':
      return row.tests + row.failures;
    case 'confirmed':
      return row.confirmed;
    case 'tool_use':
      return row.value;
  }
}

function toText(
  row: ExploreRow,
  rate: Rate | null,
  value: number | null,
  measure: Measure,
): string {
  if (rate !== null) {
    if (rate.kind !== 'rate') return formatNoRate(rate);
    return translate('rate.with_counts', {
      rate: formatPercent(rate.rate),
      counts: formatShare(rate),
    });
  }
  if (value === null) return formatNoRate({ kind: 'too_few', tests: row.tests, signs: 0 });
  if (measure === 'confirmed') {
    return formatShare({ signs: value, tests: row.tests });
  }
  return formatValue(value, measure);
}

/** Size by which lines and groups are ordered and the smaller ones left to the table. */
function weightOf({ row, value }: ExploreCell, measure: Measure): number {
  if (measure === 'rate' || isSpeed(measure)) return row.tests;
  return measure === 'methods' ? row.signs : (value ?? 0);
}

export function toGroups(
  cells: readonly ExploreCell[],
  { x, measure }: ExploreQuestion,
): readonly ExploreGroup[] {
  // Bars are grouped by what they stand along; lines and rows by what they stand for.
  const byX = x !== TIME && cells.some(({ series }) => series !== null);
  const groups = new Map<string, { label: string; cells: ExploreCell[]; weight: number }>();
  for (const cell of cells) {
    const key = byX ? cell.x : (cell.series ?? '');
    const label = byX ? cell.xLabel : (cell.seriesLabel ?? '');
    const known = groups.get(key) ?? { label, cells: [], weight: 0 };
    known.cells.push(cell);
    known.weight += weightOf(cell, measure);
    groups.set(key, known);
  }
  return [...groups]
    .sort(([a, one], [b, other]) => other.weight - one.weight || (a < b ? -1 : 1))
    .map(([key, { label, cells: own }], look) => ({
      key,
      label,
      look,
      cells:
        x === TIME
          ? own
          : own.sort(
              (a, b) => weightOf(b, measure) - weightOf(a, measure) || (a.key < b.key ? -1 : 1),
            ),
    }));
}

/** Over time as time runs; else group by group. */
export function orderCells(
  cells: readonly ExploreCell[],
  groups: readonly ExploreGroup[],
  { x }: ExploreQuestion,
): readonly ExploreCell[] {
  return x === TIME ? cells : groups.flatMap((group) => group.cells);
}

/** First day of the period that a cell stands for; null off the axis of time. */
export function periodOf(cell: ExploreCell) {
  return toDay(cell.x);
}
