/** The answer of the chart builder as a map: one level per country or territory, held to the same floors. */
import { translate } from '../../i18n/translate.ts';
import { BLOCKING_METHODS, type BlockingMethod } from '../../../data-build/contract/vocabulary.ts';
import { isSpeed, witnessOf, type Measure } from '../../state/measures.ts';
import type { ExploreCell } from './cells.ts';
import { formatAmount } from './words.ts';
import {
  formatWorldLevel,
  isJudged,
  toEvidence,
  WORLD_LEVELS,
  type WorldLevel,
} from '../../view/evidence.ts';
import type { WorldGeometry } from '../../charts/map/shapes.ts';

/** What a place is drawn as. Amounts have five steps, from the smallest. */
export type MapLevel =
  | { readonly kind: 'evidence'; readonly level: WorldLevel }
  | { readonly kind: 'method'; readonly method: BlockingMethod }
  | { readonly kind: 'amount'; readonly step: number }
  | { readonly kind: 'zero' }
  | { readonly kind: 'few' }
  | { readonly kind: 'not_tested' };

export interface MapPlace {
  readonly code: string;
  readonly level: MapLevel;
  readonly cell: ExploreCell;
}

export interface MapLegendItem {
  readonly level: MapLevel;
  readonly label: string;
  /** How many places of the map have it. */
  readonly count: number;
}

export interface ExploreMap {
  readonly geometry: WorldGeometry;
  /** Places with a row; all others were not tested. */
  readonly places: readonly MapPlace[];
  readonly legend: readonly MapLegendItem[];
  /** Codes with a row that the map has no place for. */
  readonly offMap: readonly string[];
}

const STEPS = 5;

export function toExploreMap(
  cells: readonly ExploreCell[],
  measure: Measure,
  geometry: WorldGeometry,
): ExploreMap {
  const bounds = toBounds(
    cells.flatMap(({ value }) => (value !== null && value > 0 ? [value] : [])),
  );
  const byCode = new Map<string, ExploreCell>();
  // Of several methods in a place, the cells come with the most frequent first.
  for (const cell of cells) if (!byCode.has(cell.x)) byCode.set(cell.x, cell);
  const known = new Set(geometry.places.map(({ code }) => code));
  const places = [...byCode].map(([code, cell]): MapPlace => ({
    code,
    cell,
    level: toMapLevel(cell, measure, bounds),
  }));
  const onMap = places.filter(({ code }) => known.has(code));
  const counts = new Map<string, number>();
  for (const { level } of onMap)
    counts.set(levelKey(level), (counts.get(levelKey(level)) ?? 0) + 1);
  const legend = listLevels(measure, bounds, onMap).map((level): MapLegendItem => ({
    level,
    label: formatMapLevel(level, measure, bounds),
    count:
      level.kind === 'not_tested'
        ? known.size - onMap.length + (counts.get(levelKey(level)) ?? 0)
        : (counts.get(levelKey(level)) ?? 0),
  }));
  return {
    geometry,
    places,
    legend,
    offMap: places.filter(({ code }) => !known.has(code)).map(({ code }) => code),
  };
}

/** Identity of a level, and its class. */
export function levelKey(level: MapLevel): string {
  switch (level.kind) {
    case 'evidence':
      return level.level;
    case 'method':
      return level.method;
    case 'amount':
      return `amount-${level.step}`;
    case 'zero':
    case 'few':
    case 'not_tested':
      return level.kind;
  }
}

function toMapLevel(cell: ExploreCell, measure: Measure, bounds: readonly number[]): MapLevel {
  const { rate, row, value } = cell;
  if (measure === 'methods') {
    const method = toMethod(cell.series ?? '');
    if (rate?.kind !== 'rate' || method === null) return { kind: 'few' };
    return { kind: 'method', method };
  }
  if (measure === 'rate') {
    if (rate === null || rate.kind === 'not_tested') return { kind: 'not_tested' };
    if (rate.kind === 'too_few') return { kind: 'few' };
    const { lower } = rate;
    const { confirmed, networks, days } = row;
    return { kind: 'evidence', level: toEvidence({ lower, confirmed, networks, days }) };
  }
  if (value === null) return { kind: 'few' };
  if (value === 0) return { kind: 'zero' };
  const step = bounds.findIndex((bound) => value <= bound);
  return { kind: 'amount', step: step < 0 ? bounds.length : step };
}

function toMethod(name: string): BlockingMethod | null {
  return METHODS.find((method) => method === name) ?? null;
}
const METHODS: readonly BlockingMethod[] = Object.keys(BLOCKING_METHODS).filter(
  (name): name is BlockingMethod => Object.hasOwn(BLOCKING_METHODS, name),
);

/** Upper ends of all steps but the last: quantiles, made round, so that steps hold about as many places each. */
export function toBounds(values: readonly number[]): readonly number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const bounds = Array.from({ length: STEPS - 1 }, (_, index) => {
    const at = Math.ceil(((index + 1) / STEPS) * sorted.length) - 1;
    return roundUp(sorted[Math.max(0, at)] ?? 0);
  });
  const most = sorted.at(-1) ?? 0;
  return [...new Set(bounds)].filter((bound) => bound > 0 && bound < most);
}

/** The next of 1, 1.5, 2, 3, 5, 7 times a power of ten. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(value));
  const nice = [1, 1.5, 2, 3, 5, 7, 10].find((step) => step * power >= value * (1 - 1e-9)) ?? 10;
  return Number((nice * power).toPrecision(3));
}

/** From the surest; what is not judged stands after them. */
const EVIDENCE = WORLD_LEVELS.interference.filter(isJudged);

function listLevels(
  measure: Measure,
  bounds: readonly number[],
  places: readonly MapPlace[],
): readonly MapLevel[] {
  const ends: readonly MapLevel[] = [{ kind: 'few' }, { kind: 'not_tested' }];
  switch (measure) {
    case 'rate':
      return [...EVIDENCE.map((level): MapLevel => ({ kind: 'evidence', level })), ...ends];
    case 'methods': {
      const seen = new Set(
        places.flatMap(({ level }) => (level.kind === 'method' ? [level.method] : [])),
      );
      return [
        ...METHODS.filter((method) => seen.has(method)).map((method): MapLevel => ({
          kind: 'method',
          method,
        })),
        ...ends,
      ];
    }
    default: {
      const amounts = places.some(({ level }) => level.kind === 'amount')
        ? [...bounds, Infinity].map((_, step): MapLevel => ({ kind: 'amount', step }))
        : [];
      const speed = isSpeed(measure);
      const zero: readonly MapLevel[] = speed && measure !== 'loss' ? [] : [{ kind: 'zero' }];
      return [...amounts.reverse(), ...zero, ...(speed ? ends : ends.slice(1))];
    }
  }
}

/** The words of a level in the legend. */
export function formatMapLevel(
  level: MapLevel,
  measure: Measure,
  bounds: readonly number[],
): string {
  switch (level.kind) {
    case 'evidence':
      return formatWorldLevel('interference', level.level);
    case 'method':
      return BLOCKING_METHODS[level.method].label;
    case 'few':
      return translate(measure === 'methods' ? 'explore.map.few_signs' : 'world.level.few');
    case 'not_tested':
      return measure === 'methods'
        ? translate('explore.map.no_signs')
        : formatWorldLevel(witnessOf(measure), 'not_tested');
    case 'zero':
      return translate(measure === 'confirmed' ? 'explore.map.none_confirmed' : 'explore.map.zero');
    case 'amount': {
      const number = (value: number): string => formatAmount(value, measure);
      const from = bounds[level.step - 1];
      const to = bounds[level.step];
      if (to === undefined)
        return from === undefined
          ? translate('explore.map.any')
          : translate('explore.map.above', { from: number(from) });
      return from === undefined
        ? translate('explore.map.up_to', { to: number(to) })
        : translate('explore.map.between', { from: number(from), to: number(to) });
    }
  }
}
