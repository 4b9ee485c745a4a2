/**
 * The shapes of the world map, in pixels of one wide drawing: Equal Earth, so that areas compare (Šavrič,
 * Patterson and Jenny 2018). Shapes are Natural Earth’s at 1:110 million as revised by Visionscarto; what is
 * missing there or too small to be seen becomes a circle on its place. Places are named by the two-letter code
 * that the data use.
 */
import { geoEqualEarth, geoPath, type GeoProjection } from 'd3';
import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import countries from 'i18n-iso-countries';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { WorldGeometry, WorldPlace } from './shapes.ts';
import { CIRCLE_RADIUS } from './look.ts';
import { collectLines, writeLand, writeLine, type Point } from './path.ts';

export type WorldTopology = Topology<{ countries: GeometryCollection<{ a3: string }> }>;

export const WORLD_WIDTH = 960;
/** Square pixels below which a shape cannot be pointed at. */
const SMALLEST_AREA = 20;

/** Shapes whose alpha-3 code is not ISO’s. Null: no place of its own in any data, and nobody lives there. */
const OWN_CODES: Readonly<
  Record<string, { readonly code: string; readonly shared: boolean } | null>
> = {
  XKX: { code: 'XK', shared: false },
  CYN: { code: 'CY', shared: false },
  SOL: { code: 'SO', shared: true },
  ATA: null,
  ATC: null,
  ATF: null,
  HMD: null,
  IOA: null,
  KAS: null,
  SGS: null,
};

/** Parts that the shapes count to another country and the data do not. Degrees: west, south, east, north. */
const PARTS: readonly {
  readonly of: string;
  readonly code: string;
  readonly box: readonly [number, number, number, number];
}[] = [
  { of: 'FRA', code: 'GF', box: [-55, 2, -51, 6] },
  { of: 'FRA', code: 'GP', box: [-62, 15.7, -60.9, 16.6] },
  { of: 'FRA', code: 'MQ', box: [-61.4, 14.2, -60.6, 15] },
  { of: 'FRA', code: 'RE', box: [55, -21.6, 56, -20.7] },
  { of: 'FRA', code: 'YT', box: [44.9, -13.2, 45.5, -12.4] },
  { of: 'NLD', code: 'BQ', box: [-70, 11, -62, 19] },
  { of: 'NOR', code: 'SJ', box: [-10, 70.5, 35, 82] },
];

/** Places with a code of their own and no shape in either set: longitude, latitude. */
const POINTS: Readonly<Record<string, Position>> = {
  BQ: [-68.3, 12.2],
  CC: [96.9, -12.2],
  CX: [105.7, -10.5],
  GI: [-5.35, 36.14],
  TK: [-171.8, -9.2],
  TV: [179.2, -8.5],
};

/** Pairs of neighbors whose border is disputed; a box where only a part of it is. */
const DISPUTED: readonly {
  readonly pair: readonly [string, string];
  readonly box?: readonly [number, number, number, number];
}[] = [
  { pair: ['XKX', 'SRB'] },
  { pair: ['SOL', 'SOM'] },
  { pair: ['CYN', 'CYP'] },
  { pair: ['ESH', 'MAR'] },
  { pair: ['PSE', 'ISR'] },
  { pair: ['SYR', 'ISR'] },
  { pair: ['IND', 'PAK'], box: [72, 32.3, 81, 38] },
  { pair: ['IND', 'CHN'], box: [72, 30, 81, 38] },
  { pair: ['IND', 'CHN'], box: [91, 26, 98, 30] },
];

type Land = Polygon | MultiPolygon;

interface Part {
  readonly code: string;
  readonly shared: boolean;
  readonly geometry: MultiPolygon;
}

/** Whether parsed JSON is a topology of countries with their alpha-3 codes, as far as is read here. */
export function isWorldTopology(value: unknown): value is WorldTopology {
  if (typeof value !== 'object' || value === null) return false;
  if (!('type' in value) || value.type !== 'Topology' || !('objects' in value)) return false;
  const { objects } = value;
  return typeof objects === 'object' && objects !== null && 'countries' in objects;
}

/** `coarse` gives the shapes, `fine` the places that it lacks. */
export function toWorldGeometry(coarse: WorldTopology, fine: WorldTopology): WorldGeometry {
  const shapes = toParts(coarse);
  const { projection, height } = fitProjection(shapes);
  const path = geoPath(projection);
  const places = new Map<string, WorldPlace>();
  for (const { code, shared, geometry } of shapes) {
    const known = places.get(code);
    const [x, y] = path.centroid(largestPolygon(geometry));
    const shape = { d: writeLand(geometry, projection), shared };
    places.set(code, {
      code,
      shapes: [...(known?.shapes ?? []), shape],
      circle: known?.circle ?? path.area(geometry) < SMALLEST_AREA,
      x: tenth(known?.x ?? x),
      y: tenth(known?.y ?? y),
    });
  }
  const small = [...places.values()].filter(({ circle }) => circle);
  const circles = new Map([
    ...findCircles(fine, places, projection),
    ...small.map(({ code, x, y }) => [code, [x, y]] as const),
  ]);
  for (const [code, [x, y]] of spreadCircles(circles)) {
    const shapes = places.get(code)?.shapes ?? [];
    places.set(code, { code, shapes, circle: true, x: tenth(x), y: tenth(y) });
  }
  return {
    width: WORLD_WIDTH,
    height,
    places: [...places.values()].sort((a, b) => (a.code < b.code ? -1 : 1)),
    disputed: DISPUTED.map((border) => writeBorder(coarse, border, projection)).join(''),
  };
}

/** The features of a set, by the codes of the data; the places that count apart are cut out. */
function toParts(topology: WorldTopology): readonly Part[] {
  return feature(topology, topology.objects.countries).features.flatMap((each) => {
    const a3 = each.properties.a3;
    const own = OWN_CODES[a3];
    const code = own === undefined ? countries.alpha3ToAlpha2(a3) : own?.code;
    if (code === undefined || !isLand(each.geometry)) return [];
    const polygons = toMultiPolygon(each.geometry).coordinates;
    const apart = PARTS.filter(({ of }) => of === a3).map((part) => ({
      code: part.code,
      shared: false,
      polygons: polygons.filter((polygon) => isInside(polygon, part.box)),
    }));
    const rest = polygons.filter(
      (polygon) => !apart.some((part) => part.polygons.includes(polygon)),
    );
    return [{ code, shared: own?.shared ?? false, polygons: rest }, ...apart]
      .filter((part) => part.polygons.length > 0)
      .map((part) => ({
        code: part.code,
        shared: part.shared,
        geometry: { type: 'MultiPolygon', coordinates: part.polygons },
      }));
  });
}

function isLand(geometry: Geometry): geometry is Land {
  return geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';
}

function toMultiPolygon(land: Land): MultiPolygon {
  return land.type === 'MultiPolygon'
    ? land
    : { type: 'MultiPolygon', coordinates: [land.coordinates] };
}

function isInside(polygon: readonly Position[][], box: readonly number[]): boolean {
  return polygon.every((ring) => ring.every((point) => isPointInside(point, box)));
}

function isPointInside([lon = 0, lat = 0]: Position, box: readonly number[]): boolean {
  const [west = -180, south = -90, east = 180, north = 90] = box;
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

/** All land to the width of the drawing, with room for circles at the edges. Turned so that no land is cut. */
function fitProjection(parts: readonly Part[]): {
  readonly projection: GeoProjection;
  readonly height: number;
} {
  const land: MultiPolygon = {
    type: 'MultiPolygon',
    coordinates: parts.flatMap(({ geometry }) => geometry.coordinates),
  };
  const margin = CIRCLE_RADIUS + 1;
  const projection = geoEqualEarth()
    .rotate([-11, 0])
    .precision(0.5)
    .fitWidth(WORLD_WIDTH - 2 * margin, { type: 'Sphere' });
  const [[, top], [, bottom]] = geoPath(projection).bounds(land);
  const [dx, dy] = projection.translate();
  projection.translate([dx + margin, dy - top + margin]);
  return { projection, height: Math.ceil(bottom - top + 2 * margin) };
}

function largestPolygon(land: MultiPolygon): Polygon {
  const path = geoPath(geoEqualEarth());
  const polygons = land.coordinates.map((coordinates): Polygon => ({
    type: 'Polygon',
    coordinates,
  }));
  const [largest] = polygons.sort((a, b) => path.area(b) - path.area(a));
  if (largest === undefined) throw new Error('A place of the map has no polygon.');
  return largest;
}

/** Places of the finer set and of the list of points that have no shape yet. */
function findCircles(
  fine: WorldTopology,
  shaped: ReadonlyMap<string, unknown>,
  projection: GeoProjection,
): ReadonlyMap<string, Point> {
  const circles = new Map<string, Point>();
  const path = geoPath(projection);
  for (const { code, geometry } of toParts(fine)) {
    if (!shaped.has(code) && !circles.has(code))
      circles.set(code, path.centroid(largestPolygon(geometry)));
  }
  for (const [code, [lon = 0, lat = 0]] of Object.entries(POINTS)) {
    const at = projection([lon, lat]);
    if (at !== null && !shaped.has(code) && !circles.has(code)) circles.set(code, at);
  }
  return circles;
}

/** Moves circles that cover each other apart, a little at a time, and never far from their place. */
function spreadCircles(circles: ReadonlyMap<string, Point>): ReadonlyMap<string, Point> {
  const apart = 2 * CIRCLE_RADIUS + 0.6;
  const spots = [...circles]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, [x, y]]) => ({ code, x, y, homeX: x, homeY: y }));
  for (let round = 0; round < 60; round += 1) {
    for (const [index, a] of spots.entries()) {
      for (const b of spots.slice(index + 1)) {
        const [dx, dy] = [b.x - a.x, b.y - a.y];
        const distance = Math.hypot(dx, dy);
        if (distance >= apart) continue;
        const push = (apart - distance) / 2 / (distance === 0 ? 1 : distance);
        const [px, py] = distance === 0 ? [apart / 2, 0] : [dx * push, dy * push];
        a.x -= px;
        a.y -= py;
        b.x += px;
        b.y += py;
      }
    }
    for (const spot of spots) {
      spot.x += (spot.homeX - spot.x) * 0.04;
      spot.y += (spot.homeY - spot.y) * 0.04;
    }
  }
  return new Map(spots.map(({ code, x, y }) => [code, [x, y]] as const));
}

function writeBorder(
  topology: WorldTopology,
  { pair, box }: (typeof DISPUTED)[number],
  projection: GeoProjection,
): string {
  const codes = new Set(topology.objects.countries.geometries.map(a3Of));
  if (!pair.every((code) => codes.has(code))) return '';
  const lines = mesh(topology, topology.objects.countries, (a, b) => {
    const found = [a, b].map(a3Of);
    return a !== b && pair.every((code) => found.includes(code));
  }).coordinates.map((line) =>
    box === undefined ? line : line.filter((point) => isPointInside(point, box)),
  );
  const coordinates = lines.filter((line) => line.length > 1);
  return collectLines({ type: 'MultiLineString', coordinates }, projection)
    .map((line) => writeLine(line, false))
    .join('');
}

function a3Of(side: { readonly properties?: unknown }): unknown {
  const { properties } = side;
  return typeof properties === 'object' && properties !== null && 'a3' in properties
    ? properties.a3
    : null;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
