/** Countries and territories × time for one website: darker where more of its tests showed signs of interference. */
import { translate } from '../i18n/translate.ts';
import type { DomainMatrixView, MatrixCell } from '../view/domain-matrix.ts';
import { formatCount } from '../view/format.ts';
import { LEVELS, toLevel } from './networks.ts';
import type { Scene } from './scene.ts';
import { isNarrow, type ChartSize } from './size.ts';
import { emptyLegend, layoutStrip, STRIP_ROWS, type CellLook } from './strip-rows.ts';

export function layoutDomainMatrix(view: DomainMatrixView, size: ChartSize): Scene {
  const shown = view.places.slice(0, isNarrow(size) ? STRIP_ROWS.narrow : STRIP_ROWS.wide);
  const confirmed = shown.some(({ cells }) => cells.some((cell) => cell.confirmed > 0));
  return layoutStrip(
    {
      view,
      rows: shown.map(({ probe_cc, name, cells }) => ({
        key: probe_cc,
        label: name,
        name: null,
        cells: cells.map((cell) => ({
          start: cell.start,
          end: cell.end,
          look: lookOf(cell),
          mark: cell.confirmed > 0 ? 'confirmed' : null,
        })),
      })),
      legend: [
        ...LEVELS.map((level) => ({
          key: `level ${level}`,
          label: translate(`chart.networks.level.${level}`),
          class: `heat-${level}`,
        })),
        ...(confirmed
          ? [
              {
                key: 'confirmed',
                label: translate('matrix.confirmed'),
                class: 'mark-confirmed',
                shape: 'ring' as const,
              },
            ]
          : []),
        ...emptyLegend(translate('chart.networks.too_few')),
      ],
      order: translate('matrix.order', {
        shown: formatCount(shown.length),
        total: formatCount(view.places.length),
      }),
    },
    size,
  );
}

function lookOf({ rate }: MatrixCell): CellLook {
  return rate.kind === 'rate'
    ? { class: `heat-${toLevel(rate.rate)}` }
    : { class: 'too-few', pattern: 'few' };
}
