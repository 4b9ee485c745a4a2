/** Speed and streaming (ndt, dash) and the unscored dnscheck. */
import type { DumpObject } from './dump-json.ts';
import type { Fate } from './fate.ts';
import { addressOf, dnsQuery } from './ooni-exchange.ts';
import type { Rng } from './rng.ts';

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** `mbps`: typical download of the network that day, in Mbit/s; the dump has kbit/s and ms. */
export function ndtKeys(fate: Fate, mbps: number, rng: Rng): DumpObject {
  const rtt = 18 * rng.factor(0.5);
  const failed = fate.kind === 'failed';
  return {
    download: [],
    failure: failed ? 'generic_timeout_error' : null,
    protocol: 7,
    server: { hostname: 'ndt.sample.example', site: 'tst01' },
    summary: failed
      ? {
          avg_rtt: 0,
          download: 0,
          max_rtt: 0,
          min_rtt: 0,
          mss: 0,
          ping: 0,
          retransmit_rate: 0,
          upload: 0,
        }
      : {
          avg_rtt: round(rtt * 1.6),
          download: round(mbps * 1000 * rng.factor(0.4)),
          max_rtt: round(rtt * 3),
          min_rtt: round(rtt),
          mss: 1428,
          ping: round(rtt),
          retransmit_rate: round(0.01 * rng.factor(0.6)),
          upload: round(mbps * 350 * rng.factor(0.4)),
        },
    upload: [],
  };
}

export function dashKeys(fate: Fate, mbps: number, rng: Rng): DumpObject {
  const failed = fate.kind === 'failed';
  return {
    failure: failed ? 'connection_aborted' : null,
    receiver_data: [],
    server: { hostname: 'dash.sample.example', site: 'tst01' },
    simple: failed
      ? { connect_latency: 0, median_bitrate: 0, min_playout_delay: 0 }
      : {
          connect_latency: round(0.03 * rng.factor(0.5)),
          median_bitrate: Math.round(mbps * 900 * rng.factor(0.4)),
          min_playout_delay: 0,
        },
  };
}

export const RESOLVERS = ['dot://dns.example:853/', 'https://dns.example/dns-query'] as const;

export function dnscheckKeys(input: string, fate: Fate): DumpObject {
  const failure = fate.kind === 'failed' ? 'generic_timeout_error' : null;
  const answer = failure === null ? addressOf('example.org') : null;
  return {
    bootstrap: {
      failure: null,
      queries: [dnsQuery('dns.example', addressOf('dns.example'), null)],
    },
    bootstrap_failure: null,
    domain: 'example.org',
    lookups: { [input]: { failure, queries: [dnsQuery('example.org', answer, failure)] } },
  };
}
