/** Networks × time by leading method: colour and texture say which, a triangle where it changed. */
import { translate } from '../i18n/translate.ts';
import { formatCount } from '../view/format.ts';
import type { MethodCell, MethodStripView } from '../view/method-strip.ts';
import { methodLook } from './methods.ts';
import type { Scene } from './scene.ts';
import { isNarrow, type ChartSize } from './size.ts';
import { emptyLegend, layoutStrip, STRIP_ROWS, type CellLook } from './strip-rows.ts';

export function layoutMethodStrip(view: MethodStripView, size: ChartSize): Scene {
  const shown = view.networks.slice(0, isNarrow(size) ? STRIP_ROWS.narrow : STRIP_ROWS.wide);
  const changes = shown.some(({ cells }) => cells.some(({ before }) => before !== null));
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
        })),
      })),
      legend: [
        ...view.methods.map(({ method, label }) => ({ key: method, label, ...methodLook(method) })),
        { key: 'ok', label: translate('strip.none'), class: 'heat-0' },
        ...(changes
          ? [
              {
                key: 'change',
                label: translate('strip.change'),
                class: 'mark-change',
                shape: 'triangle' as const,
              },
            ]
          : []),
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

function lookOf({ kind, method }: MethodCell): CellLook {
  if (method !== null) return methodLook(method);
  if (kind === 'none') return { class: 'heat-0' };
  return kind === 'few' ? { class: 'too-few', pattern: 'few' } : methodLook('other');
}
