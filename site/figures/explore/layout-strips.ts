/** More lines than can be told apart, as rows of cells: darker where the share is larger. */
import { translate } from '../../i18n/translate.ts';
import { periodOf } from './cells.ts';
import type { ExploreView } from './view.ts';
import { formatCount } from '../../view/format.ts';
import { nextPeriod } from '../../view/time-frame.ts';
import { toData } from './layout-data.ts';
import { rateLook } from '../../charts/marks/look.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';
import { drawnRows, layoutStrip, shareLegend } from '../../charts/strip-chart.ts';

export function layoutExploreStrips(view: ExploreView, size: ChartSize): Scene {
  const { grain } = view.context.frame;
  const shown = drawnRows(view.groups, size);
  return layoutStrip(
    {
      view,
      rows: shown.map(({ key, label, cells }) => ({
        key,
        label,
        cells: cells.flatMap((cell) => {
          const start = periodOf(cell);
          const look = cell.rate === null ? null : rateLook(cell.rate);
          if (start === null || look === null) return [];
          return [{ start, end: nextPeriod(start, grain), look, data: toData(cell) }];
        }),
      })),
      legend: shareLegend(),
      order: translate('explore.order', {
        shown: formatCount(shown.length),
        total: formatCount(view.groups.length),
      }),
    },
    size,
  );
}
