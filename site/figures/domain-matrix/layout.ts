/** Countries and territories × time for one website: darker where more of its tests showed signs of interference. */
import { translate } from '../../i18n/translate.ts';
import type { DomainMatrixView } from './view.ts';
import { formatCount } from '../../view/format.ts';
import { FEW, rateLook } from '../../charts/marks/look.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';
import { drawnRows, layoutStrip, shareLegend } from '../../charts/strip-chart.ts';

const CONFIRMED = { class: 'mark-confirmed', shape: 'ring' } as const;

export function layoutDomainMatrix(view: DomainMatrixView, size: ChartSize): Scene {
  const shown = drawnRows(view.places, size);
  const confirmed = shown.some(({ cells }) => cells.some((cell) => cell.confirmed > 0));
  return layoutStrip(
    {
      view,
      rows: shown.map(({ probe_cc, name, cells }) => ({
        key: probe_cc,
        label: name,
        cells: cells.map((cell) => ({
          start: cell.start,
          end: cell.end,
          // Without a verdict it is no "not tested": some tests failed there.
          look: rateLook(cell.rate) ?? FEW,
          mark: cell.confirmed > 0 ? 'confirmed' : null,
        })),
      })),
      legend: shareLegend(
        confirmed ? [{ key: 'confirmed', label: translate('matrix.confirmed'), ...CONFIRMED }] : [],
      ),
      order: translate('matrix.order', {
        shown: formatCount(shown.length),
        total: formatCount(view.places.length),
      }),
    },
    size,
  );
}
