/** Hatches and dots behind `pattern` fills: one tile each, coloured by the stylesheet (`pb-`, `pm-` classes). */
import { PATTERN_NAMES, type PatternName, type Scene, type SceneNode } from '../charts/scene.ts';

export interface PatternTile {
  readonly width: number;
  readonly height: number;
  /** The mark over the tile's ground. */
  readonly d: string;
}

const diagonal = 'M-1 1L1 -1M0 6L6 0M5 7L7 5';
const counterDiagonal = 'M-1 5L1 7M0 0L6 6M5 -1L7 1';
/** On one network: upright lines, which no level has. */
const alone: PatternTile = { width: 4, height: 4, d: 'M2 0V4' };

export const PATTERN_TILES: Readonly<Record<PatternName, PatternTile>> = {
  anomaly: { width: 6, height: 6, d: diagonal },
  failure: { width: 4, height: 4, d: 'M1 1h1v1h-1zM3 3h1v1h-1z' },
  few: { width: 5, height: 5, d: 'M-1 1L1 -1M0 5L5 0M4 6L6 4' },
  dns: { width: 6, height: 6, d: counterDiagonal },
  tcp_ip: { width: 5, height: 5, d: 'M0 2.5H5' },
  tls: { width: 5, height: 5, d: 'M2.5 0V5' },
  http_failure: { width: 5, height: 5, d: 'M1 1h2v2h-2z' },
  http_diff: { width: 6, height: 6, d: diagonal },
  app_web: { width: 6, height: 6, d: 'M0 3H6M3 0V6' },
  app_registration: { width: 6, height: 6, d: `${diagonal}${counterDiagonal}` },
  tool_bootstrap: { width: 8, height: 8, d: 'M0 2H8' },
  middlebox: { width: 8, height: 8, d: 'M2 0V8' },
  other: { width: 4, height: 4, d: 'M1 1h1v1h-1z' },
  confirmed_few: { width: 5, height: 5, d: 'M-1 1L1 -1M0 5L5 0M4 6L6 4' },
  unusual: { width: 5, height: 5, d: 'M1.5 1.5h1.6v1.6h-1.6z' },
  strong: { width: 4, height: 4, d: 'M0 0L4 4M0 4L4 0' },
  shared: { width: 4, height: 4, d: 'M0 2H4' },
  slowdown: { width: 4, height: 4, d: 'M0 2H4' },
  vanished: { width: 5, height: 5, d: 'M2.5 0V5' },
  surge: { width: 6, height: 6, d: diagonal },
  drop: { width: 6, height: 6, d: counterDiagonal },
  problem: { width: 8, height: 8, d: 'M1 2h2M5 6h2' },
  alone_none: alone,
  alone_weak: alone,
  alone_moderate: alone,
  alone_confirmed: alone,
  alone_confirmed_few: alone,
};

/** Patterns that a drawing uses, in the fixed order of their names. */
export function usedPatterns(scene: Scene): readonly PatternName[] {
  const used = new Set<PatternName>();
  const visit = (node: SceneNode): void => {
    if (node.pattern !== undefined) used.add(node.pattern);
    if (node.type === 'g' || node.type === 'a') node.children.forEach(visit);
  };
  scene.children.forEach(visit);
  return PATTERN_NAMES.filter((name) => used.has(name));
}
