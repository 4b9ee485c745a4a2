/** What a detected event can be, what found it, and how far the witnesses agree. Rendered on the methods page. */
import { term, type Term } from '../words/term.ts';
import { translate } from '../words/translate.ts';

export const EVENT_KINDS = {
  interference_start: term('event_kind.interference_start'),
  interference_rise: term('event_kind.interference_rise'),
  interference_end: term('event_kind.interference_end'),
  method_change: term('event_kind.method_change'),
  slowdown: term('event_kind.slowdown'),
  surge: term('event_kind.surge'),
  drop: term('event_kind.drop'),
  vanished: term('event_kind.vanished'),
} as const satisfies Record<string, Term>;
export type EventKind = keyof typeof EVENT_KINDS;

/** Levels of agreement, from the most to the least that may be claimed. */
export const AGREEMENTS = {
  interference_and_surge: term('agreement.interference_and_surge'),
  alone: term('agreement.alone'),
  surge_alone: term('agreement.surge_alone'),
  outage_like: term('agreement.outage_like'),
  global_change: term('agreement.global_change'),
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
    id: 'level-shift-2',
    kinds: ['interference_start', 'interference_rise', 'interference_end'],
    get about() {
      return translate('detector.level-shift-2');
    },
    source:
      'Mantel and Haenszel 1959; signed root of the deviance and overdispersion after McCullagh and Nelder 1989, chapters 2 and 4; scan over starting days as in Basseville and Nikiforov 1993, §2.4',
  },
  {
    id: 'method-change-2',
    kinds: ['method_change'],
    get about() {
      return translate('detector.method-change-2');
    },
    source: 'atlas; weights after Mantel and Haenszel 1959',
  },
  {
    id: 'log-z-2',
    kinds: ['surge', 'drop'],
    get about() {
      return translate('detector.log-z-2');
    },
    source: 'atlas; median absolute deviation after Hampel 1974',
  },
  {
    id: 'publisher-range-1',
    kinds: ['surge', 'drop'],
    get about() {
      return translate('detector.publisher-range-1');
    },
    source: 'Tor Metrics, Detector.java: lower and upper as published',
  },
  {
    id: 'slowdown-1',
    kinds: ['slowdown'],
    get about() {
      return translate('detector.slowdown-1');
    },
    source: 'after Anderson 2013, arXiv 1306.4361',
  },
  {
    id: 'vanished-1',
    kinds: ['vanished'],
    get about() {
      return translate('detector.vanished-1');
    },
    source: 'atlas',
  },
] as const satisfies readonly DetectorSpec[];
export type DetectorId = (typeof DETECTORS)[number]['id'];
