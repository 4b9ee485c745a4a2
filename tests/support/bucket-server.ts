/**
 * A local server with the plain listing of an S3 bucket, and faults on request. Objects are served with
 * ranges and entity tags; what goes wrong, and how often, is scripted per path.
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault =
  /** Status with an optional Retry-After in seconds. */
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  /** The body is cut after this many bytes, though the header promises all. */
  | { readonly kind: 'cut'; readonly after: number }
  /** The bytes are not the ones listed. */
  | { readonly kind: 'corrupt' }
  /** Nothing more comes after this many bytes, and the connection stays open. */
  | { readonly kind: 'silent'; readonly after: number }
  /** More bytes than listed, under the same entity tag. */
  | { readonly kind: 'longer' }
  /** It was listed, but is not there. */
  | { readonly kind: 'gone' };

export interface BucketServer {
  readonly url: string;
  readonly requests: {
    readonly method: string;
    readonly path: string;
    readonly range: string | null;
    /** What it was answered with. */
    readonly status: () => number;
  }[];
  /** The most requests that were under way at once. */
  readonly peak: () => number;
  /** Faults are used up one per request to that path. */
  readonly fail: (path: string, ...faults: Fault[]) => void;
  /** Another version of an object. */
  readonly put: (path: string, body: string) => void;
  readonly close: () => Promise<void>;
}

/** How objects tell their versions apart: by entity tag, by a date that counts their versions, or not at all. */
export type Versions = 'etag' | 'date' | 'none';

const PAGE = 1000;

export async function startBucket(
  given: ReadonlyMap<string, Buffer>,
  versions: Versions = 'etag',
): Promise<BucketServer> {
  const objects = new Map(given);
  const changes = new Map<string, number>();
  const requests: BucketServer['requests'] = [];
  const faults = new Map<string, Fault[]>();
  let open = 0;
  let peak = 0;
  const server = createServer((request, response) => {
    open += 1;
    peak = Math.max(peak, open);
    response.on('close', () => (open -= 1));
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = decodeURIComponent(url.pathname.slice(1));
    requests.push({
      method: request.method ?? '',
      path: `${name}${url.search}`,
      range: request.headers.range ?? null,
      status: () => response.statusCode,
    });
    const fault = faults.get(name)?.shift();
    if (fault?.kind === 'status') {
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      response.writeHead(fault.status, headers).end();
    } else if (url.searchParams.has('list-type')) {
      sendListing(objects, url, response);
    } else {
      const body = objects.get(name);
      if (body === undefined || fault?.kind === 'gone') response.writeHead(404).end();
      else sendObject(body, versionOf(versions, body, changes.get(name)), request, response, fault);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/`,
    requests,
    peak: () => peak,
    fail: (path, ...more) => faults.set(path, [...(faults.get(path) ?? []), ...more]),
    put(name, body) {
      objects.set(name, Buffer.from(body));
      changes.set(name, (changes.get(name) ?? 0) + 1);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

export function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function versionOf(versions: Versions, body: Buffer, changes = 0): Record<string, string> {
  if (versions === 'etag') return { etag: etagOf(body) };
  if (versions === 'none') return {};
  return { 'last-modified': new Date(Date.UTC(2024, 0, 1 + changes)).toUTCString() };
}

function isHeld(version: Record<string, string>, { headers }: IncomingMessage): boolean {
  const { etag, 'last-modified': modified } = version;
  if (etag !== undefined) return headers['if-none-match'] === etag;
  return modified !== undefined && headers['if-modified-since'] === modified;
}

function sendObject(
  body: Buffer,
  version: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | undefined,
): void {
  if (isHeld(version, request)) {
    response.writeHead(304, version).end();
    return;
  }
  const etag = etagOf(body);
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? Number.NaN);
  const partial = from < body.length && request.headers['if-range'] === etag;
  const rest = partial ? body.subarray(from) : body;
  const sent = fault?.kind === 'longer' ? Buffer.concat([rest, Buffer.from('more')]) : rest;
  response.writeHead(partial ? 206 : 200, { ...version, 'content-length': sent.length });
  if (request.method === 'HEAD') response.end();
  else if (fault?.kind === 'cut') {
    response.write(sent.subarray(0, fault.after), () => response.destroy());
  } else if (fault?.kind === 'silent') {
    response.write(sent.subarray(0, fault.after));
  } else if (fault?.kind === 'corrupt') response.end(Buffer.alloc(sent.length, 1));
  else response.end(sent);
}

function sendListing(
  objects: ReadonlyMap<string, Buffer>,
  url: URL,
  response: ServerResponse,
): void {
  const prefix = url.searchParams.get('prefix') ?? '';
  const delimiter = url.searchParams.get('delimiter');
  const after = url.searchParams.get('continuation-token') ?? '';
  const names = [...objects.keys()].filter((name) => name.startsWith(prefix)).toSorted();
  const common = new Set<string>();
  const plain: string[] = [];
  for (const name of names) {
    const rest = name.slice(prefix.length);
    const cut = delimiter === null ? -1 : rest.indexOf(delimiter);
    if (cut === -1) plain.push(name);
    else common.add(prefix + rest.slice(0, cut + 1));
  }
  const page = plain.filter((name) => name > after).slice(0, PAGE);
  const last = page[page.length - 1];
  const truncated = last !== undefined && plain.some((name) => name > last);
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>${truncated}</IsTruncated>` +
      (truncated ? `<NextContinuationToken>${escapeXml(last)}</NextContinuationToken>` : '') +
      page.map((name) => contents(name, objects.get(name) ?? Buffer.alloc(0))).join('') +
      [...common]
        .map((each) => `<CommonPrefixes><Prefix>${escapeXml(each)}</Prefix></CommonPrefixes>`)
        .join('') +
      '</ListBucketResult>',
  );
}

function contents(name: string, body: Buffer): string {
  const etag = escapeXml(etagOf(body));
  return `<Contents><Key>${escapeXml(name)}</Key><Size>${body.length}</Size><ETag>${etag}</ETag></Contents>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
