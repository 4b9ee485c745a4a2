/** The lists of all places, networks, websites and tests. */
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
import { toPlaceGroup, toRegionGroups } from './place-groups.ts';
import { toDomainGroups, toNetworkGroups, toTestGroups, type ListGroup } from './view.ts';
import { dropEmptyColumns, type TableModel } from '../../view/table.ts';
import type { CheckedFigure } from '../checked.ts';
import type { Figure } from '../figure.ts';

interface PlacesAnswer {
  readonly tested: readonly CountryRow[];
  readonly latest: readonly LatestRow[];
}

/** Places with tests, and those that other publishers alone speak of. */
export interface PlaceLists {
  readonly tested: readonly CountryRow[];
  readonly others: readonly LatestRow[];
  readonly groups: readonly ListGroup[];
}

export const placeList: Figure<PlacesAnswer, PlaceLists> = {
  name: 'place-list',
  ask: async (ask) => ({
    tested: await ask(countriesQuery(daysFilter(null, null))),
    latest: await ask(latestQuery()),
  }),
  view({ tested, latest }) {
    const others = otherPlaces(latest, tested);
    const toTested = (own: readonly CountryRow[]): TableModel =>
      toCountriesTable(own, translate('countries.caption'), LIST_COLUMNS);
    const toOthers = (own: readonly LatestRow[]): TableModel =>
      toLatestTable(own, translate('countries.caption_cc0'));
    const beside = {
      ...toPlaceGroup('others', others, toOthers),
      title: translate('countries.others'),
      note: translate('countries.others.note'),
    };
    const groups =
      tested.length === 0
        ? toRegionGroups(others, toOthers)
        : [...toRegionGroups(tested, toTested), ...(others.length === 0 ? [] : [beside])];
    return { tested, others, groups };
  },
  checked: ({ groups }) => toCheckedGroups(groups),
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

export const domainList = toListFigure<readonly DomainRow[], ReturnType<typeof toDomainGroups>>(
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
    checked: toCheckedGroups,
  };
}

/** As `GroupedTables.astro` prints them. */
function toCheckedGroups(groups: readonly ListGroup[]): CheckedFigure {
  return {
    texts: [],
    tables: groups
      .filter(({ table }) => table.rows.length > 0)
      .map(({ id, table }) => ({
        within: `[id="${id}"]`,
        table: dropEmptyColumns(table),
      })),
  };
}
