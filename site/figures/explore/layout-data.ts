/** The numbers of a mark of the chart builder, as its table has them. */
import type { ExploreCell } from './cells.ts';
import type { SceneData } from '../../charts/scene.ts';

export function toData({ x, key, row, rate, value }: ExploreCell): SceneData {
  return {
    period: x,
    key,
    ...(rate === null
      ? { value: value ?? 0 }
      : { tests: row.tests, signs: row.signs, floor: rate.kind === 'rate' ? 'met' : 'below' }),
  };
}
