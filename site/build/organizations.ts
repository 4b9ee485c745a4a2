/** What lists of networks say of a network: its names, and which other networks its organization has. */
import { PUBLISHERS, TESTS_FROM } from '../../data-build/contract/publishers.ts';
import type { BuildData } from '../engine/build-data.ts';
import type { NetworkEntry } from '../figures/lists/entries.ts';
import { isolate } from '../../data-build/words/isolate.ts';
import { translate } from '../i18n/translate.ts';
import { organizationsQuery } from '../query/networks.ts';
import { formatCount, formatDay, formatDayRange, formatItems } from '../view/format.ts';
import { sumOutcomes } from '../view/outcome-counts.ts';
import { formatShare } from '../view/rate.ts';
import type { TableModel } from '../view/table.ts';

export interface Organization {
  /** A sentence for each list that names the network. */
  readonly names: readonly string[];
  /** The networks of the organization with tests, this one among them; null: it has no other. */
  readonly siblings: TableModel | null;
  /** Of all of them together. */
  readonly sum: string | null;
}

/** `networks` are all with tests. */
export async function loadOrganization(
  { ask }: BuildData,
  { asn }: NetworkEntry,
  networks: readonly NetworkEntry[],
): Promise<Organization> {
  const rows = await ask(organizationsQuery());
  const own = rows.filter(({ probe_asn }) => probe_asn === asn);
  const names = own.flatMap(({ name, organization, source, name_day }) => {
    const given = [organization, name].filter((each) => each !== null);
    if (given.length === 0) return [];
    const words = { source: PUBLISHERS[source].name, day: formatDay(name_day) };
    return [translate('network.listed', { ...words, name: isolate(formatItems(given)) })];
  });
  const holders = new Set(own.flatMap(({ holder }) => holder ?? []));
  const held = new Set(
    rows.flatMap(({ holder, probe_asn }) =>
      holder !== null && holders.has(holder) ? [probe_asn] : [],
    ),
  );
  const siblings = networks.filter((network) => held.has(network.asn));
  if (siblings.length < 2) return { names, siblings: null, sum: null };
  return { names, siblings: toTable(siblings), sum: formatSum(siblings) };
}

const countsOf = ({ places }: NetworkEntry) => sumOutcomes(places);
const signsOf = (counts: ReturnType<typeof countsOf>): number =>
  counts.anomaly_count + counts.confirmed_count;
const testsOf = (counts: ReturnType<typeof countsOf>): number =>
  counts.measurement_count - counts.failure_count;

function formatSum(networks: readonly NetworkEntry[]): string | null {
  const places = networks.flatMap((network) => network.places);
  const all = sumOutcomes(places);
  const [first] = places.map(({ first_day }) => first_day).toSorted();
  const last = places
    .map(({ last_day }) => last_day)
    .toSorted()
    .at(-1);
  if (first === undefined || last === undefined) return null;
  return translate('network.siblings.sum', {
    n: networks.length,
    share: formatShare({ signs: signsOf(all), tests: testsOf(all) }),
    source: PUBLISHERS[TESTS_FROM].name,
    range: formatDayRange(first, last),
  });
}

function toTable(networks: readonly NetworkEntry[]): TableModel {
  return {
    caption: translate('network.siblings'),
    caveats: [translate('network.siblings.note')],
    columns: [
      { key: 'network', label: translate('table.network'), numeric: false, verbatim: true },
      { key: 'signs', label: translate('table.signs'), numeric: true },
      { key: 'tests', label: translate('table.tests_with_verdict'), numeric: true },
    ],
    rows: networks.map((network) => {
      const counts = countsOf(network);
      const name = network.name === null ? network.number : `${network.number} ${network.name}`;
      return {
        key: String(network.asn),
        cells: [
          { text: name, sort: network.asn },
          ...[signsOf(counts), testsOf(counts)].map((n) => ({ text: formatCount(n), sort: n })),
        ],
      };
    }),
  };
}
