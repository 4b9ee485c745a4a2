/** A chart is drawn as high as a card or a frame has room, so that letters stay as large and frames as high as they say. */
import { describe, expect, it } from 'vitest';
import {
  BUILD_WIDTHS,
  CARD_ROOM,
  CARD_SIZE,
  FRAME_ROOM,
  FULL_WIDTH,
} from '../../site/charts/size.ts';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import { layoutChart, layoutWithin } from '../../site/figures/registry.ts';

const ROOMS = [
  ['a card', CARD_SIZE, CARD_ROOM],
  ['a frame on a phone', { width: BUILD_WIDTHS.narrow }, FRAME_ROOM.narrow],
  ['a frame in a column', { width: BUILD_WIDTHS.wide }, FRAME_ROOM.wide],
  ['a frame over a page', { width: FULL_WIDTH }, FRAME_ROOM.full],
] as const;

describe.each(ROOMS)('in %s', (_, size, room) => {
  it.each(GALLERY_CASES)('$name', ({ view }) => {
    const scene = layoutWithin(view, size, room);
    // Shapes of the world keep their form, and are made smaller as a whole.
    if (scene.width === size.width) expect(scene.height).toBeLessThanOrEqual(room);
    // Something is left of it: two rows, and on a card one.
    const least = Math.min(layoutChart(view, size).rows, room === CARD_ROOM ? 1 : 2);
    expect(scene.rows).toBeGreaterThanOrEqual(least);
  });
});
