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
}

export const FLOORS = {
  /** A country or territory, or a domain in one; also headlines and events. */
  country: { tests: 30, networks: 2, days: 1 },
  /** One network. */
  network: { tests: 15, networks: null, days: 3 },
  /** One cell of a network × time heatmap. */
  heatmapCell: { tests: 5, networks: null, days: 1 },
  /** Published counts that name no networks. */
  countsOnly: { tests: 30, networks: null, days: 1 },
} as const satisfies Record<string, Floor>;
export type FloorName = keyof typeof FLOORS;

/** Whether a cell is large enough for its rate to be shown. `networks` and `days` null mean "not known". */
export function meetsFloor(
  floor: Floor,
  cell: { readonly tests: number; readonly networks: number | null; readonly days: number | null },
): boolean {
  if (cell.tests < floor.tests) return false;
  if (floor.networks !== null && cell.networks !== null && cell.networks < floor.networks)
    return false;
  return cell.days === null || cell.days >= floor.days;
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
