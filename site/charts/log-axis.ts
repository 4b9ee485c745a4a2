/** A vertical or horizontal axis in powers: equal distances are equal ratios. */
import { scaleLog } from 'd3';
import { round } from './round.ts';
import { pageLanguage } from '../i18n/language.ts';
import type { ValueAxis } from './value-axis.ts';

const STEPS = [1, 2, 5] as const;

/** From `low` to `high` (both > 0), widened to whole steps of 1, 2 and 5. */
export function toLogAxis(low: number, high: number, from: number, to: number): ValueAxis {
  const bottom = stepBelow(low);
  const top = stepAbove(Math.max(high, bottom * 2));
  const scale = scaleLog([bottom, top], [from, to]);
  const format = new Intl.NumberFormat(pageLanguage(), { maximumSignificantDigits: 1 });
  return {
    at: (value) => round(scale(Math.min(Math.max(value, bottom), top))),
    ticks: stepsBetween(bottom, top).map((value) => ({ value, text: format.format(value) })),
  };
}

function stepsBetween(bottom: number, top: number): readonly number[] {
  const steps: number[] = [];
  for (let power = Math.floor(Math.log10(bottom)); power <= Math.ceil(Math.log10(top)); power++) {
    for (const step of STEPS) {
      const value = Number((step * 10 ** power).toPrecision(1));
      if (value >= bottom * 0.999 && value <= top * 1.001) steps.push(value);
    }
  }
  // Past two powers of ten, every step would be a wall of lines.
  return steps.length <= 7 ? steps : steps.filter((value) => /^[^1-9]*1/.test(String(value)));
}

function stepBelow(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.findLast((each) => each * power <= value * 1.0001) ?? 1;
  return Number((step * power).toPrecision(1));
}

function stepAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((each) => each * power >= value * 0.9999) ?? 10;
  return Number((step * power).toPrecision(1));
}
