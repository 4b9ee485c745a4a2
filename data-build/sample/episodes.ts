/**
 * Every episode of interference in the sample. This list is the ground truth. `SYNTHETIC.json` holds it, and tests
 * compare detectors and pages with it.
 */
import type { CountryCode, Day } from '../contract/brands.ts';
import type { BlockingMethod, TestName } from '../contract/vocabulary.ts';
import { sampleCountry, sampleDay, type SampleWorld } from './world.ts';

export type EpisodeTarget =
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'test'; readonly test_name: TestName };

export interface EpisodePhase {
  readonly method: BlockingMethod;
  readonly firstDay: Day;
  /** Inclusive; null: still going on at the end of the sample. */
  readonly lastDay: Day | null;
  /** Share of attempts that meet it, on the first and on the last day; in between on a straight line. */
  readonly strength: readonly [first: number, last: number];
}

export interface Episode {
  readonly id: string;
  readonly about: string;
  readonly cc: CountryCode;
  /** Positions in the country’s list of networks; null: all of them. */
  readonly networks: readonly number[] | null;
  readonly target: EpisodeTarget;
  /** One after the other, without a gap. */
  readonly phases: readonly EpisodePhase[];
  /** What the other witnesses see meanwhile: factors on throughput and on tool use. */
  readonly throughput: number | null;
  readonly toolUse: number | null;
}

type Strength = number | readonly [number, number];
const phase = (
  method: BlockingMethod,
  first: string,
  last: string | null,
  strength: Strength,
): EpisodePhase => ({
  method,
  firstDay: sampleDay(first),
  lastDay: last === null ? null : sampleDay(last),
  strength: typeof strength === 'number' ? [strength, strength] : strength,
});

const episode = (
  id: string,
  target: EpisodeTarget,
  phases: readonly EpisodePhase[],
  about: string,
  more: Partial<Pick<Episode, 'networks' | 'throughput' | 'toolUse'>> = {},
): Episode => ({
  id,
  about,
  cc: sampleCountry(id.slice(0, 2)),
  networks: null,
  target,
  phases,
  throughput: null,
  toolUse: null,
  ...more,
});

const domain = (name: string): EpisodeTarget => ({ kind: 'domain', domain: name });
const test = (test_name: TestName): EpisodeTarget => ({ kind: 'test', test_name });

export const EPISODES: readonly Episode[] = [
  episode(
    'nz-telegram',
    test('telegram'),
    [phase('app_endpoints', '2026-05-11', '2026-05-29', 0.92)],
    'An app blocked everywhere for nearly three weeks, then released.',
    { toolUse: 5 },
  ),
  episode(
    'nz-signal-three-days',
    test('signal'),
    [phase('app_endpoints', '2026-06-09', '2026-06-11', 0.95)],
    'A short one: three days.',
  ),
  episode(
    'pt-social',
    domain('social.example'),
    [phase('dns', '2026-04-20', null, 0.9)],
    'A website poisoned in DNS, still going on at the end.',
    { toolUse: 3 },
  ),
  episode(
    'uy-news',
    domain('news.example'),
    [
      phase('tcp_ip', '2026-05-04', '2026-05-17', 0.9),
      phase('tls', '2026-05-18', '2026-06-14', 0.93),
    ],
    'A change of method: first the addresses, then the TLS handshake.',
  ),
  episode(
    'uy-chat',
    domain('chat.example'),
    [phase('dns', '2026-06-16', '2026-06-26', 0.9)],
    'One of two targets in eleven days of slow networks.',
    { throughput: 0.3, toolUse: 8 },
  ),
  episode(
    'uy-whatsapp',
    test('whatsapp'),
    [phase('app_endpoints', '2026-06-16', '2026-06-26', 0.9)],
    'The other target of the same days.',
    { throughput: 0.3, toolUse: 8 },
  ),
  episode(
    'jp-video-one-network',
    domain('video.example'),
    [phase('tcp_ip', '2026-04-27', '2026-06-21', 0.95)],
    'Partial: one network of six.',
    { networks: [0] },
  ),
  episode(
    'fi-whatsapp',
    test('whatsapp'),
    [phase('app_registration', '2026-05-20', '2026-06-05', 0.9)],
    'Only the server that signs new devices up.',
  ),
  episode(
    'cr-messenger-dip',
    test('facebook_messenger'),
    [phase('tcp_ip', '2026-04-25', '2026-05-20', 0.9)],
    'Overlaps a dip in coverage (5–12 May).',
  ),
  episode(
    'si-forum',
    domain('forum.example'),
    [phase('http_diff', '2026-05-01', '2026-06-15', 0.88)],
    'A block page in place of the website.',
  ),
  episode(
    'ee-psiphon',
    test('psiphon'),
    [phase('tool_bootstrap', '2026-05-15', '2026-06-10', 0.9)],
    'A circumvention tool that cannot start.',
    { toolUse: 0.3 },
  ),
  episode(
    'mu-tor',
    test('tor'),
    [phase('tool_bootstrap', '2026-06-01', null, 0.88)],
    'Relays and bridges out of reach, still going on at the end.',
    { toolUse: 0.4 },
  ),
  episode(
    'bw-blog-fading',
    domain('blog.example'),
    [phase('http_failure', '2026-04-20', '2026-05-31', [0.97, 0.15])],
    'A fading one: from nearly all attempts to few.',
  ),
  episode(
    'is-vpn-two-networks',
    domain('vpn.example'),
    [phase('dns', '2026-05-10', '2026-06-20', 0.92)],
    'Partial: the two largest networks.',
    { networks: [0, 1] },
  ),
  episode(
    'ge-telegram-gaps',
    test('telegram'),
    [phase('app_web', '2026-05-12', null, 0.92)],
    'The web version of an app, in a country with gaps in coverage.',
  ),
  episode(
    'pt-telegram-2025',
    test('telegram'),
    [phase('app_endpoints', '2025-09-10', '2025-10-02', 0.9)],
    'Earlier than the small sample.',
    { toolUse: 4 },
  ),
  episode(
    'jp-signal-2025',
    test('signal'),
    [phase('app_endpoints', '2025-11-03', '2025-11-23', 0.9)],
    'Earlier than the small sample.',
  ),
  episode(
    'fi-social-winter',
    domain('social.example'),
    [phase('http_failure', '2026-01-05', '2026-02-22', 0.9)],
    'Earlier than the small sample.',
  ),
  episode(
    'uy-tor-2025',
    test('tor'),
    [phase('tool_bootstrap', '2025-08-01', '2025-08-24', 0.9)],
    'Earlier than the small sample.',
    { throughput: 0.5 },
  ),
];

/** Episodes that begin inside a world. */
export function worldEpisodes(world: SampleWorld): Episode[] {
  const codes = new Set(world.places.map((place) => place.cc));
  return EPISODES.filter(
    ({ cc, phases }) =>
      codes.has(cc) &&
      phases.every((one) => world.firstDay <= one.firstDay && one.firstDay <= world.lastDay),
  );
}

/** The phase in force on a day, with the share of attempts that meet it; null outside the episode. */
export function phaseOn(
  one: Episode,
  day: Day,
): { readonly method: BlockingMethod; readonly strength: number } | null {
  const now = one.phases.find(
    ({ firstDay, lastDay }) => firstDay <= day && (lastDay === null || day <= lastDay),
  );
  if (now === undefined) return null;
  const [first, last] = now.strength;
  if (now.lastDay === null || first === last) return { method: now.method, strength: first };
  const span = Date.parse(now.lastDay) - Date.parse(now.firstDay);
  const done = span === 0 ? 0 : (Date.parse(day) - Date.parse(now.firstDay)) / span;
  return { method: now.method, strength: first + (last - first) * done };
}

/** An episode in the form of `SYNTHETIC.json`. `probe_asn` null: every network of the country. */
export function toGroundTruth(one: Episode, world: SampleWorld) {
  const place = world.places.find(({ cc }) => cc === one.cc);
  const first = one.phases[0];
  const last = one.phases.at(-1);
  if (place === undefined || first === undefined || last === undefined) {
    throw new Error(
      `Episode ${one.id} has no place or no phase; correct data-build/sample/episodes.ts.`,
    );
  }
  return {
    id: one.id,
    about: one.about,
    probe_cc: one.cc,
    probe_asn:
      one.networks === null
        ? null
        : place.networks.filter((_, index) => one.networks?.includes(index)).map(({ asn }) => asn),
    test_name: one.target.kind === 'domain' ? 'web_connectivity' : one.target.test_name,
    domain: one.target.kind === 'domain' ? one.target.domain : null,
    first_day: first.firstDay,
    last_day: last.lastDay,
    phases: one.phases.map((now) => ({
      method: now.method,
      first_day: now.firstDay,
      last_day: now.lastDay,
      strength_first: now.strength[0],
      strength_last: now.strength[1],
    })),
    throughput_factor: one.throughput,
    tool_use_factor: one.toolUse,
  };
}
