/** The answer of the chart builder on the world map: shapes where there is room, tiles on a phone. */
import { translate } from '../../i18n/translate.ts';
import type { ExploreView } from './view.ts';
import { levelKey, type ExploreMap, type MapLevel } from './map.ts';
import { formatCount } from '../../view/format.ts';
import { restsOnOne, type Rate } from '../../view/rate.ts';
import type { Measure } from '../../state/parameters.ts';
import { toData } from './layout-data.ts';
import { layoutLegendRows } from '../../charts/marks/legend.ts';
import { methodLook, type Fill } from '../../charts/marks/look.ts';
import type { Scene } from '../../charts/scene.ts';
import { isNarrow, type ChartSize } from '../../charts/size.ts';
import { layoutShapes, layoutTiles } from '../../charts/map/world-map.ts';
import { levelLook } from '../../charts/map/look.ts';

/** Columns of the tiles on a phone. */
const COLUMNS = 14;

export function layoutExploreMap(view: ExploreView, map: ExploreMap, size: ChartSize): Scene {
  const { geometry } = map;
  const byCode = new Map(map.places.map((place) => [place.code, place]));
  const looks = new Map(
    map.places.map(({ code, level, cell }): readonly [string, Fill] => [
      code,
      { ...mapLook(level, view.measure, cell.rate), data: toData(cell) },
    ]),
  );
  const lookOf = (code: string): Fill => looks.get(code) ?? levelLook('not_tested');
  const narrow = isNarrow(size);
  const tiles = narrow
    ? layoutTiles(geometry, { width: size.width, columns: COLUMNS }, lookOf)
    : null;
  const width = narrow ? size.width : geometry.width;
  const height = tiles?.height ?? geometry.height;
  const alone = map.places.filter(({ cell: { rate } }) => rate !== null && restsOnOne(rate)).length;
  const legend = layoutLegendRows(
    [
      ...map.legend.map(({ level, label, count }) => ({
        key: levelKey(level),
        label: `${label}: ${formatCount(count)}`,
        ...mapLook(level, view.measure),
      })),
      ...(alone === 0
        ? []
        : [
            {
              key: 'alone',
              label: `${translate('world.legend.alone')}: ${formatCount(alone)}`,
              ...levelLook('none', true),
            },
          ]),
    ],
    { x: 1, top: height + 12, width: width - 2 },
  );
  return {
    width,
    height: height + 12 + legend.height,
    title: view.title,
    desc: view.desc,
    rows: geometry.places.filter(({ code }) => byCode.has(code)).length,
    children: [...(tiles === null ? layoutShapes(geometry, lookOf) : [tiles.node]), legend.node],
  };
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
      return { class: `place amount amount-${level.step} amount-of-${measure}` };
  }
}
