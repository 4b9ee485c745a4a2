/** How a level looks, and how a place is called inside a drawing: what the build and the page must agree on. */
import type { WorldLevel } from '../../view/world/levels.ts';
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

/** Class and fill of a level; `alone`: it rests on one network. */
export function levelLook(level: WorldLevel, alone = false): Fill {
  const pattern = LEVEL_PATTERNS[level];
  return {
    class: `place level-${level}${alone ? ' alone' : ''}`,
    ...(pattern === undefined ? {} : { pattern }),
  };
}

/** Name of a place inside a drawing, for links over it. */
export function placeId(code: string): string {
  return `place-${code}`;
}
