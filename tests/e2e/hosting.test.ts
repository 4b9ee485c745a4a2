/** The examples of docs/hosting, run: a server that an operator has must serve the site as `npm run preview` does. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { headersFor, parseHeaders } from '../../site/serve/headers.ts';
import { scratchFolder } from '../support/scratch.ts';
import { SUB_PATH } from '../support/site-build.ts';
import { isInstalled, startWebServer, type WebServer } from '../support/web-server.ts';
import { expectChart, frameOf, innerFrame, useOtherSite } from './other-site.ts';
import { consumeOembed, writeConsumerPage } from '../support/oembed-consumer.ts';
import { newestFrame } from '../support/frames.ts';
import { heaviestCountry } from '../support/country-pages.ts';

const site = inject('site');
const scratch = scratchFolder('hosting');
const code = heaviestCountry(site.dist);
const EMBED = newestFrame(site.dist, `country/${code}/`, 'outcomes');
const rules = parseHeaders(readFileSync(path.join(site.dist, '_headers'), 'utf8'));
const { pages, open, origin: otherOrigin } = useOtherSite();

function firstFile(folder: string, ending: string): string {
  const found = readdirSync(path.join(site.dist, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .toSorted()[0];
  if (found === undefined) throw new Error(`${folder} has no file that ends in ${ending}.`);
  return `${folder}/${found}`;
}

const PARQUET = firstFile('data', '.parquet');
/** A path of each kind that has headers of its own, and the type that it is served with. */
const PATHS: readonly (readonly [string, RegExp])[] = [
  ['', /^text\/html/],
  [`country/${code}/`, /^text\/html/],
  ['explore/', /^text\/html/],
  ['explore/frame/', /^text\/html/],
  [EMBED, /^text\/html/],
  ['embed.js', /javascript/],
  ['data/manifest.json', /^application\/json/],
  ['status.json', /^application\/json/],
  ['places.json', /^application\/json/],
  ['search.json', /^application\/json/],
  [firstFile('world', '.json'), /^application\/json/],
  [PARQUET, /^application\/vnd\.apache\.parquet/],
  [firstFile('_astro', '.js'), /javascript/],
  [firstFile('_astro', '.wasm'), /^application\/wasm/],
  [firstFile(`country/${code}`, '.figures.json'), /^application\/json/],
  [`country/${code}/index.md`, /^text\/markdown; ?charset=utf-8/i],
];
const NAMED = [
  'Access-Control-Allow-Origin',
  'Cross-Origin-Resource-Policy',
  'X-Content-Type-Options',
  'Referrer-Policy',
  'Permissions-Policy',
];

describe.each(['nginx', 'caddy'] as const)('%s with our example', (kind) => {
  const there = isInstalled(kind);
  let server: WebServer;
  beforeAll(async () => {
    if (there) server = await startWebServer(kind, site.dist, SUB_PATH);
  });
  afterAll(() => {
    if (there) server.close();
  });
  const get = (place: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${server.origin}${SUB_PATH}${place}`, { headers, redirect: 'manual' });
  const name = (text: string): string =>
    there ? text : `${text} [skipped: ${kind} is not on this machine]`;

  it.skipIf(!there)(name('gives each path the headers and the type it should have'), async () => {
    for (const [place, type] of PATHS) {
      const answer = await get(place);
      const wanted = headersFor(rules, `/${place}`);
      expect(answer.status, place).toBe(200);
      expect(answer.headers.get('content-type'), place).toMatch(type);
      for (const [header, value] of Object.entries(wanted))
        // A content policy is for pages; what else lies in their folders needs none.
        if (header !== 'Content-Security-Policy' ? NAMED.includes(header) : type.test('text/html'))
          expect(answer.headers.get(header), `${header} of ${place}`).toBe(value);
      const cache = answer.headers.get('cache-control');
      if (wanted['Cache-Control'] === undefined) expect(cache, place).toBe('no-cache');
      else expect(cache, place).toBe(wanted['Cache-Control']);
    }
  });

  it.skipIf(!there)(
    name('answers with a part, and with nothing when nothing changed'),
    async () => {
      const whole = readFileSync(path.join(site.dist, PARQUET));
      const part = await get(PARQUET, { Range: 'bytes=4-11' });
      expect(part.status).toBe(206);
      expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(4, 12));
      const tag = (await get('data/manifest.json')).headers.get('etag') ?? '';
      expect(tag).not.toBe('');
      expect((await get('data/manifest.json', { 'If-None-Match': tag })).status).toBe(304);
    },
  );

  it.skipIf(!there)(
    name('leads folders to pages, and other addresses to our own 404'),
    async () => {
      const folder = await get(`country/${code}`);
      expect([301, 308]).toContain(folder.status);
      expect(folder.headers.get('location')).toMatch(new RegExp(`country/${code}/$`));
      const none = await get('no-such-page/');
      expect(none.status).toBe(404);
      expect(await none.text()).toBe(readFileSync(path.join(site.dist, '404.html'), 'utf8'));
      expect(none.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      // A frame that is no longer kept leads on, so articles may frame that page.
      const gone = await get(`embed/country/${code}/outcomes/0123456789/`);
      expect(gone.status).toBe(404);
      expect(await gone.text()).toBe(readFileSync(path.join(site.dist, '404.html'), 'utf8'));
      expect(gone.headers.get('content-security-policy')).toContain('frame-ancestors *');
      expect((await get('no/?/embed/')).headers.get('content-security-policy')).toContain(
        "frame-ancestors 'none'",
      );
      expect((await get('_headers')).status).toBe(404);
    },
  );

  it.skipIf(!there)(name('lets another origin frame an embed'), async () => {
    pages.set(`/${kind}`, frameOf('allow-scripts', `${server.origin}${SUB_PATH}${EMBED}`));
    const watched = await open(`${otherOrigin()}/${kind}`);
    await expectChart(await innerFrame(watched.page));
    const strangers = watched.requests.filter(
      (url) => !url.startsWith(otherOrigin()) && !url.startsWith(server.origin),
    );
    expect(strangers).toEqual([]);
    expect(watched.complaints).toEqual([]);
    await watched.context.close();
  });

  it.skipIf(!there)(
    name('answers oEmbed by the name it was asked by, and 404 for what is none'),
    async () => {
      const home = `${server.origin}${SUB_PATH}`;
      for (const embed of [EMBED, `embed/country/${code}/outcomes/`]) {
        const link = (await get(embed)).headers.get('link') ?? '';
        const found = /^<([^>]+)>; rel="alternate"; type="application\/json\+oembed"$/.exec(link);
        expect(found?.[1]).toBe(`${home}o${embed.replace(/\/$/, '.json')}`);
        const consumed = await consumeOembed(`${home}${embed}`, async (address) =>
          address === `${home}${embed}`
            ? `<link type="application/json+oembed" href="${found?.[1] ?? ''}">`
            : (await fetch(address)).text(),
        );
        expect(consumed.src).toBe(`${home}${embed}?controls=off`);
        pages.set(`/pasted-${kind}`, writeConsumerPage(consumed));
        const watched = await open(`${otherOrigin()}/pasted-${kind}`);
        await expectChart(await innerFrame(watched.page));
        expect(watched.complaints).toEqual([]);
        await watched.context.close();
      }
      const answer = await get(`oembed/country/${code}/outcomes.json`);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect((await get(`country/${code}/`)).headers.get('link')).toBeNull();
      for (const none of ['country/XX/none', 'none', `country/${code}`, 'country/%22%3E%3Cb'])
        expect((await get(`oembed/${none}.json`)).status, none).toBe(404);
    },
  );

  it.skipIf(!there)(name('sends the compressed twin to those who take it'), async () => {
    const page = `country/${code}/index.html`;
    const twin = existsSync(path.join(site.dist, `${page}.gz`));
    const answer = await get(`country/${code}/`, { 'Accept-Encoding': 'gzip' });
    expect(answer.headers.get('content-encoding')).toBe(twin ? 'gzip' : null);
    expect(await answer.text()).toBe(readFileSync(path.join(site.dist, page), 'utf8'));
  });

  it.skipIf(!there)(
    name('finds a slice that is given compressed at its former address'),
    async () => {
      const rows = '# a comment\nday\n2024-11-07\n';
      const slices = path.join(scratch, kind, 'data/country/KE');
      mkdirSync(slices, { recursive: true });
      writeFileSync(path.join(scratch, kind, '404.html'), 'nothing');
      writeFileSync(path.join(slices, 'long.csv.gz'), gzipSync(rows));
      writeFileSync(path.join(slices, 'short.csv'), rows);
      const own = await startWebServer(kind, path.join(scratch, kind), '/');
      const ask = async (name: string, encoding: string) => {
        const headers = { 'Accept-Encoding': encoding };
        const answer = await fetch(`${own.origin}/data/country/KE/${name}`, { headers });
        const bytes = Buffer.from(await answer.arrayBuffer());
        return { status: answer.status, text: toText(bytes) };
      };
      try {
        for (const encoding of ['gzip', 'identity'])
          for (const file of ['long.csv', 'long.csv.gz', 'short.csv'])
            expect(await ask(file, encoding), `${file}, ${encoding}`).toEqual({
              status: 200,
              text: rows,
            });
        expect((await ask('none.csv', 'gzip')).status).toBe(404);
      } finally {
        own.close();
      }
    },
  );
});

/** Compressed or not. */
function toText(bytes: Buffer): string {
  return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
}
