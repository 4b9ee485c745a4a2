/** web_connectivity 0.5: one website, seen by the probe and by the test helper. */
import type { DumpObject } from './dump-json.ts';
import type { BlockingMethod } from '../contract/vocabulary.ts';
import type { Fate } from './fate.ts';
import {
  addressOf,
  dnsQuery,
  httpRequest,
  type SampleResponse,
  tcpConnect,
  tlsHandshake,
} from './ooni-exchange.ts';
import type { Rng } from './rng.ts';
import type { SampleSite } from './sites.ts';

/** What the probe met on its way; the test helper always gets through. */
interface Way {
  readonly dns: string | null;
  readonly answer: string | null;
  readonly consistent: boolean;
  readonly tcp: string | null;
  readonly tls: string | null;
  readonly http: string | null;
  readonly page: SampleResponse | null;
  /** Test keys `blocking` and `x_blocking_flags` (ooni/probe-cli, web_connectivity LTE). */
  readonly blocking: string | false;
  readonly flags: number;
}

function honestPage(domain: string): SampleResponse {
  return {
    code: 200,
    body: `<html><head><title>${domain}</title></head><body>Sample page.</body></html>`,
    headers: { 'Content-Type': 'text/html', Server: 'sample' },
  };
}

/** By this text the made-up block page of the sample’s own fingerprint list is known. */
export const BLOCK_PAGE_MARK = 'This page is not available on the sample network.';

const BLOCK_PAGE: SampleResponse = {
  code: 403,
  body: `<html><head><title>Access restricted</title></head><body>${BLOCK_PAGE_MARK}</body></html>`,
  headers: { 'Content-Type': 'text/html', Server: 'sample-filter' },
};

/** What a website sends to visitors it takes for robots. */
const CAPTCHA_PAGE: SampleResponse = {
  code: 403,
  body: '<html><head><title>One moment</title></head><body>Please show that you are no robot.</body></html>',
  headers: { 'Content-Type': 'text/html', Server: 'sample-edge' },
};

function wayOf(method: BlockingMethod | null, domain: string, address: string, rng: Rng): Way {
  const open: Way = {
    dns: null,
    answer: address,
    consistent: true,
    tcp: null,
    tls: null,
    http: null,
    page: honestPage(domain),
    blocking: false,
    flags: 32,
  };
  switch (method) {
    case null:
      return open;
    case 'dns': {
      const dns = rng.weighted([
        [null, 3],
        ['dns_nxdomain_error', 2],
        ['dns_servfail_error', 1],
      ]);
      const answer = dns === null ? '192.0.2.1' : null;
      const tcp = dns === null ? 'generic_timeout_error' : null;
      return {
        ...open,
        ...{ dns, answer, consistent: false, tcp, http: dns ?? tcp, page: null },
        blocking: 'dns',
        flags: 1,
      };
    }
    case 'tcp_ip': {
      const tcp = rng.weighted([
        ['generic_timeout_error', 4],
        ['connection_refused', 1],
      ]);
      return { ...open, tcp, http: tcp, page: null, blocking: 'tcp_ip', flags: 2 };
    }
    case 'tls': {
      const tls = rng.weighted([
        ['connection_reset', 4],
        ['generic_timeout_error', 1],
      ]);
      return { ...open, tls, http: tls, page: null, blocking: 'http-failure', flags: 4 };
    }
    case 'http_diff':
      return { ...open, page: CAPTCHA_PAGE, blocking: 'http-diff', flags: 16 };
    default: {
      const http = rng.weighted([
        ['connection_reset', 3],
        ['eof_error', 1],
        ['generic_timeout_error', 2],
      ]);
      return { ...open, http, page: null, blocking: 'http-failure', flags: 8 };
    }
  }
}

/** Test keys of one website. A TLS fault needs an https input; on a plain one it shows as an HTTP failure. */
export function websiteKeys(site: SampleSite, fate: Fate, rng: Rng): DumpObject {
  const { domain, input } = site;
  const secure = input.startsWith('https:');
  const address = addressOf(domain);
  const port = secure ? 443 : 80;
  const asked = fate.kind === 'interfered' ? fate.method : null;
  const method =
    asked === 'tls' && !secure
      ? 'http_failure'
      : asked === 'http_diff' && secure
        ? 'http_failure'
        : asked;
  const met = wayOf(method, domain, address, rng);
  const blockPage = method === 'http_diff' && fate.kind === 'interfered' && fate.scripted;
  const way = blockPage ? { ...met, page: BLOCK_PAGE } : met;
  const failed = fate.kind === 'failed';
  const same = way.page !== null && way.blocking === false;
  const fetched = way.page !== null;
  const connected = way.answer !== null && way.tcp === null;
  return {
    queries: [dnsQuery(domain, way.answer, way.dns)],
    tcp_connect: way.answer === null ? [] : [tcpConnect(way.answer, port, way.tcp)],
    tls_handshakes:
      secure && connected ? [tlsHandshake(`${way.answer}:${port}`, domain, way.tls)] : [],
    requests: [httpRequest('GET', input, way.http, way.page)],
    control_failure: failed ? 'generic_timeout_error' : null,
    control: failed
      ? {}
      : {
          dns: { addrs: [address], failure: null },
          http_request: { body_length: 75, failure: null, status_code: 200, title: domain },
          tcp_connect: { [`${address}:${port}`]: { failure: null, status: true } },
        },
    dns_experiment_failure: way.dns,
    dns_consistency: failed ? null : way.consistent ? 'consistent' : 'inconsistent',
    http_experiment_failure: way.http,
    body_length_match: failed || !fetched ? null : same,
    body_proportion: same ? 1 : 0,
    headers_match: failed || !fetched ? null : same,
    status_code_match: failed || !fetched ? null : same,
    title_match: failed || !fetched ? null : same,
    accessible: failed ? null : same,
    blocking: failed ? null : way.blocking,
    x_blocking_flags: failed ? 0 : way.flags,
    x_dns_flags: way.consistent ? 0 : way.dns === null ? 4 : 2,
    x_null_null_flags: 0,
  };
}
