/** A chart that must be lower than it would be: what is given up first, and what last. */
import type { Scene } from './scene.ts';
import type { ChartSize } from './size.ts';

/** The first way of drawing it that is as low as its size asks; the last, where none is. */
export function drawLower<Way>(
  { less = 0, usual }: ChartSize,
  usualWay: Way,
  lower: readonly Way[],
  draw: (way: Way) => Scene,
): Scene {
  let scene = less > 0 && usual !== undefined ? null : draw(usualWay);
  const most = (scene?.height ?? usual ?? 0) - less;
  for (const way of lower) {
    if (scene !== null && scene.height <= most) return scene;
    scene = draw(way);
  }
  return scene ?? draw(usualWay);
}
