/** One country’s day: probe runs, and the measurements each of them submits. */
import { type Day, millisOfDay } from '../contract/brands.ts';
import type { DumpObject } from './dump-json.ts';
import type { Episode } from './episodes.ts';
import { decideFate, FAILED, type Fate, OK, SAMPLE_TESTS, type SampleTest } from './fate.ts';
import { messengerKeys, signalKeys, telegramKeys, whatsappKeys } from './ooni-app.ts';
import { dashKeys, dnscheckKeys, ndtKeys, RESOLVERS } from './ooni-performance.ts';
import { psiphonKeys, torKeys } from './ooni-tool.ts';
import { websiteKeys } from './ooni-website.ts';
import { createRng, type Rng } from './rng.ts';
import { type SampleSite, SITES } from './sites.ts';
import { meanRuns, type SampleNetwork, type SamplePlace } from './world.ts';

export interface SampleMeasurement {
  readonly test: SampleTest;
  readonly line: string;
}

interface Client {
  readonly name: string;
  readonly version: string;
  readonly platform: 'android' | 'ios' | 'windows' | 'macos' | 'linux';
}

const client = (name: string, version: string, platform: Client['platform']): Client => ({
  name,
  version,
  platform,
});

/** Clients as they name themselves, with their platform and how common they are here. */
const CLIENTS: readonly (readonly [Client, number])[] = [
  [client('ooniprobe-android', '5.3.1', 'android'), 26],
  [client('ooniprobe-android-unattended', '5.3.1', 'android'), 34],
  [client('ooniprobe-ios', '5.3.1', 'ios'), 8],
  [client('ooniprobe-desktop', '3.9.8', 'windows'), 4],
  [client('ooniprobe-desktop-unattended', '3.9.8', 'macos'), 8],
  [client('ooniprobe-cli-unattended', '3.26.0', 'linux'), 10],
  [client('iThena-ooniprobe', '1.0.0', 'linux'), 8],
  [client('miniooni', '3.26.0', 'linux'), 2],
];

/** Share of runs over a mobile network. */
const MOBILE = { android: 0.4, ios: 0.3, windows: 0, macos: 0, linux: 0 } as const;

const VERSIONS: Readonly<Record<SampleTest, string>> = {
  web_connectivity: '0.5.28',
  telegram: '0.3.1',
  whatsapp: '0.12.0',
  facebook_messenger: '0.2.1',
  signal: '0.2.5',
  psiphon: '0.6.0',
  tor: '0.4.1',
  ndt: '0.10.0',
  dash: '0.14.0',
  dnscheck: '0.9.2',
};

interface Run {
  readonly place: SamplePlace;
  readonly network: SampleNetwork;
  readonly position: number;
  readonly client: Client;
  readonly mobile: boolean;
  readonly day: Day;
  /** Milliseconds since 1970. */
  readonly start: number;
}

function formatTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

function formatLine(
  run: Run,
  test: SampleTest,
  report: { readonly id: string; readonly start: number },
  at: number,
  input: string | null,
  keys: DumpObject,
  seconds: number,
): string {
  const { client, network, place } = run;
  return JSON.stringify({
    annotations: {
      architecture: client.platform === 'android' ? 'arm64' : 'amd64',
      engine_name: 'ooniprobe-engine',
      engine_version: '3.26.0',
      network_type: run.mobile ? 'mobile' : 'wifi',
      origin: 'atlas-sample',
      platform: client.platform,
    },
    data_format_version: '0.2.0',
    input,
    measurement_start_time: formatTime(at),
    probe_asn: `AS${network.asn}`,
    probe_cc: place.cc,
    probe_ip: '127.0.0.1',
    probe_network_name: network.name,
    report_id: report.id,
    resolver_asn: `AS${network.asn}`,
    resolver_ip: '192.0.2.53',
    resolver_network_name: network.name,
    software_name: client.name,
    software_version: client.version,
    test_helpers:
      test === 'web_connectivity'
        ? { backend: { address: 'https://th.sample.example', type: 'https' } }
        : null,
    test_keys: keys,
    test_name: test,
    test_runtime: Math.round(seconds * 1000) / 1000,
    test_start_time: formatTime(report.start),
    test_version: VERSIONS[test],
  });
}

function keysOf(
  test: SampleTest,
  input: SampleSite | string | null,
  fate: Fate,
  mbps: number,
  rng: Rng,
): DumpObject {
  switch (test) {
    case 'web_connectivity':
      if (input === null || typeof input === 'string')
        throw new Error('A website test needs a site.');
      return websiteKeys(input, fate, rng);
    case 'telegram':
      return telegramKeys(fate, rng);
    case 'whatsapp':
      return whatsappKeys(fate, rng);
    case 'facebook_messenger':
      return messengerKeys(fate, rng);
    case 'signal':
      return signalKeys(fate, rng);
    case 'psiphon':
      return psiphonKeys(fate, rng);
    case 'tor':
      return torKeys(fate, rng);
    case 'ndt':
      return ndtKeys(fate, mbps, rng);
    case 'dash':
      return dashKeys(fate, mbps, rng);
    case 'dnscheck':
      return dnscheckKeys(typeof input === 'string' ? input : RESOLVERS[0], fate);
  }
}

function inputsOf(test: SampleTest, rng: Rng): readonly (SampleSite | string | null)[] {
  if (test === 'web_connectivity') return rng.draw(SITES, rng.int(5, 9));
  if (test === 'dnscheck') return RESOLVERS;
  return [null];
}

function* measureRun(
  run: Run,
  episodes: readonly Episode[],
  rng: Rng,
): Generator<SampleMeasurement> {
  const tests: SampleTest[] = [
    'web_connectivity',
    'telegram',
    'whatsapp',
    'facebook_messenger',
    'signal',
    'psiphon',
    'tor',
    'ndt',
    'dash',
    'dnscheck',
  ];
  const slow = episodes.find((one) => one.throughput !== null && isUnderWay(one, run.day));
  const mbps = run.network.mbps * (slow?.throughput ?? 1);
  let clock = run.start;
  for (const test of tests) {
    if (!rng.chance(SAMPLE_TESTS[test].share)) continue;
    const start = clock;
    const stamp = formatTime(start).replace(/[-:]/g, '').replace(' ', 'T');
    const id = `${stamp}Z_${test.replaceAll('_', '')}_${run.place.cc}_${run.network.asn}_n1_${rng.text(16)}`;
    for (const input of inputsOf(test, rng)) {
      const domain = input === null || typeof input === 'string' ? null : input.domain;
      const attempt = { day: run.day, test, network: run.position, domain };
      const fate =
        test === 'ndt' || test === 'dash' || test === 'dnscheck'
          ? rng.chance(SAMPLE_TESTS[test].failed)
            ? FAILED
            : OK
          : decideFate(attempt, episodes, run.place, rng);
      const seconds = 0.5 + 3 * rng.unit();
      const keys = keysOf(test, input, fate, mbps, rng);
      const text = input === null || typeof input === 'string' ? input : input.input;
      yield { test, line: formatLine(run, test, { id, start }, clock, text, keys, seconds) };
      clock += Math.ceil(seconds) * 1000;
    }
  }
}

function isUnderWay(one: Episode, day: Day): boolean {
  return one.phases.some(
    ({ firstDay, lastDay }) => firstDay <= day && (lastDay === null || day <= lastDay),
  );
}

/**
 * Measurements of one country or territory on one UTC day. A day depends on the seed, the place and the date
 * alone, never on what was generated before it. `episodes`: those of this place.
 */
export function* measureDay(
  place: SamplePlace,
  day: Day,
  episodes: readonly Episode[],
  seed: number,
): Generator<SampleMeasurement> {
  const mean = meanRuns(place, day);
  if (mean === 0) return;
  const rng = createRng(seed, 'ooni', place.cc, day);
  const networks = place.networks.map((network, position): [[SampleNetwork, number], number] => [
    [network, position],
    network.weight,
  ]);
  const runs = rng.poisson(mean);
  for (let index = 0; index < runs; index += 1) {
    const [network, position] = rng.weighted(networks);
    const software = rng.weighted(CLIENTS);
    // Runs start early enough to end on the same day.
    const start = millisOfDay(day) + rng.int(0, 23 * 3600 + 3000) * 1000;
    const mobile = rng.chance(MOBILE[software.platform]);
    const run = { place, network, position, client: software, mobile, day, start };
    yield* measureRun(run, episodes, rng);
  }
}
