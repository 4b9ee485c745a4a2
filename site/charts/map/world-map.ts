/**
 * The world as a map of shapes and circles, or as equal tiles. Both are complete drawings for the eye; links lie
 * over them as `<use>` of the same places, since a drawing with role `img` can hold none.
 */
import { WITNESSES } from '../../../data-build/contract/witnesses.ts';
import { WORLD_LEVELS, type WorldPlaceView } from '../../view/world/levels.ts';
import type { WorldView } from '../../view/world/world.ts';
import type { WorldGeometry, WorldPlace } from '../../view/world/shapes.ts';
import type { Fill } from '../marks/look.ts';
import { circle, group, path, rect, text } from '../marks/shapes.ts';
import type { Scene, SceneNode } from '../scene.ts';
import { markSynthetic } from '../watermark.ts';
import { ALONE_PATTERNS, CIRCLE_RADIUS, levelLook, placeId } from './look.ts';
import { toTileGrid } from './tile-grid.ts';
import { isolate } from '../../../data-build/words/isolate.ts';

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
  lookOf: (code: string) => Fill,
): readonly SceneNode[] {
  const drawn = [...geometry.places].sort((a, b) => Number(a.circle) - Number(b.circle));
  const places = drawn.map((place) => layoutPlace(place, lookOf(place.code)));
  return [
    group('places', places),
    path('casing', geometry.disputed, { class: 'disputed-casing' }),
    path('disputed', geometry.disputed, { class: 'disputed' }),
  ];
}

function layoutPlace({ code, shapes, circle: small, x, y }: WorldPlace, look: Fill): SceneNode {
  const shared = shapes.filter((shape) => shape.shared);
  return group(
    code,
    [
      ...shapes.map(({ d }, index) => path(`shape ${index}`, d)),
      ...shared.map(({ d }) =>
        group('shared', [path('hatch', d)], { class: 'shared', pattern: 'shared' }),
      ),
      ...(small ? [circle('circle', x, y, CIRCLE_RADIUS)] : []),
    ],
    { id: placeId(code), ...look },
  );
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
  lookOf: (code: string) => Fill,
): { readonly node: SceneNode; readonly height: number } {
  const step = size.width / size.columns;
  const tiles = toTileGrid(geometry.places, size.columns);
  const rows = Math.max(...tiles.map(({ row }) => row)) + 1;
  const places = tiles.map(({ code, column, row }) => {
    const [left, top] = [column * step, row * step];
    return group(
      code,
      [
        rect('tile', [left + 1, top + 1, step - 2, step - 2]),
        text('code', isolate(code), left + step / 2, top + step / 2 + 4, {
          class: 'code',
          anchor: 'middle',
        }),
      ],
      { id: placeId(code), ...lookOf(code) },
    );
  });
  return { height: Math.ceil(rows * step), node: group('places', places) };
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

function toLookOf({ places }: WorldView): (code: string) => Fill {
  const known = new Map(places.map((place: WorldPlaceView) => [place.code, place]));
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
