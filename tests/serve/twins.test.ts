import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { get as ask, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatHeaders, headerRules } from '../../site/serve/headers.ts';
import { serveSite, type SiteServer } from '../../site/serve/server.ts';
import { makeTwins, toTwin, wantsTwins } from '../../site/serve/twins.ts';

const PAGE = `<p>${'Kenya '.repeat(400)}</p>`;
const SCRIPT = `const a = ${JSON.stringify('b'.repeat(4000))};`;
const WASM = Buffer.concat([Buffer.from('\0asm'), Buffer.alloc(5000)]);

let folder = '';
let site: SiteServer;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** As it came over the wire. */
  readonly body: Buffer;
}

function get(address: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    ask(`${site.url}${address}`, { headers }, (response) => {
      const parts: Uint8Array[] = [];
      response.on('data', (part: Uint8Array) => parts.push(part));
      response.on('end', () => {
        const { statusCode: status = 0, headers: answered } = response;
        resolve({ status, headers: answered, body: Buffer.concat(parts) });
      });
    }).on('error', reject);
  });
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'atlas-twins-'));
  for (const [file, text] of [
    ['404.html', 'no such page'],
    ['country/KE/index.html', PAGE],
    ['_astro/x.js', SCRIPT],
    ['_astro/x.wasm', WASM],
    ['_astro/small.js', 'let a;'],
    ['embed/x/index.html', PAGE],
    ['data/country/KE/rows.csv', PAGE],
    ['data/feeds/all.xml', PAGE],
    ['data/manifest.json', JSON.stringify(PAGE)],
    ['data/x.parquet', PAGE],
    ['_headers', formatHeaders(headerRules(['country'], ['']))],
  ] as const) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  await makeTwins(folder);
  site = await serveSite(folder, '/', 0);
});
afterAll(async () => {
  site.server.close();
  await rm(folder, { recursive: true });
});

describe('compressed copies', () => {
  it('hold what the file holds, and lie beside what is fetched often and is not small', async () => {
    const names = (await readdir(folder, { recursive: true })).map((name) =>
      name.split(path.sep).join('/'),
    );
    expect(names.filter((name) => name.endsWith('.br')).toSorted()).toEqual([
      '_astro/x.js.br',
      '_astro/x.wasm.br',
      'country/KE/index.html.br',
      'data/feeds/all.xml.br',
      'data/manifest.json.br',
    ]);
    for (const name of names.filter((one) => one.endsWith('.br'))) {
      const plain = await readFile(path.join(folder, name.slice(0, -3)));
      const gz = await readFile(path.join(folder, name.replace(/br$/, 'gz')));
      expect(brotliDecompressSync(await readFile(path.join(folder, name))).equals(plain)).toBe(
        true,
      );
      expect(gunzipSync(gz).equals(plain)).toBe(true);
    }
  });

  it('are the same bytes in two builds', async () => {
    const twin = path.join(folder, 'country/KE/index.html.gz');
    const before = await readFile(twin);
    await makeTwins(folder);
    expect((await readFile(twin)).equals(before)).toBe(true);
  });

  it('are not made of copies, pictures and tables', () => {
    for (const file of ['x.js.br', 'x.js.gz', 'card.png', 'data/x.parquet', 'a.woff2'])
      expect(toTwin(file)).toBe(false);
  });

  it('are left out when told so, and for hosts that would not send them', () => {
    expect(wantsTwins({})).toBe(true);
    expect(wantsTwins({ HOST: 'nginx' })).toBe(true);
    expect(wantsTwins({ TWINS: 'off' })).toBe(false);
    expect(wantsTwins({ HOST: 'cloudflare' })).toBe(false);
  });
});

describe('the preview server', () => {
  it.each([
    ['country/KE/', 'text/html;charset=utf-8'],
    ['_astro/x.js', 'text/javascript'],
    ['_astro/x.wasm', 'application/wasm'],
    ['data/manifest.json', 'application/json'],
  ])('sends %s as its copy to who takes one, with the type of the file', async (address, type) => {
    const br = await get(address, { 'accept-encoding': 'gzip, deflate, br' });
    const gz = await get(address, { 'accept-encoding': 'gzip' });
    const plain = await get(address, {});
    expect([br, gz, plain].map(({ headers }) => headers['content-encoding'])).toEqual([
      'br',
      'gzip',
      undefined,
    ]);
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
    expect(gunzipSync(gz.body).equals(plain.body)).toBe(true);
    for (const { headers, body } of [br, gz, plain]) {
      expect(headers['content-type']).toBe(type);
      expect(headers.vary).toBe('Accept-Encoding');
      expect(headers['content-length']).toBe(String(body.length));
    }
    const tags = [br, gz, plain].map(({ headers }) => headers.etag);
    expect(new Set(tags).size).toBe(3);
  });

  it('sends the headers of the page with its copy, and answers its tag', async () => {
    const takes = { 'accept-encoding': 'br' };
    const { headers } = await get('country/KE/', takes);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    const again = await get('country/KE/', { ...takes, 'if-none-match': headers.etag ?? '' });
    expect(again.status).toBe(304);
    const other = await get('country/KE/', { 'if-none-match': headers.etag ?? '' });
    expect(other.status).toBe(200);
  });

  it('sends pieces of the file itself', async () => {
    const piece = await get('_astro/x.js', { 'accept-encoding': 'br, gzip', range: 'bytes=0-4' });
    expect([piece.status, piece.body.toString()]).toEqual([206, 'const']);
    expect(piece.headers['content-encoding']).toBeUndefined();
    expect(piece.headers['content-range']).toBe(`bytes 0-4/${String(SCRIPT.length)}`);
  });

  it('takes a refusal of an encoding as one', async () => {
    const refused = await get('_astro/x.js', { 'accept-encoding': 'br;q=0, gzip' });
    expect(refused.headers['content-encoding']).toBe('gzip');
    const none = await get('_astro/x.js', { 'accept-encoding': 'br;q=0.0, gzip; q=0, identity' });
    expect(none.headers['content-encoding']).toBeUndefined();
  });

  it('sends a file without copy as it is', async () => {
    const { headers, body } = await get('data/country/KE/rows.csv', { 'accept-encoding': 'br' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(body.toString()).toBe(PAGE);
  });
});
