/** The numbers of `level-shift-2` that hold for every target, and those that differ. */

export const LEVEL_RULE = {
  /** A rise is looked for since each of so many points. */
  window: 42,
  leastPoints: 2,
  /** Rise times points: 10 points of the rate need seven days, 35 need two. */
  area: 0.7,
  /** Half of the tests more than before take less: no quiet days look so. */
  steep: { rise: 0.5, z: 4.5 },
  /** It is so many times as large as what the rate of days scatters beyond chance. */
  scatters: 2.5,
  /** No single point may carry it: without the strongest, this share of the rise is left. */
  shareWithoutBest: 0.5,
  /** The latest third of its points shows so much of it. */
  shareLately: 0.6,
  /** Without any one stratum so much of the rise and this z are left… */
  shareWithoutOne: 0.4,
  zWithoutOne: 4,
  /** …or it has lasted for so many points, as high in the two at each edge, with so large a rise and z. */
  lasting: { points: 14, edge: 2, rise: 0.15, z: 8 },
  /** What the reference needs at least… */
  referencePoints: 1,
  referenceTests: 20,
  /** …and where it has fewer points or days than this, a rise so large. */
  fullPoints: 7,
  fullDays: 14,
  thinRise: 0.5,
  /** A level upon another, and the same soon after the lower one began. */
  stepRise: 0.2,
  earlyStepRise: 0.3,
  earlyPoints: 14,
  /** No more is expected of a day: some tests of a total block show no sign. */
  most: 0.95,
  /** A total block speaks for itself, however the days before scattered. */
  total: { points: 10, rate: 0.9, rise: 0.2, fine: 0.1 },
  /** Where less of the tests than this can be matched with a stratum of before, they are compared as a whole. */
  matched: 0.2,
  /** Back at the level before: over so many points (and so many that points times rise reach the area), within its interval, and clearly under half of the rise. */
  back: { points: 5, area: 1.5, within: 1.645, tolerance: 0.03, share: 1 / 3, below: 3.5 },
  /** A series whose opening points are at or above this rate began inside. */
  opening: { points: 7, high: 6, tests: 30, rate: 0.5, end: 0.15 },
} as const;

export interface LevelNeeds {
  readonly leastRise: number;
  readonly z: number;
  readonly tests: number;
  readonly days: number;
  readonly strata: number;
  /** Tests of the days that show the return. */
  readonly endTests: number;
  /** Whether one stratum can be enough: always (it is the only one), when it lasts, or never. */
  readonly alone: 'always' | 'lasting' | 'never';
  /** Who tests is not known: a jump of volume raises the bar. */
  readonly strataUnknown: boolean;
}
