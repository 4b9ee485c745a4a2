/** What happens to one made-up test. Episodes and noise decide it. */
import type { Day } from '../contract/brands.ts';
import type { BlockingMethod, TestName } from '../contract/vocabulary.ts';
import { type Episode, phaseOn } from './episodes.ts';
import type { Rng } from './rng.ts';
import type { SamplePlace } from './world.ts';

export type Fate =
  | { readonly kind: 'ok' }
  /** `scripted`: by an episode, not by chance. */
  | { readonly kind: 'interfered'; readonly method: BlockingMethod; readonly scripted: boolean }
  /** The test failed and has no verdict. */
  | { readonly kind: 'failed' };

export const OK: Fate = { kind: 'ok' };
export const FAILED: Fate = { kind: 'failed' };

/** Tests in the sample, with how often a run holds them and how noisy they are beside websites. */
export const SAMPLE_TESTS = {
  web_connectivity: { share: 1, noise: 1.2, failed: 0.025 },
  telegram: { share: 0.8, noise: 0.7, failed: 0.01 },
  whatsapp: { share: 0.8, noise: 0.8, failed: 0.015 },
  facebook_messenger: { share: 0.7, noise: 1, failed: 0 },
  signal: { share: 0.7, noise: 0.6, failed: 0.02 },
  psiphon: { share: 0.5, noise: 1.1, failed: 0.02 },
  tor: { share: 0.45, noise: 1.5, failed: 0.02 },
  ndt: { share: 0.35, noise: 0, failed: 0.03 },
  dash: { share: 0.25, noise: 0, failed: 0.04 },
  dnscheck: { share: 0.2, noise: 0, failed: 0.05 },
} as const satisfies Partial<Record<TestName, unknown>>;
export type SampleTest = keyof typeof SAMPLE_TESTS;

/** How harmless faults look, by test. */
export const NOISE: Readonly<Record<SampleTest, readonly (readonly [BlockingMethod, number])[]>> = {
  web_connectivity: [
    ['tcp_ip', 30],
    ['http_failure', 30],
    ['dns', 20],
    ['tls', 14],
    ['http_diff', 6],
  ],
  telegram: [
    ['app_endpoints', 2],
    ['app_web', 1],
  ],
  whatsapp: [
    ['app_endpoints', 1],
    ['app_registration', 1],
    ['app_web', 1],
  ],
  facebook_messenger: [
    ['tcp_ip', 1],
    ['dns', 1],
  ],
  signal: [['app_endpoints', 1]],
  psiphon: [['tool_bootstrap', 1]],
  tor: [['tool_bootstrap', 1]],
  ndt: [['other', 1]],
  dash: [['other', 1]],
  dnscheck: [['other', 1]],
};

/** `network` is the position in the country’s list; `domain` is null for tests without websites. */
export interface Attempt {
  readonly day: Day;
  readonly test: SampleTest;
  readonly network: number;
  readonly domain: string | null;
}

function isTarget(one: Episode, { test, network, domain }: Attempt): boolean {
  if (one.networks !== null && !one.networks.includes(network)) return false;
  return one.target.kind === 'domain'
    ? test === 'web_connectivity' && one.target.domain === domain
    : one.target.test_name === test;
}

/** Episodes first, then faults of the test, then harmless signs that look like interference. */
export function decideFate(
  attempt: Attempt,
  episodes: readonly Episode[],
  place: SamplePlace,
  rng: Rng,
): Fate {
  const { noise, failed } = SAMPLE_TESTS[attempt.test];
  if (rng.chance(failed)) return FAILED;
  for (const one of episodes) {
    const now = isTarget(one, attempt) ? phaseOn(one, attempt.day) : null;
    if (now !== null && rng.chance(now.strength))
      return { kind: 'interfered', method: now.method, scripted: true };
  }
  return rng.chance(place.noise * noise)
    ? { kind: 'interfered', method: rng.weighted(NOISE[attempt.test]), scripted: false }
    : OK;
}
