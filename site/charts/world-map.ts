/**
 * The world as a map of shapes and circles, or as equal tiles. Both are complete drawings for the eye; links lie
 * over them as `<use>` of the same places, since a drawing with role `img` can hold none.
 */
import { WORLD_LEVELS } from '../view/world-levels.ts';
import { WORLD_WITNESSES } from '../view/world-record.ts';
import type { WorldPlaceView, WorldView } from '../view/world.ts';
import { round } from './marks/shapes.ts';
import type { Scene, SceneNode } from './scene.ts';
import { toTileGrid } from './tile-grid.ts';
import { CIRCLE_RADIUS, type WorldGeometry, type WorldPlace } from './world-geometry.ts';
import { markSynthetic } from './watermark.ts';
import { levelLook, placeId, type PlaceLook } from './world-look.ts';

export interface WorldMapOptions {
  /** Sample data: the drawing says so. */
  readonly synthetic: boolean;
}

export function layoutWorldMap(
  view: WorldView,
  geometry: WorldGeometry,
  options: WorldMapOptions,
): Scene {
  return toScene(view, geometry, options, [
    layoutPatterns(),
    ...layoutShapes(geometry, toLookOf(view)),
  ]);
}

/** Shapes, then circles over them, then disputed borders. */
export function layoutShapes(
  geometry: WorldGeometry,
  lookOf: (code: string) => PlaceLook,
): readonly SceneNode[] {
  const drawn = [...geometry.places].sort((a, b) => Number(a.circle) - Number(b.circle));
  return [
    {
      type: 'g',
      key: 'places',
      children: drawn.map((place) => layoutPlace(place, lookOf(place.code))),
    },
    { type: 'path', key: 'casing', class: 'disputed-casing', d: geometry.disputed },
    { type: 'path', key: 'disputed', class: 'disputed', d: geometry.disputed },
  ];
}

function layoutPlace({ code, shapes, circle, x, y }: WorldPlace, look: PlaceLook): SceneNode {
  const path = (d: string, key: string): SceneNode => ({ type: 'path', key, d });
  return {
    type: 'g',
    key: code,
    id: placeId(code),
    ...look,
    children: [
      ...shapes.map(({ d }, index) => path(d, `shape ${index}`)),
      ...shapes
        .filter(({ shared }) => shared)
        .map(({ d }): SceneNode => ({
          type: 'g',
          key: 'shared',
          class: 'shared',
          pattern: 'shared',
          children: [path(d, 'hatch')],
        })),
      ...(circle
        ? [{ type: 'circle', key: 'circle', cx: x, cy: y, r: CIRCLE_RADIUS } as const]
        : []),
    ],
  };
}

/** One square per place, with its code; `columns` of them in `width` pixels. */
export function layoutWorldTiles(
  view: WorldView,
  geometry: WorldGeometry,
  size: TileSize,
  options: WorldMapOptions,
): Scene {
  const { node, height } = layoutTiles(geometry, size, toLookOf(view));
  return toScene(view, { width: size.width, height }, options, [layoutPatterns(), node]);
}

export interface TileSize {
  readonly width: number;
  readonly columns: number;
}

/** The tiles alone, and how high they stand. */
export function layoutTiles(
  geometry: WorldGeometry,
  size: TileSize,
  lookOf: (code: string) => PlaceLook,
): { readonly node: SceneNode; readonly height: number } {
  const step = size.width / size.columns;
  const tiles = toTileGrid(geometry.places, size.columns);
  const rows = Math.max(...tiles.map(({ row }) => row)) + 1;
  return {
    height: Math.ceil(rows * step),
    node: {
      type: 'g',
      key: 'places',
      children: tiles.map(({ code, column, row }): SceneNode => ({
        type: 'g',
        key: code,
        id: placeId(code),
        ...lookOf(code),
        children: [
          {
            type: 'rect',
            key: 'tile',
            x: round(column * step + 1),
            y: round(row * step + 1),
            width: round(step - 2),
            height: round(step - 2),
          },
          {
            type: 'text',
            key: 'code',
            class: 'code',
            x: round((column + 0.5) * step),
            y: round((row + 0.5) * step + 4),
            anchor: 'middle',
            text: code,
          },
        ],
      })),
    },
  };
}

function toScene(
  view: WorldView,
  { width, height }: { readonly width: number; readonly height: number },
  options: WorldMapOptions,
  children: readonly SceneNode[],
): Scene {
  const { title, desc, rows } = view;
  const scene = { width, height, title, desc, rows, children };
  return options.synthetic ? markSynthetic(scene) : scene;
}

function toLookOf({ places }: WorldView): (code: string) => PlaceLook {
  const levels = new Map(places.map((place: WorldPlaceView) => [place.code, place.level]));
  return (code) => levelLook(levels.get(code) ?? 'not_tested');
}

/** Every texture once, unseen, so that the page can give a place another level without drawing anew. */
function layoutPatterns(): SceneNode {
  const levels = new Set(WORLD_WITNESSES.flatMap((witness) => WORLD_LEVELS[witness]));
  return {
    type: 'g',
    key: 'patterns',
    children: [...levels].flatMap((level): SceneNode[] => {
      const { pattern } = levelLook(level);
      if (pattern === undefined) return [];
      return [{ type: 'rect', key: level, pattern, x: 0, y: 0, width: 0, height: 0 }];
    }),
  };
}
