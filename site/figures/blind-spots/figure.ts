/** What was not tested in a place, or too little. */
import { joinSentences } from '../../../data-build/words/sentences.ts';
import { translate } from '../../i18n/translate.ts';
import { countryCategoriesQuery, type CountryCategoryRow } from '../../query/domains.ts';
import { placeNetworksQuery } from '../../query/networks.ts';
import { networksQuery } from '../../query/interference.ts';
import type { NetworkRow, TestRow } from '../../query/rows.ts';
import { toBlindSpots, type BlindSpotsView } from './view.ts';
import { toNetworks } from '../networks/view.ts';
import { testRows, toTests } from '../tests/view.ts';
import { toCheckedTable } from '../checked.ts';
import { askCounts, TESTS, toCounted, viewCounts, type Counts } from '../counts.ts';
import type { Figure } from '../figure.ts';

interface BlindSpotsAnswer extends Counts<TestRow> {
  readonly networkRows: readonly NetworkRow[];
  readonly categories: readonly CountryCategoryRow[];
  /** Networks of the place with nothing but unscored measurements. */
  readonly unscoredNetworks: number;
}

export const blindSpots: Figure<BlindSpotsAnswer, BlindSpotsView> = {
  name: 'blind-spots',
  async ask(ask, request) {
    const { subject } = request;
    const counted = toCounted(request);
    if (subject.kind !== 'country' || counted === null) return null;
    const { probeCc } = subject;
    const [tests, networkRows, categories, all] = await Promise.all([
      askCounts(ask, request, TESTS),
      ask(networksQuery(counted.filter), counted.scope),
      ask(countryCategoriesQuery(probeCc), { probeCc }),
      ask(placeNetworksQuery(probeCc), { probeCc }),
    ]);
    if (tests === null) return null;
    const scored = networkRows.filter(({ measurement_count }) => measurement_count > 0);
    const known = new Set(scored.map(({ probe_asn }) => probe_asn));
    const unscored = all.filter(({ probe_asn }) => !known.has(probe_asn));
    return { ...tests, networkRows, categories, unscoredNetworks: unscored.length };
  },
  view: ({ networks, rows, networkRows, categories, unscoredNetworks }, request) =>
    viewCounts(request, networks, (context) =>
      toBlindSpots(
        testRows(toTests(rows, context)),
        categories,
        toNetworks(networkRows, [], context).networks,
        unscoredNetworks,
        context,
      ),
    ),
  checked: ({ gaps, sentence, table }) => ({
    texts: [
      {
        where: translate('verify.where.gaps'),
        selector: '[data-part="gaps"] li',
        text: joinSentences(gaps),
      },
      {
        where: translate('verify.where.sentence'),
        selector: '[data-part="noticed"]',
        text: sentence ?? '',
      },
    ],
    tables: [toCheckedTable(table)],
  }),
};
