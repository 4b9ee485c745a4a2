/** A frame is as high as its code says, so what its words need is taken from the drawing. */
import { expect, it } from 'vitest';
import { FRAME_ROOM } from '../../site/charts/size.ts';
import { frameRoom } from '../../site/export/frame-room.ts';

const words = (sentences: number) => ({
  title: 'Tests showed signs of interference in some place or other. '.repeat(sentences),
  subtitle: 'Share of tests',
  credit: 'OONI · CC BY-NC-SA 4.0 · 1–24 Mar 2024',
});

it.each(['narrow', 'wide', 'full'] as const)('%s: longer words leave less room', (shape) => {
  expect(frameRoom(words(1), shape)).toBeGreaterThan(FRAME_ROOM[shape] - 10);
  const rooms = [3, 4, 5, 6].map((count) => frameRoom(words(count), shape));
  expect(rooms).toEqual(rooms.toSorted((a, b) => b - a));
  expect(rooms.at(-1)).toBeLessThan(FRAME_ROOM[shape]);
});

it('something is drawn under words of any length', () => {
  expect(frameRoom(words(400), 'narrow')).toBeGreaterThan(100);
  expect(frameRoom({ ...words(1), title: 'x'.repeat(9000) }, 'wide')).toBeGreaterThan(100);
});
