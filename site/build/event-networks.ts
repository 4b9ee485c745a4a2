/** The networks that an event rests on, each with its own dates, and whether their tests failed in one way. */
import type { Asn } from '../../data-build/contract/brands.ts';
import { BLOCKING_METHODS, type BlockingMethod } from '../../data-build/contract/vocabulary.ts';
import { translate } from '../i18n/translate.ts';
import type { EventNetworkRow, FailureRow } from '../query/samples.ts';
import { formatAsn, formatCount, formatDay } from '../view/format.ts';
import type { TableCell, TableModel } from '../view/table.ts';

interface Failure {
  readonly blocking_method: BlockingMethod | null;
  readonly failure_class: string | null;
}

/** `unreachable app endpoints (generic_timeout_error)`. */
function formatFailure({ blocking_method, failure_class }: Failure): string {
  const method =
    blocking_method === null
      ? translate('event.failure.unnamed')
      : BLOCKING_METHODS[blocking_method].label;
  return failure_class === null
    ? method
    : translate('event.failure.named', { method, failure: failure_class });
}

/** `The same failure in 57 of 65 tests with signs, on 3 networks: …`; null: none has signs. */
export function formatConsistency(rows: readonly FailureRow[]): string | null {
  const [most] = rows;
  if (most === undefined) return null;
  return translate('event.failure.same', {
    n: formatCount(most.tests),
    m: formatCount(rows.reduce((sum, { tests }) => sum + tests, 0)),
    networks: most.networks,
    failure: formatFailure(most),
    ways: rows.length,
  });
}

/** `detected` are networks with an event of their own. */
export function toEventNetworks(
  rows: readonly EventNetworkRow[],
  nameOf: (asn: Asn) => string | null,
  detected: ReadonlySet<Asn>,
): TableModel {
  const toShare = (signs: number, tests: number): TableCell => ({
    text:
      tests === 0
        ? translate('event.networks.none')
        : translate('event.networks.share', { n: formatCount(signs), m: formatCount(tests) }),
    sort: tests === 0 ? null : signs / tests,
  });
  const toDay = (day: EventNetworkRow['first_sign']): TableCell => ({
    text: day === null ? '' : formatDay(day),
    sort: day,
  });
  return {
    caption: translate('event.networks'),
    columns: [
      { key: 'network', label: translate('table.network'), numeric: false, verbatim: true },
      { key: 'before', label: translate('event.fact.before'), numeric: true },
      { key: 'since', label: translate('event.networks.since'), numeric: true },
      { key: 'first', label: translate('event.networks.first'), numeric: false },
      { key: 'last', label: translate('event.networks.last'), numeric: false },
      { key: 'alike', label: translate('event.networks.alike'), numeric: false },
      { key: 'own', label: translate('event.networks.own'), numeric: false },
    ],
    rows: rows.map((row) => {
      const network = [formatAsn(row.probe_asn), nameOf(row.probe_asn) ?? ''].join(' ').trim();
      const own = translate(`event.networks.own.${detected.has(row.probe_asn) ? 'yes' : 'no'}`);
      return {
        key: String(row.probe_asn),
        cells: [
          { text: network, sort: row.probe_asn },
          toShare(row.signs_before, row.tests_before),
          toShare(row.signs, row.tests),
          toDay(row.first_sign),
          toDay(row.last_sign),
          {
            text:
              row.alike === 0
                ? ''
                : translate('event.networks.alike_in', {
                    n: formatCount(row.alike),
                    m: formatCount(row.signs),
                    failure: formatFailure(row),
                  }),
            sort: row.alike / Math.max(1, row.signs),
          },
          { text: own, sort: own },
        ],
      };
    }),
    caveats: [],
  };
}
