/** The answer of the chart builder on the world map. */
import type { ExploreView } from './view.ts';
import { levelKey, type ExploreMap, type MapLevel } from './map.ts';
import { restsOnOne, type Rate } from '../../view/rate.ts';
import { isSpeed, type Measure } from '../../state/measures.ts';
import { toData } from './layout-data.ts';
import { methodLook, type Fill } from '../../charts/marks/look.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';
import { layoutMap } from '../../charts/map/map.ts';
import { levelLook } from '../../charts/map/look.ts';

export function layoutExploreMap(view: ExploreView, map: ExploreMap, size: ChartSize): Scene {
  const { geometry, places } = map;
  const looks = new Map(
    places.map(({ code, level, cell }): readonly [string, Fill] => [
      code,
      { ...mapLook(level, view.measure, cell.rate), data: toData(cell) },
    ]),
  );
  const lookOf = (code: string): Fill => looks.get(code) ?? levelLook('not_tested');
  const legend = map.legend.map(({ level, label, count }) => ({
    key: levelKey(level),
    label,
    count,
    ...mapLook(level, view.measure),
  }));
  const alone = places.filter(({ cell: { rate } }) => rate !== null && restsOnOne(rate)).length;
  const rows = geometry.places.filter(({ code }) => looks.has(code)).length;
  return layoutMap({ ...view, rows }, { geometry, lookOf, legend, alone }, size);
}

function mapLook(level: MapLevel, measure: Measure, rate: Rate | null = null): Fill {
  switch (level.kind) {
    case 'evidence':
      return levelLook(level.level, rate !== null && restsOnOne(rate));
    case 'few':
    case 'not_tested':
      return levelLook(level.kind);
    case 'method': {
      const look = methodLook(level.method);
      return { ...look, class: `place ${look.class}` };
    }
    case 'zero':
      return { class: 'place level-zero' };
    case 'amount':
      return {
        class: `place amount amount-${level.step} amount-of-${isSpeed(measure) ? 'throughput' : measure}`,
      };
  }
}
