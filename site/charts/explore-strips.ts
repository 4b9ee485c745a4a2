/** More lines than can be told apart, as rows of cells: darker where the share is larger. */
import { translate } from '../i18n/translate.ts';
import { periodOf, type ExploreCell } from '../view/explore-cells.ts';
import type { ExploreView } from '../view/explore.ts';
import { formatCount } from '../view/format.ts';
import { nextPeriod } from '../view/time-frame.ts';
import { toData } from './explore-lines.ts';
import { LEVELS, toLevel } from './networks.ts';
import type { Scene } from './scene.ts';
import { isNarrow, type ChartSize } from './size.ts';
import { emptyLegend, layoutStrip, STRIP_ROWS, type CellLook } from './strip-rows.ts';

export function layoutExploreStrips(view: ExploreView, size: ChartSize): Scene {
  const { frame } = view.context;
  const shown = view.groups.slice(0, isNarrow(size) ? STRIP_ROWS.narrow : STRIP_ROWS.wide);
  return layoutStrip(
    {
      view,
      rows: shown.map(({ key, label, cells }) => ({
        key,
        label,
        name: null,
        cells: cells.flatMap((cell) => {
          const start = periodOf(cell);
          const look = lookOf(cell);
          return start === null || look === null
            ? []
            : [
                {
                  start,
                  end: nextPeriod(start, frame.grain),
                  look,
                  mark: null,
                  data: toData(cell),
                },
              ];
        }),
      })),
      legend: [
        ...LEVELS.map((level) => ({
          key: `level ${level}`,
          label: translate(`chart.networks.level.${level}`),
          class: `heat-${level}`,
        })),
        ...emptyLegend(translate('chart.networks.too_few')),
      ],
      order: translate('explore.order', {
        shown: formatCount(shown.length),
        total: formatCount(view.groups.length),
      }),
    },
    size,
  );
}

function lookOf({ rate }: ExploreCell): CellLook | null {
  if (rate === null || rate.kind === 'not_tested') return null;
  return rate.kind === 'too_few'
    ? { class: 'too-few', pattern: 'few' }
    : { class: `heat-${toLevel(rate.rate)}` };
}
