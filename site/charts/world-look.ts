/** How a level looks, and how a place is called inside a drawing: what the build and the page must agree on. */
import type { WorldLevel } from '../view/world-levels.ts';
import type { PatternName, SceneData } from './scene.ts';

/** Beside its color a level has a texture of its own, or is plain by intent: nothing seen, and confirmed. */
const LEVEL_PATTERNS: Readonly<Partial<Record<WorldLevel, PatternName>>> = {
  few: 'few',
  weak: 'weak',
  moderate: 'anomaly',
  strong: 'strong',
  slowdown: 'slowdown',
  vanished: 'vanished',
  drop: 'drop',
  surge: 'surge',
};

/** How a place looks, and the numbers it carries. */
export interface PlaceLook {
  readonly class: string;
  readonly pattern?: PatternName;
  readonly data?: SceneData;
}

/** Class and fill of a level. */
export function levelLook(level: WorldLevel): PlaceLook {
  const pattern = LEVEL_PATTERNS[level];
  return { class: `place level-${level}`, ...(pattern === undefined ? {} : { pattern }) };
}

/** Name of a place inside a drawing, for links over it. */
export function placeId(code: string): string {
  return `place-${code}`;
}
