/** Places compared: where tests of a website, of one kind or of a theme showed signs of interference. */
import { layoutTests } from '../rate-bars/layout.ts';
import { formatPlaceName } from '../../../data-build/words/place.ts';
import { domainPlacesOf } from '../../query/domains.ts';
import { testPlacesQuery, type TestPlaceRow } from '../../query/tests.ts';
import { selectRanked, toRankedView, type RankedView } from '../rate-bars/view.ts';
import { toCheckedWords } from '../checked.ts';
import { askNetworkCount, ofTests, viewCounts, type Counts } from '../counts.ts';
import type { DrawnFigure } from '../figure.ts';
import { askThemeNetworks, askThemePlaces } from '../themes.ts';

type PlaceRow = Omit<TestPlaceRow, 'test_name'>;

export const places: DrawnFigure<Counts<PlaceRow>, RankedView> = {
  name: 'places',
  heading: 'chart.places.name',
  tables: ['interference_country_daily'],
  sources: ofTests,
  async ask(ask, request) {
    const { subject } = request;
    if (subject.kind === 'domain')
      return { networks: subject.networkCount, rows: await ask(domainPlacesOf(subject.domain)) };
    if (subject.kind === 'theme')
      return {
        networks: await askThemeNetworks(ask, subject),
        rows: await askThemePlaces(ask, subject),
      };
    if (subject.kind !== 'test') return null;
    const rows = await ask(testPlacesQuery());
    return {
      networks: await askNetworkCount(ask, request),
      rows: rows.filter(({ test_name }) => test_name === subject.testName),
    };
  },
  view({ networks, rows }, request) {
    const entries = rows.map((row) => ({
      ...row,
      key: row.probe_cc,
      label: formatPlaceName(row.probe_cc),
      kind: null,
    }));
    return viewCounts(request, networks, (context) => toRankedView('places', entries, context));
  },
  layout: layoutTests,
  select: selectRanked,
  checked: toCheckedWords,
};
