/** Serves a built site the way a static host would: its `_headers`, right types, ranges, entity tags, compressed copies. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import { headersFor, missingHeaders, parseHeaders } from './headers.ts';

/** Bytes of a request’s head: a link can be longer than Node takes by itself, and the page says what it left aside. */
const LONGEST_HEAD = 512 * 1024;

/** Types that the common table of types lacks. */
const TYPES: Readonly<Record<string, string>> = {
  '.parquet': 'application/vnd.apache.parquet',
  '.jsonld': 'application/ld+json',
  '.md': 'text/markdown;charset=utf-8',
};

export interface SiteServer {
  readonly server: Server;
  /** Address of the front page. */
  readonly url: string;
}

/**
 * Serves `folder` below `base` on `port` (0: any free one). Files are listed once, so a later build needs a
 * restart. Rejects with a two-part error when there is no site or the port is taken.
 */
export async function serveSite(folder: string, base: string, port: number): Promise<SiteServer> {
  const notFound = await readFile(path.join(folder, '404.html')).catch(() => {
    throw new Error(`There is no site in ${folder}. Build it first: npm run build.`);
  });
  const rules = parseHeaders(await readFile(path.join(folder, '_headers'), 'utf8').catch(() => ''));
  const answerNotFound = (response: ServerResponse, pathname: string): void => {
    applyHeaders(response, missingHeaders(rules, pathname));
    response.writeHead(404, { 'Content-Type': 'text/html;charset=utf-8' });
    response.end(pathname === '' ? '' : notFound);
  };
  const files = sirv(folder, {
    etag: true,
    brotli: true,
    gzip: true,
    dotfiles: false,
    onNoMatch: (request, response) => {
      answerNotFound(response, request.url ?? '');
    },
    setHeaders: (response, pathname) => {
      applyHeaders(response, headersFor(rules, pathname));
      const type = TYPES[path.extname(pathname)];
      if (type !== undefined) response.setHeader('Content-Type', type);
    },
  });
  const server = createServer({ maxHeaderSize: LONGEST_HEAD }, (request, response) => {
    const url = request.url ?? '/';
    if (!url.startsWith(base)) {
      if (`${url}/` === base) response.writeHead(308, { Location: base }).end();
      else answerNotFound(response, url);
      return;
    }
    request.url = `/${url.slice(base.length)}`;
    if (request.url.startsWith('/_headers')) answerNotFound(response, request.url);
    else {
      request.headers['accept-encoding'] = encodingsFor(request);
      files(request, response);
    }
  });
  const actual = await listen(server, port);
  return { server, url: `http://localhost:${String(actual)}${base}` };
}

/** Encodings in which an answer may come. A piece of a file is always a piece of the file itself, not of its copy. */
function encodingsFor({ headers }: IncomingMessage): string {
  if (headers.range !== undefined) return '';
  const given = [headers['accept-encoding'] ?? ''].flat().join(',').split(',');
  return given.filter((one) => !/;\s*q=0(?:\.0*)?\s*$/.test(one)).join(',');
}

function applyHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

async function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(
              `Port ${String(port)} is in use. Choose another one: PORT=${String(port + 1)} npm start.`,
            )
          : error,
      );
    });
    server.listen(port, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
