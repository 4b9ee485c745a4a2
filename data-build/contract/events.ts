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
    get source() {
      return translate('detector.level-shift-2.source');
    },
  },
  {
    id: 'method-change-2',
    kinds: ['method_change'],
    get about() {
      return translate('detector.method-change-2');
    },
    get source() {
      return translate('detector.method-change-2.source');
    },
  },
  {
    id: 'log-z-2',
    kinds: ['surge', 'drop'],
    get about() {
      return translate('detector.log-z-2');
    },
    get source() {
      return translate('detector.log-z-2.source');
    },
  },
  {
    id: 'publisher-range-1',
    kinds: ['surge', 'drop'],
    get about() {
      return translate('detector.publisher-range-1');
    },
    get source() {
      return translate('detector.publisher-range-1.source');
    },
  },
  {
    id: 'slowdown-1',
    kinds: ['slowdown'],
    get about() {
      return translate('detector.slowdown-1');
    },
    get source() {
      return translate('detector.slowdown-1.source');
    },
  },
  {
    id: 'vanished-1',
    kinds: ['vanished'],
    get about() {
      return translate('detector.vanished-1');
    },
    get source() {
      return translate('detector.vanished-1.source');
    },
  },
] as const satisfies readonly DetectorSpec[];
export type DetectorId = (typeof DETECTORS)[number]['id'];
