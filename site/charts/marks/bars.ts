/** Bars in the slots of a time axis, alone or stacked. */
import type { Period } from '../../view/time-frame.ts';
import type { SceneNode } from '../scene.ts';
import type { Mark } from './axis.ts';
import { FEW, greyLook } from './look.ts';
import { group, rect, round, type Look } from './shapes.ts';
import type { Slot, TimeAxis } from './time-axis.ts';

const WIDEST = 48;
/** Height of the hatched mark for a period with too few tests: seen, but quieter than the data. */
const FEW_HEIGHT = 22;

/** A little air between neighbours, and never a wall when there is one alone. */
export function toBar(
  axis: TimeAxis,
  slot: Slot,
): { readonly x: number; readonly width: number; readonly middle: number } {
  const place = axis.slot(slot);
  const air = place.width >= 4 ? Math.min(2, place.width * 0.2) : 0;
  const width = Math.min(WIDEST, place.width - air);
  const x = round(place.middle - width / 2);
  return { x, width: round(width), middle: round(x + round(width) / 2) };
}

/** A bar for each period that reaches from one height to another; null: none. */
export function slotBars<P extends Period>(
  periods: readonly P[],
  axis: TimeAxis,
  extentOf: (period: P) => readonly [top: number, bottom: number] | null,
  lookOf: (period: P) => Look = greyLook,
): readonly SceneNode[] {
  return periods.flatMap((period) => {
    const extent = extentOf(period);
    if (extent === null) return [];
    const { x, width } = toBar(axis, period);
    const [top, bottom] = extent;
    return [rect(period.start, [x, top, width, bottom - top], lookOf(period))];
  });
}

/** One group of bars for each series, the first at the bottom. A reader can take a series out by its key. */
export function stack<P extends Period, K extends string>(
  periods: readonly P[],
  series: readonly K[],
  valueOf: (period: P, key: K) => number,
  lookOf: (key: K) => Look,
): readonly Mark[] {
  return series.map((key, index): Mark => ({ axis, value }) => {
    const below = series.slice(0, index);
    const bars = slotBars(periods, axis, (period) => {
      const height = valueOf(period, key);
      if (height === 0) return null;
      const from = below.reduce((sum, other) => sum + valueOf(period, other), 0);
      return [value.at(from + height), value.at(from)];
    });
    return group(key, bars, { ...lookOf(key), data: { series: key } });
  });
}

/** Hatched marks on the baseline: something was tested there, too little for a share. */
export function tooFew(periods: readonly Period[]): Mark {
  return ({ axis, bottom }) => {
    const bars = slotBars(
      periods,
      axis,
      () => [bottom - FEW_HEIGHT, bottom],
      () => ({}),
    );
    return group('too-few', bars, FEW);
  };
}
