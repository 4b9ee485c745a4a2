/** Networks × time: one strip of cells per network, darker where more tests showed signs of interference. */
import { translate } from '../../i18n/translate.ts';
import { formatNetworkOrder, type NetworksView } from './view.ts';
import { rateLook } from '../../charts/marks/look.ts';
import { rateLines } from '../../view/rate.ts';
import type { Scene } from '../../charts/scene.ts';
import type { ChartSize } from '../../charts/size.ts';
import { drawnRows, FEW_ROWS, layoutStrip, shareLegend } from '../../charts/strip-chart.ts';

export function layoutNetworks(view: NetworksView, size: ChartSize): Scene {
  const shown = drawnRows(view.networks, size, FEW_ROWS);
  return layoutStrip(
    {
      view,
      rows: shown.map(({ probe_asn, number, name, cells }) => ({
        key: String(probe_asn),
        label: number,
        name,
        cells: cells.flatMap(({ start, end, label, rate }) => {
          const look = rateLook(rate);
          return look === null ? [] : [{ start, end, look, said: [label, ...rateLines(rate)] }];
        }),
      })),
      legend: shareLegend(),
      order:
        shown.length === 0
          ? translate('chart.networks.empty')
          : formatNetworkOrder(shown.length, view),
      coverage: {
        unit: translate(`unit.tests_per.${view.context.frame.grain}`),
        periods: view.coverage,
      },
    },
    size,
  );
}
