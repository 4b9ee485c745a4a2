/** What a detected event can be, what found it, and how far the witnesses agree. Rendered on the methods page. */
import type { Term } from '../words/term.ts';

export const EVENT_KINDS = {
  interference_start: {
    label: 'interference began',
    about: 'The share of tests with signs of interference rose and stayed up.',
  },
  interference_rise: {
    label: 'interference rose further',
    about: 'Inside interference that was not over, the share rose by a further lasting step.',
  },
  interference_end: {
    label: 'no longer seen',
    about: 'The share of tests with signs of interference came back to where it was before.',
  },
  method_change: {
    label: 'method changed',
    about: 'The leading way in which interference shows gave way to another.',
  },
  slowdown: {
    label: 'unusual slowdown',
    about: 'Throughput fell: consistent with throttling, an outage or a change in who tests.',
  },
  surge: {
    label: 'surge in tool use',
    about: 'Estimated clients of a circumvention tool rose far above the usual.',
  },
  drop: {
    label: 'drop in tool use',
    about: 'Estimated clients of a circumvention tool fell far below the usual.',
  },
  vanished: {
    label: 'tests vanished',
    about: 'Speed tests fell to under a fifth of their usual number.',
  },
} as const satisfies Record<string, Term>;
export type EventKind = keyof typeof EVENT_KINDS;

/** Levels of agreement, from the most to the least that may be claimed. */
export const AGREEMENTS = {
  interference_and_surge: {
    label: 'two witnesses agree',
    about: 'Signs of interference and a surge in tool use began within three days of each other.',
  },
  alone: {
    label: 'one witness',
    about: 'Seen by this witness alone; the others show no change, or have no data.',
  },
  surge_alone: {
    label: 'surge alone',
    about:
      'Tool use rose without a change in what was tested: something untested, or an outage elsewhere.',
  },
  outage_like: {
    label: 'everything fell together',
    about:
      'Speed tests vanished while tool use dropped: an outage or shutdown, not selective interference.',
  },
  global_change: {
    label: 'many places at once',
    about:
      'So many countries and territories changed on the same days that the figures themselves did.',
  },
} as const satisfies Record<string, Term>;
export type Agreement = keyof typeof AGREEMENTS;

export interface DetectorSpec {
  /** Permanent; a change of numbers makes a new id. */
  readonly id: string;
  readonly kinds: readonly EventKind[];
  /** What it looks at and what it takes to fire. */
  readonly about: string;
  readonly source: string;
}

export const DETECTORS = [
  {
    id: 'level-shift-1',
    kinds: ['interference_start', 'interference_rise', 'interference_end'],
    about:
      'The share of tests with signs of one target is compared with its own days before (56 days or more), each network with itself, summed with Mantel–Haenszel weights. It begins where the share rose by at least 12 points (15 where counts name no networks, 20 in one network), at a signed root of the deviance of 6 (6.5 in a country or territory, 4.5 where it rose by half of the tests) after the days’ own scatter, at least 3.5 times that scatter, for so many days that points times days reach 70; never on a single day, and not because of one network unless that one stays high for two weeks. Without names of networks it takes ten days, 100 tests, and a change that added or missing tests alone cannot make. A further rise of 20 points inside it is a rise of its own. It ends when at least five days with enough tests are back within the interval of the days before.',
    source:
      'Mantel and Haenszel 1959; signed root of the deviance and overdispersion after McCullagh and Nelder 1989, chapters 2 and 4; scan over starting days as in Basseville and Nikiforov 1993, §2.4',
  },
  {
    id: 'method-change-2',
    kinds: ['method_change'],
    about:
      'Another method leads with at least two thirds of a week’s interfered measurements (at least 10) in two weeks running, after two such weeks of the method before, and it does so within the networks that have signs on both sides as well.',
    source: 'atlas; weights after Mantel and Haenszel 1959',
  },
  {
    id: 'log-z-2',
    kinds: ['surge', 'drop'],
    about:
      'The logarithm of a tool’s daily figure lies at least 5 robust deviations from the median of the 28 days before, and the figure is at least doubled or halved; the median is at least 50. What is usual for the weekday begins no event, and a drop lasts at least two days. It ends on the first of three days that are back at what was usual before it, however long that takes; what has lasted for 56 days is a new level, by which later days are judged.',
    source: 'atlas; median absolute deviation after Hampel 1974',
  },
  {
    id: 'publisher-range-1',
    kinds: ['surge', 'drop'],
    about:
      'The figure lies outside the range its publisher expects, on two days or more and by a tenth or more. The publisher judges each day against a week before; days that only mirror that week are left out, and so is what the other detector tells already.',
    source: 'Tor Metrics, Detector.java: lower and upper as published',
  },
  {
    id: 'slowdown-1',
    kinds: ['slowdown'],
    about:
      'Median download throughput at most half of its usual value in two or more weeks or months running, with at least 100 tests each, while the lowest round-trip time rises by less than 30 %.',
    source: 'after Anderson 2013, arXiv 1306.4361',
  },
  {
    id: 'vanished-1',
    kinds: ['vanished'],
    about:
      'The number of speed tests in a week or month is under a fifth of its usual number (at least 100).',
    source: 'atlas',
  },
] as const satisfies readonly DetectorSpec[];
export type DetectorId = (typeof DETECTORS)[number]['id'];
