/** The lists of all places, networks, websites and tests. */
import { comparePlaces } from '../../../data-build/words/place.ts';
import { translate } from '../../i18n/translate.ts';
import { daysFilter } from '../../query/condition.ts';
import { domainsQuery, type DomainRow } from '../../query/domains.ts';
import {
  networkNamesQuery,
  networkPlacesQuery,
  type NetworkNameRow,
  type NetworkPlaceRow,
} from '../../query/networks.ts';
import { testPlacesQuery, type TestPlaceRow } from '../../query/tests.ts';
import { countriesQuery, testsQuery } from '../../query/interference.ts';
import type { CountryRow, TestRow } from '../../query/rows.ts';
import { latestQuery, type LatestRow } from '../../query/witnesses.ts';
import type { Ask } from '../../catalog/ask.ts';
import { LIST_COLUMNS, toCountriesTable } from './countries-table.ts';
import { toNetworkEntries, toTestEntries } from './entries.ts';
import { otherPlaces, toLatestTable } from './latest-table.ts';
import { toDomainGroups, toNetworkGroups, toTestGroups, type ListGroup } from './view.ts';
import { dropEmptyColumns, type TableModel } from '../../view/table.ts';
import type { Figure } from '../figure.ts';

interface PlacesAnswer {
  readonly tested: readonly CountryRow[];
  readonly latest: readonly LatestRow[];
}

/** Places with tests, and those that other publishers alone speak of. */
export interface PlaceLists {
  readonly tested: readonly CountryRow[];
  readonly others: readonly LatestRow[];
  readonly testedTable: TableModel;
  readonly othersTable: TableModel;
}

export const placeList: Figure<PlacesAnswer, PlaceLists> = {
  name: 'place-list',
  ask: async (ask) => ({
    tested: await ask(countriesQuery(daysFilter(null, null))),
    latest: await ask(latestQuery()),
  }),
  view({ tested: rows, latest }) {
    const compare = comparePlaces();
    const tested = rows.toSorted((a, b) => compare(a.probe_cc, b.probe_cc));
    const others = otherPlaces(latest, rows).toSorted((a, b) => compare(a.probe_cc, b.probe_cc));
    return {
      tested,
      others,
      testedTable: toCountriesTable(tested, translate('countries.caption'), LIST_COLUMNS),
      othersTable: toLatestTable(others, translate('countries.caption_cc0')),
    };
  },
  checked: ({ tested, others, testedTable, othersTable }) => ({
    texts: [],
    tables: [
      ...(tested.length === 0 ? [] : [{ within: ':scope >', table: testedTable }]),
      ...(others.length === 0 ? [] : [{ within: '#others', table: othersTable }]),
    ],
  }),
};

interface NetworksAnswer {
  readonly places: readonly NetworkPlaceRow[];
  readonly names: readonly NetworkNameRow[];
}

export const networkList = toListFigure<NetworksAnswer, ReturnType<typeof toNetworkGroups>>(
  'network-list',
  async (ask) => ({
    places: await ask(networkPlacesQuery()),
    names: await ask(networkNamesQuery()),
  }),
  ({ places, names }) => toNetworkGroups(toNetworkEntries(places, names)),
);

export const domainList = toListFigure<readonly DomainRow[], readonly ListGroup[]>(
  'domain-list',
  (ask) => ask(domainsQuery()),
  toDomainGroups,
);

interface TestsAnswer {
  readonly places: readonly TestPlaceRow[];
  readonly rows: readonly TestRow[];
}

export const testList = toListFigure<TestsAnswer, readonly ListGroup[]>(
  'test-list',
  async (ask) => ({
    places: await ask(testPlacesQuery()),
    rows: await ask(testsQuery(daysFilter(null, null))),
  }),
  ({ places, rows }) => toTestGroups(toTestEntries(places), rows),
);

function toListFigure<Answer, Groups extends readonly ListGroup[]>(
  name: string,
  ask: (ask: Ask) => Promise<Answer>,
  view: (answer: Answer) => Groups,
): Figure<Answer, Groups> {
  return {
    name,
    ask,
    view,
    checked: (groups) => ({
      texts: [],
      // As `GroupedTables.astro` prints them.
      tables: groups.map(({ id, table }) => ({
        within: `[id="${id}"]`,
        table: dropEmptyColumns(table),
      })),
    }),
  };
}
