/** From a measurement to its verdict: which rules apply, and how they are merged. */
import type { TestName } from '../contract/vocabulary.ts';
import type { JsonObject } from '../parse/json.ts';
import {
  scoreMeekFrontedRequests,
  scoreOpenvpn,
  scorePsiphon,
  scoreStunReachability,
  scoreTorsf,
  scoreVanillaTor,
} from './circumvention.ts';
import { scoreFacebookMessenger } from './facebook-messenger.ts';
import type { FingerprintMatcher } from './fingerprints.ts';
import { scoreHttpHeaderFieldManipulation, scoreHttpInvalidRequestLine } from './middleboxes.ts';
import { scoreDash, scoreNdt } from './performance-tests.ts';
import { objectOrNull } from './python-values.ts';
import {
  type TestScore,
  type Scorer,
  type ScoringContext,
  UNREADABLE,
  toTestScore,
  toVerdict,
} from './test-score.ts';
import { scoreSignal } from './signal.ts';
import { scoreTelegram } from './telegram.ts';
import { scoreTor } from './tor.ts';
import type { Verdict } from './verdict.ts';
import { scoreWebConnectivity } from './web-connectivity.ts';
import {
  scoreBrowserWeb,
  scoreDnsConsistency,
  scoreHttpRequests,
  scoreTcpConnect,
} from './website-tests.ts';
import { scoreWhatsapp } from './whatsapp.ts';

export type { ScoringContext } from './test-score.ts';

const SCORED = {
  web_connectivity: scoreWebConnectivity,
  telegram: scoreTelegram,
  whatsapp: scoreWhatsapp,
  facebook_messenger: scoreFacebookMessenger,
  signal: scoreSignal,
  psiphon: scorePsiphon,
  tor: scoreTor,
  vanilla_tor: scoreVanillaTor,
  torsf: scoreTorsf,
  openvpn: scoreOpenvpn,
  meek_fronted_requests_test: scoreMeekFrontedRequests,
  stunreachability: scoreStunReachability,
  http_invalid_request_line: scoreHttpInvalidRequestLine,
  http_header_field_manipulation: scoreHttpHeaderFieldManipulation,
  ndt: scoreNdt,
  dash: scoreDash,
  browser_web: scoreBrowserWeb,
  tcp_connect: scoreTcpConnect,
  http_requests: scoreHttpRequests,
  dns_consistency: scoreDnsConsistency,
} as const satisfies Partial<Record<TestName, Scorer>>;

const SCORERS: ReadonlyMap<string, Scorer> = new Map<string, Scorer>(Object.entries(SCORED));

/** Tests with a scorer; the vocabulary's `scored` must say the same. */
export const SCORED_TESTS: readonly string[] = [...SCORERS.keys()];

/** Tests whose verdict needs no test_keys, so that their shape cannot be wrong. */
const KEYLESS: ReadonlySet<string> = new Set<TestName>(['ndt', 'dns_consistency']);

/**
 * Scores one measurement. Never throws, whatever `raw` holds.
 * Source: ooni/backend `fastpath/fastpath/core.py`, score_measurement; differences are named in the rules.
 */
export function scoreMeasurement(
  raw: JsonObject,
  context: ScoringContext,
  fingerprints: FingerprintMatcher,
): Verdict {
  const scored = scoreTest(raw, context, fingerprints);
  const { clockFault } = context;
  return toVerdict(
    clockFault === null
      ? scored
      : { ...scored, rules: [`envelope.${clockFault}`, ...scored.rules] },
  );
}

function scoreTest(
  raw: JsonObject,
  context: ScoringContext,
  fingerprints: FingerprintMatcher,
): TestScore {
  if (context.test_name === 'riseupvpn') return toTestScore(0, ['unscored.riseupvpn']);
  const scorer = SCORERS.get(context.test_name);
  if (scorer === undefined) return toTestScore(0, ['unscored.no_rule']);
  const keys = objectOrNull(raw, 'test_keys') ?? (KEYLESS.has(context.test_name) ? {} : null);
  if (keys === null) return UNREADABLE;
  return scorer(keys, raw, context, fingerprints);
}
