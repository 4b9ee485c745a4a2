/** What a detected event can be, what found it, and how far the witnesses agree. Rendered on the methods page. */
import { term, type Term } from '../words/term.ts';
import { translate } from '../words/translate.ts';
import type { WordKey } from '../words/words.ts';

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

/** Whether a kind is of tests of interference; an edition without them has none. */
export const isKindOfTests = (kind: string): boolean => /^(?:interference|method)/.test(kind);

/** Levels of agreement, from the most to the least that may be claimed. */
export const AGREEMENTS = {
  interference_and_surge: term('agreement.interference_and_surge'),
  alone: term('agreement.alone'),
  surge_alone: term('agreement.surge_alone'),
  outage_like: term('agreement.outage_like'),
  global_change: term('agreement.global_change'),
} as const satisfies Record<string, Term>;
export type Agreement = keyof typeof AGREEMENTS;

/** Whether a level needs tests of interference. */
export const isAgreementOfTests = (level: string): boolean => level === 'interference_and_surge';

export interface DetectorSpec {
  /** Permanent; a change of numbers makes a new id. */
  readonly id: string;
  readonly kinds: readonly EventKind[];
  /** What it looks at and what it takes to fire. */
  readonly about: string;
  readonly source: string;
}

/** Detectors that the word files describe. */
type NamedDetector = WordKey extends infer Key
  ? Key extends `detector.${infer Name}.source`
    ? Name
    : never
  : never;

const describe = (id: NamedDetector): string => translate(`detector.${id}`);
const cite = (id: NamedDetector): string => translate(`detector.${id}.source`);

function detector<const Id extends NamedDetector>(id: Id, ...kinds: readonly EventKind[]) {
  return {
    id,
    kinds,
    get about() {
      return describe(id);
    },
    get source() {
      return cite(id);
    },
  };
}

export const DETECTORS = [
  detector('level-shift-2', 'interference_start', 'interference_rise', 'interference_end'),
  detector('method-change-2', 'method_change'),
  detector('log-z-3', 'surge', 'drop'),
  detector('publisher-range-2', 'surge', 'drop'),
  detector('slowdown-2', 'slowdown'),
  detector('vanished-2', 'vanished'),
] as const satisfies readonly DetectorSpec[];
export type DetectorId = (typeof DETECTORS)[number]['id'];
