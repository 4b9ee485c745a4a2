/** facebook_messenger. Rules: ooni/backend core.py, score_measurement_facebook_messenger. */
import { formatTally } from './endpoints.ts';
import { commonFailure } from './failure-class.ts';
import { asObjects, isMissing, listOrNull, objectOrNull, valueAt } from './python-values.ts';
import type { JsonObject } from '../parse/json.ts';
import { type Scorer, toTestScore } from './test-score.ts';

const DNS_KEYS = [
  'facebook_b_api_dns_consistent',
  'facebook_b_graph_dns_consistent',
  'facebook_edge_dns_consistent',
  'facebook_external_cdn_dns_consistent',
  'facebook_scontent_cdn_dns_consistent',
  'facebook_star_dns_consistent',
  'facebook_stun_dns_consistent',
] as const;
const TCP_KEYS = [
  'facebook_b_api_reachable',
  'facebook_b_graph_reachable',
  'facebook_edge_reachable',
  'facebook_external_cdn_reachable',
  'facebook_scontent_cdn_reachable',
  'facebook_star_reachable',
] as const;
/** Checks that decide whether the probe's own summary is wrong; the two content networks are left out. */
const EXEMPT = '_cdn_';

/** Scores Messenger: half a point for each check that failed; more than one is an anomaly. */
export const scoreFacebookMessenger: Scorer = (keys) => {
  const dns = tallyChecks(keys, DNS_KEYS);
  const tcp = tallyChecks(keys, TCP_KEYS);
  const dnsBlocking = valueAt(keys, 'facebook_dns_blocking');
  const tcpBlocking = valueAt(keys, 'facebook_tcp_blocking');
  // Some probes report DNS blocking although every check they made says otherwise.
  const contradicted =
    dnsBlocking === true &&
    tcpBlocking === false &&
    [...DNS_KEYS, ...TCP_KEYS].every((key) => key.includes(EXEMPT) || valueAt(keys, key) === true);
  const dnsHits = dns.failed + (dnsBlocking === true ? 1 : 0);
  const tcpHits = tcp.failed + (tcpBlocking === true ? 1 : 0);
  const score = contradicted ? 0 : (dnsHits + tcpHits) / 2;
  const rule =
    score <= 0.5
      ? 'facebook_messenger.reachable'
      : dnsHits >= tcpHits
        ? 'facebook_messenger.dns_failed'
        : 'facebook_messenger.tcp_failed';
  return toTestScore(score, [rule], {
    detail: `dns_consistent=${formatTally(dns)},reachable=${formatTally(tcp)}`,
    failure_class: score > 0.5 ? failureOf(keys, dnsHits >= tcpHits) : null,
  });
};

function tallyChecks(
  keys: JsonObject,
  names: readonly string[],
): { reachable: number; failed: number } {
  let reachable = 0;
  let failed = 0;
  for (const name of names) {
    const value = valueAt(keys, name);
    if (value === true) reachable += 1;
    else if (value === false) failed += 1;
  }
  return { reachable, failed };
}

function failureOf(keys: JsonObject, dnsFirst: boolean) {
  const queries = asObjects(listOrNull(keys, 'queries')) ?? [];
  const connects = asObjects(listOrNull(keys, 'tcp_connect')) ?? [];
  const dns = commonFailure(queries.map((query) => valueAt(query, 'failure')));
  const tcp = commonFailure(
    connects.map((connect) => {
      const failure = valueAt(objectOrNull(connect, 'status') ?? {}, 'failure');
      return isMissing(failure) ? null : failure;
    }),
  );
  return dnsFirst ? (dns ?? tcp) : (tcp ?? dns);
}
