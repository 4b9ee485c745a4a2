/** Fill by meaning: one place says how an outcome, a method and a level look in every chart. */
import type { BlockingMethod, ScoredOutcome } from '../../../data-build/contract/vocabulary.ts';
import type { Incomplete } from '../../view/time-frame.ts';
import type { Rate } from '../../view/rate.ts';
import type { PatternName } from '../scene.ts';
import type { Look } from './shapes.ts';

/** A look that has a class of its own, as an entry of the legend needs. */
export interface Fill extends Look {
  readonly class: string;
}

/** Tested, but too little for a share. */
export const FEW: Fill = { class: 'too-few', pattern: 'few' };

/** Bars that a reader chose. */
export const SERIES_BAR: Fill = { class: 'series-bar' };

const OUTCOME_PATTERNS: Readonly<Partial<Record<ScoredOutcome, PatternName>>> = {
  anomaly: 'anomaly',
  failure: 'failure',
};

/** Every method has its own texture beside its colour; an app's endpoints are the plain one. */
const METHOD_PATTERNS: Readonly<Record<BlockingMethod, PatternName | null>> = {
  dns: 'dns',
  tcp_ip: 'tcp_ip',
  tls: 'tls',
  http_failure: 'http_failure',
  http_diff: 'http_diff',
  app_endpoints: null,
  app_web: 'app_web',
  app_registration: 'app_registration',
  tool_bootstrap: 'tool_bootstrap',
  middlebox: 'middlebox',
  other: 'other',
};

function textured(name: string, pattern: PatternName | null): Fill {
  return pattern === null ? { class: name } : { class: name, pattern };
}

export function outcomeLook(outcome: ScoredOutcome): Fill {
  return textured(`outcome-${outcome}`, OUTCOME_PATTERNS[outcome] ?? null);
}

export function methodLook(method: BlockingMethod): Fill {
  return textured(`method-${method}`, METHOD_PATTERNS[method]);
}

/** Shades of a cell: 0 none, then quarters, up to 25 %, 50 %, 75 %, above. */
export const LEVELS = [0, 1, 2, 3, 4] as const;

/** A cell by its share; null: not tested, so nothing is drawn. */
export function rateLook(rate: Rate): Fill | null {
  if (rate.kind === 'not_tested') return null;
  return rate.kind === 'too_few' ? FEW : { class: `heat-${Math.ceil(rate.rate * 4)}` };
}

/** Periods that do not hold all their days are paler. */
export function greyLook({ incomplete }: { readonly incomplete: Incomplete | null }): Look {
  return incomplete === null ? {} : { class: 'grey' };
}
