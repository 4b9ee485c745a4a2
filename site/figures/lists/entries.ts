/** Networks and tests as lists and their own pages know them: sums over all places. */
import { sumOutcomes } from '../../view/outcome-counts.ts';
import type { Asn, Day } from '../../../data-build/contract/brands.ts';
import { FLOORS } from '../../../data-build/contract/floors.ts';
import type { PublisherId } from '../../../data-build/contract/publishers.ts';
import { testSpec, type TestSpec } from '../../../data-build/contract/vocabulary.ts';
import type { NetworkNameRow, NetworkPlaceRow } from '../../query/networks.ts';
import type { TestPlaceRow } from '../../query/tests.ts';
import { groupBy } from '../../view/day-rows.ts';
import { formatAsn } from '../../view/format.ts';
import { toRate, type Rate } from '../../view/rate.ts';

export interface NetworkEntry {
  readonly asn: Asn;
  /** `AS33771`. */
  readonly number: string;
  readonly name: string | null;
  /** Whose name it is; null: it has none. */
  readonly nameSource: PublisherId | null;
  /** Most measurements first. */
  readonly places: readonly NetworkPlaceRow[];
  readonly tests: number;
  readonly rate: Rate;
  readonly first: Day;
  readonly last: Day;
}

export function toNetworkEntries(
  rows: readonly NetworkPlaceRow[],
  names: readonly NetworkNameRow[],
): readonly NetworkEntry[] {
  const byNumber = new Map(names.map((row) => [row.probe_asn, row] as const));
  return [...groupBy(rows, (row) => row.probe_asn)].map(([asn, places]) =>
    toEntry(asn, places, byNumber.get(asn) ?? null),
  );
}

function toEntry(
  asn: Asn,
  rows: readonly NetworkPlaceRow[],
  named: NetworkNameRow | null,
): NetworkEntry {
  const places = rows.toSorted(
    (a, b) => b.measurement_count - a.measurement_count || (a.probe_cc < b.probe_cc ? -1 : 1),
  );
  const totals = sumOutcomes(rows);
  const days = rows.map(({ first_day }) => first_day).toSorted();
  const lastDays = rows.map(({ last_day }) => last_day).toSorted();
  const [first] = days;
  const last = lastDays.at(-1);
  if (first === undefined || last === undefined) throw new Error(`AS${asn} has no rows.`);
  return {
    asn,
    number: formatAsn(asn),
    name: named?.name ?? null,
    nameSource: named?.source ?? null,
    places,
    tests: totals.measurement_count,
    // Days in several places can be the same ones; the place with most of them is what is sure.
    rate: toRate(
      { ...totals, day_count: Math.max(...rows.map(({ day_count }) => day_count)) },
      FLOORS.network,
    ),
    first,
    last,
  };
}

export interface TestEntry {
  readonly name: string;
  readonly spec: TestSpec;
  readonly places: readonly TestPlaceRow[];
  readonly tests: number;
  readonly unscored: number;
  readonly first: Day;
  readonly last: Day;
}

export function toTestEntries(rows: readonly TestPlaceRow[]): readonly TestEntry[] {
  return [...groupBy(rows, ({ test_name }) => test_name)].map(([name, places]) => {
    const totals = sumOutcomes(places);
    const [first] = places.map(({ first_day }) => first_day).toSorted();
    const last = places
      .map(({ last_day }) => last_day)
      .toSorted()
      .at(-1);
    if (first === undefined || last === undefined) throw new Error(`The test ${name} has no rows.`);
    return {
      name,
      spec: testSpec(name),
      places,
      tests: totals.measurement_count,
      unscored: totals.unscored_count,
      first,
      last,
    };
  });
}
