/** The world as a map of shapes and circles, or as equal tiles. */
import { WITNESSES } from '../../../data-build/contract/witnesses.ts';
import { layoutMap, layoutShapes, layoutTiles, type TileSize } from '../../charts/map/map.ts';
import { ALONE_PATTERNS, levelLook } from '../../charts/map/look.ts';
import type { Fill } from '../../charts/marks/look.ts';
import { group, rect } from '../../charts/marks/shapes.ts';
import type { Scene, SceneNode } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';
import { WORLD_LEVELS } from '../../view/evidence.ts';
import type { WorldView } from './view.ts';

/** What stands alone: with its legend, shapes where there is room and tiles on a phone. */
export function layoutWorld(view: WorldView, size: ChartSize): Scene {
  const legend = view.levels.map(({ level, label, count }) => ({
    key: level,
    label,
    count,
    ...levelLook(level),
  }));
  const { geometry, alone } = view;
  return layoutMap(view, { geometry, lookOf: toLookOf(view), legend, alone }, size);
}

/**
 * The sheets of the page, whose legend stands beside them. Both are complete drawings for the eye; links lie over them
 * as `<use>` of the same places, since a drawing with role `img` can hold none.
 */
export function layoutWorldShapes(view: WorldView): Scene {
  const { geometry } = view;
  return toSheet(view, geometry, layoutShapes(geometry, toLookOf(view)));
}

export function layoutWorldTiles(view: WorldView, size: TileSize): Scene {
  const { node, height } = layoutTiles(view.geometry, size, toLookOf(view));
  return toSheet(view, { width: size.width, height }, [node]);
}

function toSheet(
  { title, desc, rows }: WorldView,
  { width, height }: Pick<Scene, 'width' | 'height'>,
  nodes: readonly SceneNode[],
): Scene {
  return { width, height, title, desc, rows, children: [layoutPatterns(), ...nodes] };
}

function toLookOf({ places }: WorldView): (code: string) => Fill {
  const known = new Map(places.map((place) => [place.code, place]));
  return (code) => levelLook(known.get(code)?.level ?? 'not_tested', known.get(code)?.alone);
}

/** Every texture once, unseen, so that the page can give a place another level without a new drawing. */
function layoutPatterns(): SceneNode {
  const levels = new Set(WITNESSES.flatMap((witness) => WORLD_LEVELS[witness]));
  const patterns = [
    ...[...levels].flatMap((level) => levelLook(level).pattern ?? []),
    ...Object.values(ALONE_PATTERNS),
  ];
  return group(
    'patterns',
    patterns.map((pattern) => rect(pattern, [0, 0, 0, 0], { pattern })),
  );
}
