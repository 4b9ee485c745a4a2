/**
 * What of a page can be checked, and what one must know to compute it anew. A page carries it as JSON; a browser reads
 * it back and asks the same questions.
 */
import type { Asn, CountryCode, Day } from '../../data-build/contract/brands.ts';
import type { ViewContext } from './context.ts';
import type { SafeSubject } from './safe-evidence.ts';
import type { CopySource } from './safe-words.ts';
import type { Witness } from './witness-window.ts';

/** Charts and tables whose view takes a context and rows. */
export const CHECKED_FIGURES = [
  'summary',
  'outcomes',
  'rate',
  'tests',
  'networks',
  'methods',
  'throughput',
  'tool-use',
  'categories',
  'domains',
  'apps',
  'method-strip',
  'blind-spots',
  'domain-matrix',
  'places',
] as const;
export type FigureName = (typeof CHECKED_FIGURES)[number];

/** Whose numbers they are. */
export type CheckSubject =
  | { readonly kind: 'country'; readonly probeCc: CountryCode }
  | { readonly kind: 'network'; readonly asn: Asn }
  | { readonly kind: 'test'; readonly testName: string }
  | { readonly kind: 'domain'; readonly domain: string };

export interface FigureCheck {
  readonly chart: FigureName;
  readonly subject: CheckSubject;
  readonly context: ViewContext;
  /** `tor-relay users`: which series of tool use; null for other charts. */
  readonly series: string | null;
}

/** The three witnesses of a country or territory, or around one of its events. */
export interface TimelineCheck {
  readonly chart: 'witnesses';
  readonly probeCc: CountryCode;
  readonly eventId: string | null;
  /** First day that the release does not cover any more; null: it names none. */
  readonly dataUntil: Day | null;
  /** Witnesses that the edition has. */
  readonly witnesses: readonly Witness[];
}

/** A sentence that can be printed, as it stands and as it is copied. */
export interface SafeCheck {
  readonly chart: 'safe';
  readonly subject: SafeSubject;
  /** Inclusive. */
  readonly since: Day;
  /** Exclusive. */
  readonly until: Day;
  /** Below the floor, where counts are all that is said. */
  readonly thin: boolean;
  readonly copy: CopySource;
}

/** All events of a country or territory as its page lists them, or the page of one. */
export interface EventsCheck {
  readonly chart: 'events';
  readonly probeCc: CountryCode;
  readonly eventId: string | null;
  /** Of the release. */
  readonly lastDay: Day;
}

export const CHECKED_LISTS = ['countries', 'networks', 'domains', 'tests'] as const;
export type ListName = (typeof CHECKED_LISTS)[number];

/** A list of all of a kind. */
export interface ListCheck {
  readonly chart: 'list';
  readonly list: ListName;
}

export type Check = FigureCheck | TimelineCheck | SafeCheck | EventsCheck | ListCheck;

const FIGURES_OF: Readonly<Record<CheckSubject['kind'], readonly FigureName[]>> = {
  country: [
    ...(['summary', 'outcomes', 'rate', 'tests', 'networks', 'methods'] as const),
    ...(['throughput', 'tool-use', 'categories', 'domains', 'method-strip'] as const),
  ],
  network: ['outcomes', 'rate', 'tests', 'methods'],
  test: ['outcomes', 'rate', 'methods'],
  domain: ['domain-matrix', 'places'],
};

/** The chart by its name, where its numbers can be checked; else null. */
export function toFigureName(subject: CheckSubject, name: string): FigureName | null {
  return FIGURES_OF[subject.kind].find((chart) => chart === name) ?? null;
}
