/** Places by what is known of them: shapes and circles where there is room, equal tiles on a phone. */
import { translate } from '../../i18n/translate.ts';
import { formatCount } from '../../view/format.ts';
import { layoutLegendRows, type LegendItem } from '../marks/legend.ts';
import type { Fill } from '../marks/look.ts';
import { circle, group, path, rect, text } from '../marks/shapes.ts';
import type { Scene, SceneNode } from '../scene.ts';
import { isNarrow, type ChartSize } from '../size.ts';
import { CIRCLE_RADIUS, levelLook, placeId } from './look.ts';
import type { WorldGeometry, WorldPlace } from './shapes.ts';
import { toTileGrid } from './tile-grid.ts';
import { isolate } from '../../../data-build/words/isolate.ts';

/** Columns of the tiles on a phone. */
const COLUMNS = 14;
const LEGEND_GAP = 12;
/** Of their height, tiles keep this part. */
const LEAST_PART = 0.2;
/** On a smaller tile a code is not read. */
const LEAST_CODED = 18;

/** A map with its legend, which counts places. */
export function layoutMap(
  { title, desc, rows }: Pick<Scene, 'title' | 'desc' | 'rows'>,
  map: {
    readonly geometry: WorldGeometry;
    readonly lookOf: (code: string) => Fill;
    readonly legend: readonly (LegendItem & { readonly count: number })[];
    /** How many places rest on one network. */
    readonly alone: number;
  },
  size: ChartSize,
): Scene {
  const { geometry, lookOf, alone } = map;
  const tiles = isNarrow(size)
    ? layoutTiles(geometry, { width: size.width, columns: columnsOf(geometry, size) }, lookOf)
    : null;
  const width = tiles === null ? geometry.width : size.width;
  const height = tiles?.height ?? geometry.height;
  const one = {
    key: 'alone',
    label: translate('world.legend.alone'),
    count: alone,
    ...levelLook('none', true),
  };
  const legend = layoutLegendRows(
    [...map.legend, ...(alone === 0 ? [] : [one])].map(({ count, label, ...item }) => ({
      ...item,
      label: translate('phrase.named', { name: label, text: formatCount(count) }),
    })),
    { x: 1, top: height + LEGEND_GAP, width: width - 2 },
  );
  return {
    width,
    height: height + LEGEND_GAP + legend.height,
    title,
    desc,
    rows,
    children: [...(tiles === null ? layoutShapes(geometry, lookOf) : [tiles.node]), legend.node],
  };
}

/** More columns of smaller tiles where they have less height. */
function columnsOf({ places }: WorldGeometry, { width, less = 0 }: ChartSize): number {
  if (less === 0) return COLUMNS;
  const rows = Math.max(...toTileGrid(places, COLUMNS).map(({ row }) => row)) + 1;
  const height = (rows * width) / COLUMNS;
  const part = Math.max(LEAST_PART, (height - less) / height);
  return Math.ceil(COLUMNS / Math.sqrt(part));
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

export interface TileSize {
  readonly width: number;
  readonly columns: number;
}

/** One square per place, with its code; `columns` of them in `width` pixels, and how high they stand. */
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
        ...(step < LEAST_CODED
          ? []
          : [
              text('code', isolate(code), left + step / 2, top + step / 2 + 4, {
                class: 'code',
                anchor: 'middle',
              }),
            ]),
      ],
      { id: placeId(code), ...lookOf(code) },
    );
  });
  return { height: Math.ceil(rows * step), node: group('places', places) };
}
