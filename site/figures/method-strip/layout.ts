/** Networks × time by leading method: colour and texture say which, a triangle where it changed. */
import { translate } from '../../i18n/translate.ts';
import { formatCount } from '../../view/format.ts';
import {
  formatCell,
  formatCellCount,
  isNamed,
  type MethodCell,
  type MethodStripView,
} from './view.ts';
import { FEW, methodLook, type Fill } from '../../charts/marks/look.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';
import { drawnRows, FEW_ROWS, emptyLegend, layoutStrip } from '../../charts/strip-chart.ts';

const QUIET: Fill = { class: 'heat-0' };
const CHANGE = { class: 'mark-change', shape: 'triangle' } as const;

export function layoutMethodStrip(view: MethodStripView, size: ChartSize): Scene {
  const shown = drawnRows(view.networks.filter(isNamed), size, FEW_ROWS);
  const changes = shown.some(({ cells }) => cells.some(({ before }) => before !== null));
  const unnamed =
    !view.methods.some(({ method }) => method === 'other') &&
    shown.some(({ cells }) => cells.some(({ kind }) => kind === 'unnamed'));
  return layoutStrip(
    {
      view,
      rows: shown.map(({ probe_asn, number, name, cells }) => ({
        key: String(probe_asn),
        label: number,
        name,
        cells: cells.map((cell) => ({
          start: cell.start,
          end: cell.end,
          look: lookOf(cell),
          mark: cell.before === null ? null : 'change',
          said: [
            cell.label,
            formatCell(cell),
            translate('readout.cell', {
              label: translate('strip.column.share'),
              text: formatCellCount(cell),
            }),
          ],
        })),
      })),
      legend: [
        ...view.methods.map(({ method, label }) => ({ key: method, label, ...methodLook(method) })),
        ...(unnamed
          ? [{ key: 'unnamed', label: translate('strip.unnamed'), ...methodLook('other') }]
          : []),
        { key: 'ok', label: translate('strip.none'), ...QUIET },
        ...(changes ? [{ key: 'change', label: translate('strip.change'), ...CHANGE }] : []),
        ...emptyLegend(translate('strip.few')),
      ],
      order: translate('strip.order', {
        shown: formatCount(shown.length),
        total: formatCount(view.networks.length),
      }),
    },
    size,
  );
}

function lookOf({ kind, method }: MethodCell): Fill {
  if (method !== null) return methodLook(method);
  if (kind === 'none') return QUIET;
  return kind === 'few' ? FEW : methodLook('other');
}
