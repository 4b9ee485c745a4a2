/**
 * How strong the evidence of a place is, as levels with their words. They tell strength, not how much was tested, and
 * keep "not tested", "too few" and "nothing seen" apart.
 */
import { translate, type MessageKey } from '../i18n/translate.ts';
import type { Witness } from '../../data-build/contract/witnesses.ts';
import type { Rate } from './rate.ts';

export type WorldLevel =
  | 'not_tested'
  | 'few'
  | 'none'
  | 'weak'
  | 'moderate'
  | 'strong'
  | 'confirmed'
  | 'confirmed_few'
  | 'unusual'
  | 'usual'
  | 'slowdown'
  | 'vanished'
  | 'drop'
  | 'surge';

/** The levels of each witness, from the strongest evidence to the weakest: the order of legends and tables. */
export const WORLD_LEVELS: Readonly<Record<Witness, readonly WorldLevel[]>> = {
  interference: [
    'confirmed',
    'confirmed_few',
    'strong',
    'moderate',
    'unusual',
    'weak',
    'none',
    'few',
    'not_tested',
  ],
  throughput: ['slowdown', 'vanished', 'usual', 'few', 'not_tested'],
  tools: ['surge', 'drop', 'usual', 'few', 'not_tested'],
  indicators: ['drop', 'surge', 'usual', 'few', 'not_tested'],
};

/**
 * Lower bounds of the rate’s 95 % Wilson interval from which signs count as weak, moderate and strong. The bound,
 * not the rate: a rate must be high and well measured. 5 %: in a month of published counts from 150 places the
 * median rate was 3 to 4 %, with no place free of signs, so less says nothing. 10 %: about three times that. 30 %:
 * nearly every third test. Source: OONI aggregation, web_connectivity, 17 March to 16 April 2021; the cuts are ours.
 */
export const EVIDENCE_BOUNDS = { weak: 0.05, moderate: 0.1, strong: 0.3 } as const;

/** Fewer networks or days than these may be one faulty probe or one bad day. */
const STRONG = { networks: 2, days: 3 } as const;

/** One or two confirmed tests can come from a single probe whose address is registered elsewhere. */
export const CONFIRMED_FLOOR = 3;

/**
 * How far the low end of the rate must lie above the usual for signs without a detected event: 15 points, as the
 * detector `level-shift-2` asks for where counts name no networks, and never on a single day.
 */
export const RISE = 0.15;

/** Levels of what stands out of an app, a tool or websites, from the surest to the least. */
export const STANDINGS = ['confirmed', 'signs', 'some'] as const;
export type Standing = (typeof STANDINGS)[number];

/**
 * What tests of an app, a tool or websites showed in one place. `hasEvent`: a rule found that signs of it began or rose
 * there. Null: no more than the stray signs, or too few tests.
 */
export function toStanding(
  rate: Rate,
  { confirmed_count }: { readonly confirmed_count: number },
  hasEvent: boolean,
): Standing | null {
  if (confirmed_count >= CONFIRMED_FLOOR) return 'confirmed';
  if (hasEvent) return 'signs';
  if (rate.kind !== 'rate' || rate.lower < EVIDENCE_BOUNDS.weak) return null;
  return rate.lower > EVIDENCE_BOUNDS.weak + RISE ? 'signs' : 'some';
}

/** Whether tests showed more signs than the stray ones that occur everywhere, or confirmed ones. */
export function isAboveStray(
  rate: Rate,
  { confirmed_count }: { readonly confirmed_count: number },
): boolean {
  return (
    rate.kind === 'rate' &&
    (rate.lower >= EVIDENCE_BOUNDS.weak || confirmed_count >= CONFIRMED_FLOOR)
  );
}

/** Signs are there, but no more than the stray ones that occur everywhere. */
export function isUsual(rate: Rate, counts: { readonly confirmed_count: number }): boolean {
  return rate.kind === 'rate' && rate.signs > 0 && !isAboveStray(rate, counts);
}

/** A title that names a share, or the highest of several; where none of them is more than usual it says so. */
export function sayUsual(
  title: string,
  judged: readonly { readonly rate: Rate; readonly confirmed: number }[],
): string {
  const of = judged.map(({ rate, confirmed }) => [rate, { confirmed_count: confirmed }] as const);
  const isSome = of.some(([rate, counts]) => isUsual(rate, counts));
  const isMore = of.some(([rate, counts]) => isAboveStray(rate, counts));
  return isSome && !isMore ? translate('title.usual', { title }) : title;
}

/**
 * How sure is one thing, how much another: a handful of confirmed tests is not as much as a tenth of all. Strong needs
 * two known networks and three days. Where a third of tests show signs, none is confirmed and nobody knows the networks,
 * faulty probes explain it as well.
 */
export function toEvidence(known: {
  /** Lower end of the interval of the share with signs. */
  readonly lower: number;
  readonly confirmed: number;
  /** Null: not known. */
  readonly networks: number | null;
  readonly days: number;
}): WorldLevel {
  const { lower, confirmed, networks, days } = known;
  if (confirmed >= CONFIRMED_FLOOR)
    return lower >= EVIDENCE_BOUNDS.moderate ? 'confirmed' : 'confirmed_few';
  if (lower >= EVIDENCE_BOUNDS.strong) {
    if (networks === null) return 'unusual';
    return networks >= STRONG.networks && days >= STRONG.days ? 'strong' : 'moderate';
  }
  if (lower >= EVIDENCE_BOUNDS.moderate) return 'moderate';
  return lower >= EVIDENCE_BOUNDS.weak ? 'weak' : 'none';
}

/** Whether enough is known to say anything of the place. */
export function isJudged(level: WorldLevel): boolean {
  return level !== 'few' && level !== 'not_tested';
}

/** Words of a level, which differ between witnesses: tests, speed tests, published figures. */
export function formatWorldLevel(witness: Witness, level: WorldLevel): string {
  const key = LEVEL_WORDS[witness][level];
  if (key === undefined) throw new Error(`The ${witness} map has no level ${level}.`);
  return translate(key);
}

const LEVEL_WORDS: Readonly<Record<Witness, Readonly<Partial<Record<WorldLevel, MessageKey>>>>> = {
  interference: {
    confirmed: 'world.level.confirmed',
    confirmed_few: 'world.level.confirmed_few',
    unusual: 'world.level.unusual',
    strong: 'world.level.strong',
    moderate: 'world.level.moderate',
    weak: 'world.level.weak',
    none: 'world.level.none',
    few: 'world.level.few',
    not_tested: 'world.level.not_tested',
  },
  throughput: {
    slowdown: 'world.level.slowdown',
    vanished: 'world.level.vanished',
    usual: 'world.level.usual_throughput',
    few: 'world.level.few_throughput',
    not_tested: 'world.level.not_tested_throughput',
  },
  tools: {
    surge: 'world.level.surge',
    drop: 'world.level.drop',
    usual: 'world.level.usual_tools',
    few: 'world.level.few_tools',
    not_tested: 'world.level.not_tested_tools',
  },
  indicators: {
    drop: 'world.level.drop_indicators',
    surge: 'world.level.surge_indicators',
    usual: 'world.level.usual_tools',
    few: 'world.level.few_indicators',
    not_tested: 'world.level.not_tested_tools',
  },
};
