/**
 * What of a free query's answer is held back. Nothing can know what a reader's SQL computes; what can be known is
 * read from the answer itself: a share is recognised by its name or by being a division of outcomes, what carries it
 * by the counts in the same row. Counts are never held back, and where a share has no count beside it, it is said.
 */
import {
  FLOORS,
  meetsFloor,
  THROUGHPUT_CELL_FLOOR,
  type Floor,
} from '../../../data-build/contract/floors.ts';
import { COLUMNS } from '../../../data-build/contract/columns.ts';
import { translate } from '../../i18n/translate.ts';
import { formatCount, formatList } from '../../view/format.ts';
import { formatFloor } from '../../view/rate.ts';

export type AnswerValue = string | number | boolean | null | readonly AnswerValue[];
export type AnswerRow = readonly AnswerValue[];
export interface AnswerColumn {
  readonly name: string;
  readonly kind: 'number' | 'text' | 'day' | 'time' | 'flag' | 'other';
}

export interface Guard {
  /** Why figures of this row are held back, `too few tests (n = 7)`; null: they are not. */
  reasonOf(row: AnswerRow): string | null;
  /** Columns that are held back in such rows. */
  readonly held: ReadonlySet<number>;
  /** Rows with something held back. */
  readonly heldRows: number;
  /** What was checked and how, or why nothing could be. */
  readonly notes: readonly string[];
}

const SHARE_NAME = /(?:^|_)(?:rate|share|ratio|percent(?:age)?|pct|proportion|fraction)(?:_|$)/i;
/** A day, week or month: with a network, a cell of a heatmap. */
const PERIOD_NAME = /^(?:day|week|month|year|date|period)$/i;
const NETWORK_NAME = /^(?:probe_asn|asn|network|network_name|as_name)$/i;

/** Guards an answer; `shares` are names that the statement makes by division. */
export function toGuard(
  columns: readonly AnswerColumn[],
  rows: readonly AnswerRow[],
  shares: ReadonlySet<string>,
): Guard {
  const interference = guardShares(columns, rows, shares);
  const speed = guardSpeed(columns, rows);
  const reasonOf = (row: AnswerRow): string | null =>
    interference.reasonOf(row) ?? speed.reasonOf(row);
  const guards = [interference, speed];
  return {
    held: new Set(guards.flatMap(({ held }) => [...held])),
    reasonOf,
    heldRows: rows.filter((row) => reasonOf(row) !== null).length,
    notes: guards.flatMap(({ notes }) => notes),
  };
}

interface Part {
  reasonOf(row: AnswerRow): string | null;
  readonly held: ReadonlySet<number>;
  readonly notes: readonly string[];
}
const NOTHING: Part = { reasonOf: () => null, held: new Set(), notes: [] };

function guardShares(
  columns: readonly AnswerColumn[],
  rows: readonly AnswerRow[],
  shares: ReadonlySet<string>,
): Part {
  const held = new Set(
    columns.flatMap(({ name, kind }, index) =>
      kind === 'number' && isShareName(name, shares) ? [index] : [],
    ),
  );
  if (held.size === 0) return NOTHING;
  const names = listNames(columns, held);
  const tests = findTests(columns);
  if (tests === null)
    return { ...NOTHING, notes: [translate('console.guard.no_count', { names })] };
  const networks = indexOf(columns, /^(?:network_count|networks)$/i);
  const days = indexOf(columns, /^(?:day_count|days)$/i);
  const floor = floorOf(columns, networks !== null);
  const reasonOf = (row: AnswerRow): string | null => {
    const n = tests.of(row);
    if (n === null) return null;
    const cell = { tests: n, networks: numberAt(row, networks), days: numberAt(row, days) };
    if (meetsFloor(floor, cell)) return null;
    const count = formatCount(n);
    if (n < floor.tests) return translate('floor.too_few', { n: count, short: 'tests' });
    return translate('console.guard.too_narrow', { floor: formatFloor(floor) });
  };
  const count = rows.filter((row) => reasonOf(row) !== null).length;
  const words = { names, floor: formatFloor(floor), column: tests.label };
  return {
    held,
    reasonOf,
    notes: [
      translate(count > 0 ? 'console.guard.checked' : 'console.guard.all_met', words),
      ...(tests.most ? [translate('console.guard.at_most', words)] : []),
      ...(networks === null && floor === FLOORS.countsOnly
        ? [translate('console.guard.networks_unknown')]
        : []),
    ],
  };
}

/** Published speeds of M-Lab: their ratios are no shares of tests with signs. */
function isShareName(name: string, shares: ReadonlySet<string>): boolean {
  if (shares.has(name.toLowerCase())) return true;
  return SHARE_NAME.test(name) && !(name in COLUMNS);
}

interface Tests {
  of(row: AnswerRow): number | null;
  /** Columns it is read from. */
  readonly label: string;
  /** Tests without a verdict may be in it: the true number may be smaller. */
  readonly most: boolean;
}

/** The number of tests with a verdict in a row, by the columns that say it best. */
function findTests(columns: readonly AnswerColumn[]): Tests | null {
  const at = (name: string): number | null =>
    indexOf(columns, new RegExp(`^${name.replace(/[()]/g, '\\$&')}$`, 'i'));
  const single = (index: number, most: boolean): Tests => ({
    of: (row) => numberAt(row, index),
    label: columns[index]?.name ?? '',
    most,
  });
  const exact = at('tests') ?? at('tests_with_verdict');
  if (exact !== null) return single(exact, false);
  const [measured, failed] = [at('measurement_count'), at('failure_count')];
  if (measured !== null && failed !== null)
    return {
      of: (row) => subtract(numberAt(row, measured), numberAt(row, failed)),
      label: 'measurement_count − failure_count',
      most: false,
    };
  const parts = ['ok_count', 'anomaly_count', 'confirmed_count'].map(at);
  if (parts.every((part) => part !== null))
    return {
      of: (row) => parts.reduce<number>((sum, part) => sum + (numberAt(row, part) ?? 0), 0),
      label: 'ok_count + anomaly_count + confirmed_count',
      most: false,
    };
  const loose =
    measured ?? at('measurements') ?? at('n') ?? at('count_star()') ?? at('count') ?? at('total');
  return loose === null ? null : single(loose, true);
}

function floorOf(columns: readonly AnswerColumn[], networksKnown: boolean): Floor {
  if (indexOf(columns, NETWORK_NAME) !== null)
    return indexOf(columns, PERIOD_NAME) === null ? FLOORS.network : FLOORS.heatmapCell;
  return networksKnown ? FLOORS.country : FLOORS.countsOnly;
}

const SPEED_NAME = /(?:^|_)(?:mbps|rtt_ms|loss_ratio)(?:_|$)/i;

/** Speeds on a handful of tests, as the pages hold them back. */
function guardSpeed(columns: readonly AnswerColumn[], rows: readonly AnswerRow[]): Part {
  const sample = indexOf(columns, /^(?:download_sample_count|upload_sample_count)$/i);
  const held = new Set(
    columns.flatMap(({ name, kind }, index) =>
      kind === 'number' && SPEED_NAME.test(name) ? [index] : [],
    ),
  );
  if (sample === null || held.size === 0) return NOTHING;
  const reasonOf = (row: AnswerRow): string | null => {
    const n = numberAt(row, sample);
    return n === null || n >= THROUGHPUT_CELL_FLOOR
      ? null
      : translate('floor.too_few', { n: formatCount(n), short: 'tests' });
  };
  const any = rows.some((row) => reasonOf(row) !== null);
  const floor = translate('count.tests', { n: THROUGHPUT_CELL_FLOOR });
  const words = {
    names: listNames(columns, held),
    floor,
    column: columns[sample]?.name ?? '',
  };
  return {
    held,
    reasonOf,
    notes: any ? [translate('console.guard.checked', words)] : [],
  };
}

function listNames(columns: readonly AnswerColumn[], held: ReadonlySet<number>): string {
  const names = columns.filter((_, index) => held.has(index)).map(({ name }) => name);
  return formatList(names);
}

function indexOf(columns: readonly AnswerColumn[], pattern: RegExp): number | null {
  const found = columns.findIndex(({ name }) => pattern.test(name));
  return found < 0 ? null : found;
}

function numberAt(row: AnswerRow, index: number | null): number | null {
  const value = index === null ? null : (row[index] ?? null);
  return typeof value === 'number' ? value : null;
}

function subtract(from: number | null, what: number | null): number | null {
  return from === null ? null : from - (what ?? 0);
}
