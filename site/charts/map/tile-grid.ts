/**
 * One equal square per country or territory, each as near as can be to its place on the map. The layout is
 * computed, not drawn by hand: places are first pulled apart where they crowd, then given squares so that the
 * sum of squared distances is least. The same places always give the same layout.
 */

export interface TilePlace {
  readonly code: string;
  /** Where it stands on the map, in pixels. */
  readonly x: number;
  readonly y: number;
}

export interface Tile {
  readonly code: string;
  /** From the left and the top, from 0. */
  readonly column: number;
  readonly row: number;
}

/** How much of the pull is towards even spacing: 0 keeps the map’s distances, 1 its order alone. */
const EVENNESS = 0.62;
/** Squares of the grid per place: some stay empty, so that continents keep a shape. */
const ROOM = 1.32;

/** By columns and places: a build draws the same map hundreds of times, and each layout takes tenths of a second. */
const made = new Map<string, readonly Tile[]>();

/** Tiles in `columns` columns, by code; empty rows at the edges are left out. */
export function toTileGrid(places: readonly TilePlace[], columns: number): readonly Tile[] {
  const name = JSON.stringify([columns, places.map(({ code, x, y }) => [code, x, y])]);
  const tiles = made.get(name) ?? makeTileGrid(places, columns);
  made.set(name, tiles);
  return tiles;
}

function makeTileGrid(places: readonly TilePlace[], columns: number): readonly Tile[] {
  const sorted = [...places].sort((a, b) => (a.code < b.code ? -1 : 1));
  const rows = Math.ceil((sorted.length * ROOM) / columns);
  const us = spreadEvenly(sorted.map(({ x }) => x)).map((u) => u * (columns - 1));
  const vs = spreadEvenly(sorted.map(({ y }) => y)).map((v) => v * (rows - 1));
  const costs = sorted.map((_, place) =>
    Array.from({ length: columns * rows }, (__, cell) => {
      const dx = (us[place] ?? 0) - (cell % columns);
      const dy = (vs[place] ?? 0) - Math.floor(cell / columns);
      return dx * dx + dy * dy;
    }),
  );
  const cells = assignCells(costs);
  const tiles = sorted.map(({ code }, place) => {
    const cell = cells[place] ?? 0;
    return { code, column: cell % columns, row: Math.floor(cell / columns) };
  });
  const top = Math.min(...tiles.map(({ row }) => row));
  return tiles.map((tile) => ({ ...tile, row: tile.row - top }));
}

/** Values to 0–1, halfway between their distances and their ranks. */
function spreadEvenly(values: readonly number[]): readonly number[] {
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Map(order.map((index, rank) => [index, rank / Math.max(1, values.length - 1)]));
  return values.map(
    (value, index) => (1 - EVENNESS) * ((value - low) / span) + EVENNESS * (ranks.get(index) ?? 0),
  );
}

/**
 * For each row of `costs` a column of its own so that the sum is least. Needs at least as many columns as rows.
 * Source: shortest augmenting paths with potentials, Jonker and Volgenant 1987, Computing 38, 325–340.
 */
export function assignCells(costs: readonly (readonly number[])[]): readonly number[] {
  const width = costs[0]?.length ?? 0;
  const rowPotential = new Float64Array(costs.length + 1);
  const cellPotential = new Float64Array(width + 1);
  /** Row that holds each cell, from 1; 0 is free. Cell 0 stands for the row that is being placed. */
  const holder = new Int32Array(width + 1);
  const cameFrom = new Int32Array(width + 1);
  const at = (list: Float64Array | Int32Array, index: number): number => list[index] ?? 0;
  for (let row = 1; row <= costs.length; row += 1) {
    const least = new Float64Array(width + 1).fill(Infinity);
    const done = new Uint8Array(width + 1);
    holder[0] = row;
    let cell = 0;
    do {
      done[cell] = 1;
      const current = at(holder, cell);
      const costsOfRow = costs[current - 1] ?? [];
      let step = Infinity;
      let next = 0;
      for (let other = 1; other <= width; other += 1) {
        if (done[other] === 1) continue;
        const reduced =
          (costsOfRow[other - 1] ?? Infinity) -
          at(rowPotential, current) -
          at(cellPotential, other);
        if (reduced < at(least, other)) {
          least[other] = reduced;
          cameFrom[other] = cell;
        }
        if (at(least, other) < step) {
          step = at(least, other);
          next = other;
        }
      }
      for (let other = 0; other <= width; other += 1) {
        if (done[other] === 1) {
          const held = at(holder, other);
          rowPotential[held] = at(rowPotential, held) + step;
          cellPotential[other] = at(cellPotential, other) - step;
        } else {
          least[other] = at(least, other) - step;
        }
      }
      cell = next;
    } while (at(holder, cell) !== 0);
    while (cell !== 0) {
      const before = at(cameFrom, cell);
      holder[cell] = at(holder, before);
      cell = before;
    }
  }
  const cells = costs.map(() => 0);
  for (let cell = 1; cell <= width; cell += 1) {
    const row = at(holder, cell);
    if (row > 0) cells[row - 1] = cell - 1;
  }
  return cells;
}
