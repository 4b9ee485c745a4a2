/** Countries and territories that have a page. */
import { toCountryCode, type CountryCode } from '../../data-build/contract/brands.ts';
import { publishersOf } from '../../data-build/contract/publishers.ts';
import type { BuildData } from '../engine/build-data.ts';
import { daysFilter } from '../query/condition.ts';
import { countriesQuery } from '../query/interference.ts';
import type { CountryRow } from '../query/rows.ts';
import {
  indicatorPlacesQuery,
  throughputPlacesQuery,
  toolUsePlacesQuery,
} from '../query/witnesses.ts';

export interface ListedPlace {
  readonly probeCc: CountryCode;
  /** Null: OONI has no tests of it. */
  readonly row: CountryRow | null;
}

/** Those with data of any witness, by code. */
export async function listPlaces({ ask }: BuildData): Promise<readonly ListedPlace[]> {
  const rows = await ask(countriesQuery(daysFilter(null, null)));
  const tested = new Map(rows.map((row) => [row.probe_cc, row]));
  const others = [
    ...(await ask(throughputPlacesQuery())),
    ...(await ask(toolUsePlacesQuery())),
    ...(publishersOf('indicators').length === 0 ? [] : await ask(indicatorPlacesQuery())),
  ];
  const codes = new Set([...tested.keys(), ...others.map(({ probe_cc }) => probe_cc)]);
  return [...codes].sort().flatMap((code) => {
    const probeCc = toCountryCode(code);
    return probeCc === null || probeCc === 'ZZ'
      ? []
      : [{ probeCc, row: tested.get(probeCc) ?? null }];
  });
}

/** The place that examples speak of: the one with the most tests, else the first with anything. */
export async function mostTestedPlace(data: BuildData): Promise<string> {
  const places = await listPlaces(data);
  const tests = ({ row }: ListedPlace): number => row?.measurement_count ?? -1;
  return places.toSorted((a, b) => tests(b) - tests(a))[0]?.probeCc ?? 'KE';
}
