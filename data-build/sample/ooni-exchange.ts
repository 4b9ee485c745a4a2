/**
 * The small objects OONI’s test keys are made of, in the shapes of ooni/spec df-001 (HTTP), df-002 (DNS),
 * df-005 (TCP), df-006 (TLS). Addresses are documentation addresses only (RFC 5737).
 */
import type { DumpObject } from './dump-json.ts';
import { hashText } from './rng.ts';

/** One of the 254 addresses of TEST-NET-2, the same for the same name. */
export function addressOf(name: string): string {
  return `198.51.100.${1 + (hashText(name) % 254)}`;
}

export function dnsQuery(
  hostname: string,
  answer: string | null,
  failure: string | null,
): DumpObject {
  return {
    answers:
      answer === null
        ? null
        : [
            {
              answer_type: 'A',
              as_org_name: 'Sample Hosting (synthetic)',
              asn: 64496,
              ipv4: answer,
              ttl: null,
            },
          ],
    engine: 'system',
    failure,
    hostname,
    query_type: 'A',
    resolver_address: '',
  };
}

export function tcpConnect(ip: string, port: number, failure: string | null): DumpObject {
  return { ip, port, status: { failure, success: failure === null } };
}

export function tlsHandshake(
  address: string,
  serverName: string,
  failure: string | null,
): DumpObject {
  return {
    address,
    failure,
    server_name: serverName,
    tls_version: failure === null ? 'TLSv1.3' : '',
  };
}

export interface SampleResponse {
  readonly code: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export function httpRequest(
  method: 'GET' | 'POST',
  url: string,
  failure: string | null,
  response: SampleResponse | null,
): DumpObject {
  return {
    failure,
    request: { body: '', headers: {}, method, url, x_transport: 'tcp' },
    response: {
      body: response?.body ?? '',
      code: response?.code ?? 0,
      headers: response?.headers ?? {},
    },
  };
}
