/** Networks over time: where on the path signs of interference were seen. */
import { layoutNetworks } from './layout.ts';
import { networkPeriodsQuery, networksQuery } from '../../query/interference.ts';
import type { NetworkPeriodRow, NetworkRow } from '../../query/rows.ts';
import { toNetworks, type NetworksView } from './view.ts';
import { toCheckedWords } from '../checked.ts';
import { askNetworkCount, ofTests, toCounted, viewCounts, type Counts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';

interface NetworksAnswer extends Counts<NetworkRow> {
  readonly cells: readonly NetworkPeriodRow[];
}

export const networks: DrawnFigure<NetworksAnswer, NetworksView> = {
  name: 'networks',
  heading: 'chart.networks.name',
  tables: ['interference_network_daily'],
  sources: ofTests,
  async ask(ask, request) {
    const counted = toCounted(request);
    if (counted === null) return null;
    const { filter, scope, grain } = counted;
    // Together: each may wait for a file of its own.
    const [networks, rows, cells] = await Promise.all([
      askNetworkCount(ask, request),
      ask(networksQuery(filter), scope),
      ask(networkPeriodsQuery(filter, grain), scope),
    ]);
    return { networks, rows, cells };
  },
  view: ({ networks: count, rows, cells }, request) =>
    viewCounts(request, count, (context) => toNetworks(rows, cells, context)),
  ticks: 'probe_asn',
  layout: layoutNetworks,
  checked: toCheckedWords,
  // Drawn as if no network were chosen, so that a reader can go on choosing.
  follow: (request, { filter, frame }) => ({
    ...request,
    filter: { ...filter, probe_asn: [] },
    frame,
  }),
};
