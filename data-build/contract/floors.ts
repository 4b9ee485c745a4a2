/**
 * Below these, a rate is not shown: "too few tests (n = 7)". Source: product rules, §Words 4; the value 30
 * has precedent in M-Lab's own readers' experience. Printed wherever a rate is missing for them.
 */
export interface Floor {
  /** At least this many scored, not failed or failed, tests: the denominator of the rate. */
  readonly tests: number;
  /** At least this many networks; null where the source knows none. */
  readonly networks: number | null;
  /** At least this many different days. */
  readonly days: number;
  /** What a place needs instead whose tests all come from one network; null: nothing else will do. */
  readonly alone: { readonly tests: number; readonly days: number } | null;
}

export const FLOORS = {
  /**
   * A country or territory; also headlines and events. In some nearly everybody uses one network, so there the tests of
   * one can stand for the place, and it is said on which they rest.
   */
  country: { tests: 30, networks: 2, days: 1, alone: { tests: 100, days: 7 } },
  /** A website, category or kind of test in a place that has several networks: one says nothing of the others. */
  part: { tests: 30, networks: 2, days: 1, alone: null },
  /** One network. */
  network: { tests: 15, networks: null, days: 3, alone: null },
  /** One cell of a network × time heatmap. */
  heatmapCell: { tests: 5, networks: null, days: 1, alone: null },
  /** Published counts that name no networks. */
  countsOnly: { tests: 30, networks: null, days: 1, alone: null },
} as const satisfies Record<string, Floor>;
export type FloorName = keyof typeof FLOORS;

/** One week or month of a place that rests on one network as a whole: that of the network. */
export const LONE_PERIOD: Floor = {
  ...FLOORS.network,
  networks: FLOORS.country.networks,
  alone: FLOORS.network,
};

/** `networks` and `days` null mean "not known". */
export interface FloorCell {
  readonly tests: number;
  readonly networks: number | null;
  readonly days: number | null;
}

/** What a cell has too few of for its rate to be shown; null: nothing. */
export function shortOf(
  { tests, networks, days, alone }: Floor,
  cell: FloorCell,
): 'tests' | 'networks' | 'days' | null {
  if (cell.tests < tests) return 'tests';
  if (networks !== null && cell.networks !== null && cell.networks < networks)
    return alone !== null && cell.tests >= alone.tests && (cell.days ?? 0) >= alone.days
      ? null
      : 'networks';
  return cell.days === null || cell.days >= days ? null : 'days';
}

export function meetsFloor(floor: Floor, cell: FloorCell): boolean {
  return shortOf(floor, cell) === null;
}

/** An `input` that is on no test list needs so many reports and networks; else only its domain is published. */
export const INPUT_FLOOR = { reports: 5, networks: 2 } as const;

/**
 * A test that the vocabulary does not list is published by its name with so many reports and networks, else as an unlisted
 * experiment: a name that only one probe sends can be anything.
 */
export const TEST_NAME_FLOOR = { reports: 30, networks: 5 } as const;

/** Reports that must carry a network's name, for the same reason. */
export const NETWORK_NAME_FLOOR = 5;

/** Statistics made from single M-Lab tests need this many per cell. */
export const THROUGHPUT_CELL_FLOOR = 10;
