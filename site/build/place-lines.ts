/** Every place in one line, for the list of all: asked once for all of them. */
import type { CategoryCode } from '../../data-build/contract/vocabulary.ts';
import type { BuildData } from '../engine/build-data.ts';
import {
  risenCells,
  toLineGroups,
  type LineCounts,
  type LineGroup,
} from '../figures/place-line/levels.ts';
import { testPlacesQuery } from '../query/tests.ts';
import { categoryPlacesQuery, namedPlacesQuery } from '../query/themes.ts';
import { countUnnamed } from '../figures/websites.ts';
import { groupBy } from '../view/day-rows.ts';
import { loadDomainList } from './domain.ts';
import { loadEventList } from './events.ts';
import { listPlaces } from './places.ts';

export async function loadPlaceLines(
  data: BuildData,
): Promise<ReadonlyMap<string, readonly LineGroup[]>> {
  const tests = groupBy(await data.ask(testPlacesQuery()), ({ probe_cc }) => probe_cc);
  const websites = groupBy(await data.ask(categoryPlacesQuery()), ({ probe_cc }) => probe_cc);
  const { domains } = await loadDomainList(data);
  const listed = new Map(domains.map(({ domain, category_code }) => [domain, category_code]));
  const named = groupBy(await data.ask(namedPlacesQuery()), ({ probe_cc }) => probe_cc);
  const events = groupBy((await loadEventList(data)).rows, ({ probe_cc }) => probe_cc);
  return new Map(
    (await listPlaces(data)).flatMap(({ probeCc, row }) => {
      if (row === null) return [];
      const ofTests = tests.get(probeCc) ?? [];
      const ofWebsites = websites.get(probeCc) ?? [];
      const groups = toLineGroups(
        new Map(ofTests.map((each): [string, LineCounts] => [each.test_name, each])),
        new Map(ofWebsites.map((each): [CategoryCode, LineCounts] => [each.category_code, each])),
        row.network_count,
        risenCells(events.get(probeCc) ?? [], (domain) => listed.get(domain) ?? null),
        countUnnamed(ofTests, named.get(probeCc) ?? []).unnamed,
      );
      return [[probeCc, groups] as const];
    }),
  );
}
