/** Plain episodes for the large sizes: many, drawn by chance, one target each, in every place that has probes. */
import { addDays } from '../contract/brands.ts';
import type { BlockingMethod } from '../contract/vocabulary.ts';
import type { Episode, EpisodeTarget } from './episodes.ts';
import { createRng } from './rng.ts';
import type { SampleSite } from './sites.ts';
import { type SampleWorld, worldDays } from './world.ts';

const APPS = [
  ['telegram', 'app_endpoints'],
  ['whatsapp', 'app_registration'],
  ['facebook_messenger', 'tcp_ip'],
  ['signal', 'app_endpoints'],
  ['tor', 'tool_bootstrap'],
] as const;
const WEBSITES = ['dns', 'tcp_ip', 'tls', 'http_failure', 'http_diff'] as const;
/** Websites that are tested often enough for an episode to show. */
const WELL_TESTED = 200;

/** Two to seven episodes a place and year. */
export function plainEpisodes(
  world: SampleWorld,
  sites: readonly SampleSite[],
  seed: number,
): readonly Episode[] {
  const days = worldDays(world);
  return world.places.flatMap(({ cc, runs }) => {
    const rng = createRng(seed, 'episodes', cc);
    const count = runs === 0 ? 0 : Math.round((rng.int(2, 7) * days.length) / 365);
    return Array.from({ length: count }, (_, index): Episode => {
      const length = rng.int(10, 90);
      const firstDay = rng.pick(days.slice(14));
      const [target, method] = drawTarget(rng, sites);
      const lastDay = addDays(firstDay, length - 1);
      return {
        id: `${cc.toLowerCase()}-plain-${index + 1}`,
        about: 'Drawn by chance.',
        cc,
        networks: rng.chance(0.2) ? [0] : null,
        target,
        phases: [
          {
            method,
            firstDay,
            lastDay: lastDay < world.lastDay ? lastDay : null,
            strength: [0.9, 0.9],
          },
        ],
        throughput: null,
        toolUse: null,
      };
    });
  });
}

function drawTarget(
  rng: ReturnType<typeof createRng>,
  sites: readonly SampleSite[],
): readonly [EpisodeTarget, BlockingMethod] {
  if (rng.chance(0.4)) {
    const [test_name, method] = rng.pick(APPS);
    return [{ kind: 'test', test_name }, method];
  }
  const { domain } = rng.pick(sites.slice(0, WELL_TESTED));
  return [{ kind: 'domain', domain }, rng.pick(WEBSITES)];
}
