/** What a detected event can be, what found it, and how far the witnesses agree. Rendered on the methods page. */
import type { Term } from './vocabulary.ts';

export const EVENT_KINDS = {
  interference_start: {
    label: 'interference began',
    about: 'The share of tests with signs of interference rose and stayed up.',
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
    id: 'cusum-rate-1',
    kinds: ['interference_start', 'interference_end'],
    about:
      'A two-state cumulative sum of the daily interference rate of one target in one country, territory or network. It begins when the rate stays more than 15 points above its own baseline of 28 days, never on a single day; it ends when the rate stays under that line for about three well measured days. Counts that name no networks need 100 tests over a week.',
    source:
      'Page 1954; Basseville and Nikiforov 1993, §2.2; the idea of two states from OONI’s event detector',
  },
  {
    id: 'method-change-1',
    kinds: ['method_change'],
    about:
      'Another method leads with at least two thirds of a week’s interfered measurements (at least 10) in two weeks running, after two such weeks of the method before.',
    source: 'atlas',
  },
  {
    id: 'log-z-1',
    kinds: ['surge', 'drop'],
    about:
      'The logarithm of a tool’s daily figure lies at least 5 robust deviations from the median of the 28 days before, and the figure is at least doubled or halved; the median is at least 50. What is usual for the weekday begins no event, and a drop lasts at least two days.',
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
