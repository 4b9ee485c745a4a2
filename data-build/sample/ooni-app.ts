/** Messaging apps: telegram, whatsapp, facebook_messenger, signal. */
import type { DumpObject } from './dump-json.ts';
import type { BlockingMethod } from '../contract/vocabulary.ts';
import type { Fate } from './fate.ts';
import { addressOf, dnsQuery, httpRequest, tcpConnect, tlsHandshake } from './ooni-exchange.ts';
import type { Rng } from './rng.ts';

const PAGE = { code: 200, body: '', headers: {} };
const TIMEOUT = 'generic_timeout_error';

function methodOf(fate: Fate): BlockingMethod | null {
  return fate.kind === 'interfered' ? fate.method : null;
}

/** Five data centers on two ports, and the web version. Blocked endpoints: eight to ten of ten. */
export function telegramKeys(fate: Fate, rng: Rng): DumpObject {
  const method = methodOf(fate);
  const endpoints = ['dc1', 'dc2', 'dc3', 'dc4', 'dc5'].flatMap((name) =>
    [80, 443].map((port) => ({ ip: addressOf(`${name}.telegram`), port })),
  );
  const dead = method === 'app_endpoints' ? rng.int(8, 10) : rng.chance(0.06) ? 1 : 0;
  const failures = endpoints.map((_, index) => (index < dead ? TIMEOUT : null));
  const webFailure = method === 'app_web' ? 'connection_reset' : null;
  const web = 'https://web.telegram.org/';
  const webAddress = addressOf('web.telegram.org');
  return {
    queries: [dnsQuery('web.telegram.org', webAddress, null)],
    requests: [
      ...endpoints.map(({ ip, port }, index) => {
        const failure = failures[index] ?? null;
        const url = port === 80 ? `http://${ip}/` : `http://${ip}:${port}/`;
        return fate.kind === 'failed' && index === 0
          ? { failure: null, request: { method: 'POST' }, response: {} }
          : httpRequest('POST', url, failure, failure === null ? { ...PAGE, code: 404 } : null);
      }),
      httpRequest('GET', web, webFailure, webFailure === null ? PAGE : null),
    ],
    tcp_connect: endpoints.map(({ ip, port }, index) =>
      tcpConnect(ip, port, failures[index] ?? null),
    ),
    tls_handshakes: [tlsHandshake(`${webAddress}:443`, 'web.telegram.org', webFailure)],
    telegram_http_blocking: dead === endpoints.length,
    telegram_tcp_blocking: dead === endpoints.length,
    telegram_web_failure: webFailure,
    telegram_web_status: webFailure === null ? 'ok' : 'blocked',
  };
}

/** Endpoints, the registration server and the web version. */
export function whatsappKeys(fate: Fate, rng: Rng): DumpObject {
  const method = methodOf(fate);
  const endpoints = [1, 4, 7, 11, 16].map((number) => `e${number}.whatsapp.net`);
  const endpointFailure = method === 'app_endpoints' ? TIMEOUT : null;
  const registrationFailure =
    method === 'app_registration' ? rng.pick(['connection_reset', TIMEOUT]) : null;
  const webFailure = method === 'app_web' ? 'connection_reset' : null;
  const requests = [
    httpRequest('GET', 'https://web.whatsapp.com/', webFailure, webFailure === null ? PAGE : null),
    httpRequest(
      'GET',
      'https://v.whatsapp.net/v2/register',
      registrationFailure,
      registrationFailure === null ? PAGE : null,
    ),
  ];
  const status = (failure: string | null) => (failure === null ? 'ok' : 'blocked');
  return {
    queries: endpoints.map((name) => dnsQuery(name, addressOf(name), null)),
    requests: fate.kind === 'failed' ? null : requests,
    tcp_connect: endpoints.flatMap((name) =>
      [443, 5222].map((port) => tcpConnect(addressOf(name), port, endpointFailure)),
    ),
    registration_server_failure: registrationFailure,
    registration_server_status: status(registrationFailure),
    whatsapp_endpoints_blocked: endpointFailure === null ? [] : endpoints,
    whatsapp_endpoints_dns_inconsistent: [],
    whatsapp_endpoints_status: status(endpointFailure),
    whatsapp_web_failure: webFailure,
    whatsapp_web_status: status(webFailure),
  };
}

/** Six endpoints, each judged by DNS and by TCP. A blocked app shows on at least two of them. */
export function messengerKeys(fate: Fate, rng: Rng): DumpObject {
  const method = methodOf(fate);
  const names = ['b_api', 'b_graph', 'edge', 'external_cdn', 'scontent_cdn', 'star'];
  const hit = new Set(method === null ? [] : rng.draw(names, rng.int(3, 6)));
  const byDns = method === 'dns';
  const hosts = names.map((name) => ({
    name,
    host: `${name.replace('_', '-')}.facebook.com`,
    dns: !(byDns && hit.has(name)),
    // Where the name does not resolve, the connection is not tried.
    tcp: byDns && hit.has(name) ? null : !hit.has(name),
  }));
  return {
    queries: hosts.map(({ host, dns }) =>
      dnsQuery(host, dns ? addressOf(host) : null, dns ? null : 'dns_nxdomain_error'),
    ),
    tcp_connect: hosts.flatMap(({ host, tcp }) =>
      tcp === null ? [] : [tcpConnect(addressOf(host), 443, tcp ? null : TIMEOUT)],
    ),
    ...Object.fromEntries(
      hosts.flatMap(({ name, dns, tcp }) => [
        [`facebook_${name}_dns_consistent`, dns],
        [`facebook_${name}_reachable`, tcp],
      ]),
    ),
    facebook_stun_dns_consistent: true,
    facebook_stun_reachable: null,
    facebook_dns_blocking: byDns,
    facebook_tcp_blocking: method !== null && !byDns,
  };
}

/** One verdict for the whole back end, with the failure that led to it. */
export function signalKeys(fate: Fate, rng: Rng): DumpObject {
  const blocked = fate.kind === 'interfered';
  const host = 'chat.signal.org';
  const address = addressOf(host);
  const tls = blocked && rng.chance(0.7) ? 'connection_reset' : null;
  const tcp = blocked && tls === null ? TIMEOUT : null;
  const failure = tcp ?? tls;
  return {
    failed_operation: fate.kind === 'failed' ? 'top_level' : null,
    failure: fate.kind === 'failed' ? 'interrupted' : null,
    queries: [dnsQuery(host, address, null)],
    requests: [httpRequest('GET', `https://${host}/`, failure, failure === null ? PAGE : null)],
    tcp_connect: [tcpConnect(address, 443, tcp)],
    tls_handshakes: tcp === null ? [tlsHandshake(`${address}:443`, host, tls)] : [],
    signal_backend_failure: failure,
    signal_backend_status: failure === null ? 'ok' : 'blocked',
  };
}
