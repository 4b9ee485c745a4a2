/** Tables and sentences of the pages of networks, websites and tests. */
import { joinSentences } from '../../data-build/words/sentences.ts';
import { formatDomain } from '../../data-build/words/domain.ts';
import { addDays, type CountryCode } from '../../data-build/contract/brands.ts';
import { FLOORS } from '../../data-build/contract/floors.ts';
import { BLOCKING_METHODS } from '../../data-build/contract/vocabulary.ts';
import { formatPlaceName } from '../../data-build/words/place.ts';
import { translate, type MessageKey } from '../i18n/translate.ts';
import { isMessageKey } from '../words/words.ts';
import type { DomainRow } from '../query/domains.ts';
import { networkParts } from '../view/context.ts';
import { isUsual } from '../view/evidence.ts';
import type { NetworkEntry } from '../figures/lists/entries.ts';
import {
  formatCount,
  formatDay,
  formatDayRange,
  formatPercent,
  formatList,
} from '../view/format.ts';
import {
  formatAlone,
  formatShare,
  rateCells,
  toRate,
  type Rate,
  type Share,
} from '../view/rate.ts';
import type { TableCell, TableColumn, TableModel } from '../view/table.ts';

function column(key: string, label: MessageKey, numeric = false): TableColumn {
  return { key, label: translate(label), numeric };
}

function shareCell(part: number, whole: number): TableCell {
  if (whole === 0) return { text: '', sort: null };
  const share = part / whole;
  const counts = formatShare({ signs: part, tests: whole });
  if (whole < FLOORS.countsOnly.tests) return { text: counts, sort: share };
  const words = { rate: formatPercent(share), counts };
  return { text: translate('rate.with_counts', words), sort: share };
}

/** Countries and territories of one network, with its share of their tests. */
export function toNetworkPlaces(
  network: NetworkEntry,
  totals: ReadonlyMap<CountryCode, number>,
): TableModel {
  return {
    caption: translate('network.places'),
    caveats: [translate('network.places.note')],
    columns: [
      column('probe_cc', 'network.places.country'),
      column('rate', 'table.rate', true),
      column('interval', 'table.interval', true),
      column('signs', 'table.signs', true),
      column('tests', 'table.tests_with_verdict', true),
      column('share', 'network.places.share', true),
      column('first', 'table.first_day'),
      column('last', 'table.last_day'),
    ],
    rows: network.places.map((row) => {
      const name = formatPlaceName(row.probe_cc);
      return {
        key: row.probe_cc,
        cells: [
          { text: name, sort: name },
          ...rateCells(toRate(row, FLOORS.network)),
          shareCell(row.measurement_count, totals.get(row.probe_cc) ?? 0),
          { text: formatDay(row.first_day), sort: row.first_day },
          { text: formatDay(row.last_day), sort: row.last_day },
        ],
      };
    }),
  };
}

/** Tests of a website, all places together; null: no rate. */
export function domainShare(row: DomainRow): Share | null {
  const rate = toRate(row, FLOORS.country);
  return rate.kind === 'rate' ? rate : null;
}

/** What tests of a website showed, all places together. */
export function toDomainSummary(row: DomainRow): string {
  const rate = toRate(row, FLOORS.country);
  return joinSentences([
    toDomainSentence(row, rate),
    formatAlone(rate, 'rate.alone.sentence'),
    isUsual(rate, row) ? translate('summary.usual') : null,
  ]);
}

function toDomainSentence(row: DomainRow, rate: Rate): string {
  const words = {
    domain: formatDomain(row.domain),
    places: translate('place.count', { n: row.country_count }),
    ...networkParts(row.network_count),
    range: formatDayRange(row.first_day, addDays(row.last_day, 1)),
  };
  if (rate.kind === 'not_tested') return translate('domain.summary.none', words);
  const tests = translate('count.tests', { n: rate.tests });
  if (rate.kind === 'too_few')
    return translate(rate.tests === 0 ? 'domain.summary.none' : 'domain.summary.few', {
      ...words,
      tests,
    });
  if (rate.signs === 0) return translate('domain.summary.ok', { ...words, tests });
  return translate(row.confirmed_count > 0 ? 'domain.summary.confirmed' : 'domain.summary', {
    ...words,
    share: formatShare(rate),
    confirmed: formatCount(row.confirmed_count),
  });
}

/** Methods among the tests with signs, as a sentence. */
export function formatDomainMethods(
  methods: readonly { readonly method: string; readonly count: number }[],
): string {
  const labels = new Map<string, { readonly label: string }>(Object.entries(BLOCKING_METHODS));
  const signs = methods.reduce((sum, row) => sum + row.count, 0);
  if (signs === 0) return translate('domain.how.none');
  const list = methods.map((row) =>
    translate('domain.how.item', {
      method: labels.get(row.method)?.label ?? row.method,
      n: formatCount(row.count),
    }),
  );
  return translate('domain.how.list', {
    n: signs,
    signs: formatCount(signs),
    list: formatList(list),
  });
}

/** What a test measures, in a sentence. */
export function aboutTest(testName: string): string {
  const key = `about.test.${testName}`;
  return translate(isMessageKey(key) ? key : 'about.test.other');
}
