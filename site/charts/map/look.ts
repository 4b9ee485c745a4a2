/** How a level looks, and how a place is called inside a drawing: what the build and the page must agree on. */
import type { WorldLevel } from '../../view/evidence.ts';
import type { Fill } from '../marks/look.ts';
import type { PatternName } from '../scene.ts';

/** Places too small to be pointed at are circles. */
export const CIRCLE_RADIUS = 4;

/** The color says how sure, the texture how much; plain by intent: nothing seen, weak signs, much of it confirmed. */
const LEVEL_PATTERNS: Readonly<Partial<Record<WorldLevel, PatternName>>> = {
  few: 'few',
  confirmed_few: 'confirmed_few',
  unusual: 'unusual',
  moderate: 'anomaly',
  strong: 'strong',
  slowdown: 'slowdown',
  vanished: 'vanished',
  drop: 'drop',
  surge: 'surge',
};

/** Of a place on one network: the color of its level under a hatch of its own. Strong signs need two networks. */
export const ALONE_PATTERNS: Readonly<Partial<Record<WorldLevel, PatternName>>> = {
  none: 'alone_none',
  weak: 'alone_weak',
  moderate: 'alone_moderate',
  confirmed: 'alone_confirmed',
  confirmed_few: 'alone_confirmed_few',
};

/** Class and fill of a level; `alone`: it rests on one network. */
export function levelLook(level: WorldLevel, alone = false): Fill {
  const own = alone ? ALONE_PATTERNS[level] : undefined;
  if (own !== undefined) return { class: 'place alone', pattern: own };
  const pattern = LEVEL_PATTERNS[level];
  return { class: `place level-${level}`, ...(pattern === undefined ? {} : { pattern }) };
}

/** Name of a place inside a drawing, for links over it. */
export function placeId(code: string): string {
  return `place-${code}`;
}
