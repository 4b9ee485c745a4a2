/** The lists of all countries and territories, networks, websites and tests, computed anew. */
import { assertNever } from '../../data-build/contract/problem.ts';
import { daysFilter } from '../query/condition.ts';
import {
  domainsQuery,
  networkNamesQuery,
  networkPlacesQuery,
  testPlacesQuery,
} from '../query/entities.ts';
import { countriesQuery, testsQuery } from '../query/interference.ts';
import { latestQuery } from '../query/witnesses.ts';
import type { Ask } from './ask.ts';
import type { ListName } from './check.ts';
import type { CheckedFigure, CheckedTable } from '../figures/checked.ts';
import { LIST_COLUMNS, toCountriesTable } from './countries-table.ts';
import { toNetworkEntries, toTestEntries } from './entries.ts';
import { otherPlaces, toLatestTable } from './latest-table.ts';
import { toDomainGroups, toNetworkGroups, toTestGroups, type ListGroup } from './lists.ts';
import { dropEmptyColumns } from './table.ts';

export async function computeList(ask: Ask, list: ListName): Promise<CheckedFigure> {
  return { texts: [], tables: await tablesOf(ask, list) };
}

async function tablesOf(ask: Ask, list: ListName): Promise<readonly CheckedTable[]> {
  switch (list) {
    case 'countries': {
      const tested = await ask(countriesQuery(daysFilter(null, null)));
      const others = otherPlaces(await ask(latestQuery()), tested);
      return [
        ...(tested.length === 0
          ? []
          : [{ within: ':scope >', table: toCountriesTable(tested, '', LIST_COLUMNS) }]),
        ...(others.length === 0 ? [] : [{ within: '#others', table: toLatestTable(others, '') }]),
      ];
    }
    case 'networks': {
      const rows = await ask(networkPlacesQuery());
      const networks = toNetworkEntries(rows, await ask(networkNamesQuery()));
      return toNetworkGroups(networks).map(toChecked);
    }
    case 'domains':
      return toDomainGroups(await ask(domainsQuery())).map(toChecked);
    case 'tests': {
      const tests = toTestEntries(await ask(testPlacesQuery()));
      return toTestGroups(tests, await ask(testsQuery(daysFilter(null, null)))).map(toChecked);
    }
    default:
      return assertNever(list);
  }
}

/** As `GroupedTables.astro` prints it. */
function toChecked({ id, table }: ListGroup): CheckedTable {
  return { within: `[id="${id}"]`, table: dropEmptyColumns(table) };
}
