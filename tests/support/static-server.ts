/** A plain static host on a free local port: what the site must be able to live on, and nothing more. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';

export interface StaticServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: string;
  readonly close: () => Promise<void>;
}

interface HeaderRule {
  readonly matches: (pathname: string) => boolean;
  readonly headers: readonly (readonly [string, string])[];
}

/**
 * Serves `folder` under `base` (`/` or `/sub/`). Response headers come from the folder's own `_headers`
 * file, read as static hosts read it: a path pattern per line, indented `Name: value` lines below it.
 */
export async function serveStatic(folder: string, base = '/'): Promise<StaticServer> {
  const rules = readHeaderRules(path.join(folder, '_headers'));
  const prefix = base.replace(/\/$/, '');
  const serve = sirv(folder, { dev: true, etag: true });
  // Links of 100 kB are part of the tests.
  const server = createServer({ maxHeaderSize: 512 * 1024 }, (request, response) => {
    const url = request.url ?? '/';
    if (prefix !== '' && url !== prefix && !url.startsWith(`${prefix}/`)) {
      response.writeHead(404).end('outside the base path');
      return;
    }
    // Browsers resolve such an address before they ask; many hosts refuse those who do not.
    if (url.includes('/../')) {
      response.writeHead(400).end('not resolved');
      return;
    }
    const inside = url.slice(prefix.length);
    request.url = inside === '' ? '/' : inside;
    const pathname = request.url.split(/[?#]/)[0] ?? '/';
    for (const rule of rules) {
      if (!rule.matches(pathname)) continue;
      for (const [name, value] of rule.headers) response.setHeader(name, value);
    }
    serve(request, response, () => {
      const missing = path.join(folder, '404.html');
      if (existsSync(missing))
        response.writeHead(404, { 'Content-Type': 'text/html' }).end(readFileSync(missing));
      else response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The test server has no port. Close other servers and run the tests again.');
  }
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function readHeaderRules(file: string): readonly HeaderRule[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const rules: { matches: (pathname: string) => boolean; headers: [string, string][] }[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const header = /^\s+(?:([\w-]+):\s*(.*))$/.exec(line);
    if (header === null) {
      const pattern = line.trim().split('*').map(escapeRegExp).join('.*');
      const expression = new RegExp(`^${pattern}$`);
      rules.push({ matches: (pathname) => expression.test(pathname), headers: [] });
      continue;
    }
    const [, name, value] = header;
    if (name !== undefined && value !== undefined) rules.at(-1)?.headers.push([name, value.trim()]);
  }
  return rules;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
}
