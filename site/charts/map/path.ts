/** Land and borders as short path text: projected, thinned out, in tenths of a pixel. */
import { geoPath, type GeoContext, type GeoProjection } from 'd3';
import type { MultiPolygon, Position } from 'geojson';

export type Point = readonly [number, number];

/** Islets below this many square pixels are left out of a larger shape. */
const ISLET_AREA = 1.2;
/** Points nearer to the line between their neighbors than this many pixels are left out. */
const TOLERANCE = 0.15;

/** The outline of a place as short path text: one decimal, relative steps, islets and needless points left out. */
export function writeLand(land: MultiPolygon, projection: GeoProjection): string {
  const rings = collectLines(land, projection);
  const largest = Math.max(...rings.map(ringArea));
  return rings
    .filter((ring) => ringArea(ring) >= Math.min(ISLET_AREA, largest))
    .map((ring) => writeLine(simplifyRing(ring), true))
    .join('');
}

/** Projected lines of a geometry; rings without the point that closes them. */
export function collectLines(
  geometry: MultiPolygon | { type: 'MultiLineString'; coordinates: Position[][] },
  projection: GeoProjection,
): readonly (readonly Point[])[] {
  const lines: Point[][] = [];
  const context: GeoContext = {
    beginPath: () => undefined,
    arc: () => undefined,
    moveTo: (x, y) => void lines.push([[x, y]]),
    lineTo: (x, y) => void lines.at(-1)?.push([x, y]),
    closePath: () => undefined,
  };
  geoPath(projection, context)(geometry);
  return lines;
}

function ringArea(ring: readonly Point[]): number {
  let twice = 0;
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    twice += x * nextY - nextX * y;
  }
  return Math.abs(twice) / 2;
}

/**
 * Leaves out points that lie within TOLERANCE of the line through their neighbors. Each point is judged by the
 * neighbors it has in the full line, so that two countries leave out the same points of the border they share.
 */
function simplifyRing(ring: readonly Point[]): readonly Point[] {
  if (ring.length <= 6) return ring;
  const kept = ring.filter((point, index) => {
    const before = ring.at(index - 1) ?? point;
    const after = ring[(index + 1) % ring.length] ?? point;
    return distanceToLine(point, before, after) >= TOLERANCE;
  });
  return kept.length < 4 ? ring : kept;
}

function distanceToLine([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const length = Math.hypot(x2 - x1, y2 - y1);
  if (length === 0) return Math.hypot(x - x1, y - y1);
  return Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length;
}

/** `M10.5 3l.4-2-1.5.1z`: the first point whole, then steps in tenths of a pixel. */
export function writeLine(line: readonly Point[], close: boolean): string {
  let text = '';
  let [lastX, lastY] = [0, 0];
  for (const [index, point] of line.entries()) {
    const [x, y] = [Math.round(point[0] * 10), Math.round(point[1] * 10)];
    if (index === 0) {
      text += `M${short(x)}${pad(short(y))}`;
    } else {
      const [dx, dy] = [x - lastX, y - lastY];
      if (dx === 0 && dy === 0) continue;
      text += `${index === 1 ? 'l' : ''}${index === 1 ? short(dx) : pad(short(dx))}${pad(short(dy))}`;
    }
    [lastX, lastY] = [x, y];
  }
  return close ? `${text}z` : text;
}

/** Tenths as text without a leading zero: 5 → `.5`, -12 → `-1.2`, 30 → `3`. */
function short(tenths: number): string {
  return String(tenths / 10).replace(/^(-?)0\./, '$1.');
}

/** A number that follows another needs a space unless its sign parts them. */
function pad(number: string): string {
  return number.startsWith('-') ? number : ` ${number}`;
}
