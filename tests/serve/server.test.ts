import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatHeaders, headerRules, headersFor, parseHeaders } from '../../site/serve/headers.ts';
import { serveSite, type SiteServer } from '../../site/serve/server.ts';

const RULES = headerRules(
  ['countries', 'country', 'embed', 'search', 'world', 'findings', 'fa/country', 'fa/findings'],
  ['', 'fa/'],
);

describe('headers', () => {
  it('survive being written and read', () => {
    expect(parseHeaders(formatHeaders(RULES))).toEqual(RULES);
  });

  it('never give one path two policies, which would both hold', () => {
    const anyPath = fc.constantFrom(
      '/',
      '/countries/',
      '/country/KE/',
      '/embed/x/',
      '/data/',
      '/404.html',
      '/fa/',
      '/fa/country/KE/',
      '/fa/explore/',
      '/fa/explore/frame/',
    );
    fc.assert(
      fc.property(anyPath, (pathname) => {
        const policies = RULES.filter(
          (rule) =>
            'Content-Security-Policy' in rule.headers &&
            'Content-Security-Policy' in headersFor([rule], pathname),
        );
        expect(policies).toHaveLength(1);
      }),
    );
  });

  it('let programs of other sites read lists, and give no header twice, which hosts would join', () => {
    for (const file of [
      'status.json',
      'mirrors.json',
      'world/interference-cc0.json',
      ...['', 'fa/'].flatMap((language) =>
        ['places.json', 'search.json', 'search/ke.json', 'findings/atom.xml'].map(
          (name) => `${language}${name}`,
        ),
      ),
    ]) {
      const named = RULES.flatMap((rule) => Object.entries(headersFor([rule], `/${file}`)));
      const names = named.map(([name]) => name);
      expect(names.toSorted(), file).toEqual([...new Set(names)].toSorted());
      expect(named, file).toContainEqual(['Access-Control-Allow-Origin', '*']);
      expect(named, file).toContainEqual(['Cross-Origin-Resource-Policy', 'cross-origin']);
    }
  });

  it('have what embeds and caches need, and the pages of the first language, among the hundred that every host reads', () => {
    const languages = Array.from({ length: 11 }, (_, at) => (at === 0 ? '' : `l${String(at)}/`));
    const pages = Array.from({ length: 24 }, (_, at) => `page-${String(at)}`);
    const all = headerRules(
      languages.flatMap((language) => pages.map((page) => `${language}${page}`)),
      languages,
    );
    const read = all.slice(0, 100);
    expect(all.length).toBeGreaterThan(200);
    for (const place of ['/embed/x/', '/l10/explore/frame/', '/_astro/x.js', '/page-23/KE/', '/'])
      expect(headersFor(read, place), place).toEqual(headersFor(all, place));
  });

  it('let embeds alone be framed, and forbid inline code everywhere', () => {
    const policy = (pathname: string) => headersFor(RULES, pathname)['Content-Security-Policy'];
    expect(policy('/embed/KE/')).toContain('frame-ancestors *');
    expect(policy('/fa/explore/frame/')).toContain('frame-ancestors *');
    expect(policy('/country/KE/')).toContain("frame-ancestors 'none'");
    expect(policy('/country/KE/')).not.toContain('unsafe-inline');
    expect(policy('/country/KE/')).not.toContain("'unsafe-eval'");
  });
});

describe('serveSite', () => {
  let folder = '';
  let site: SiteServer;
  const get = (address: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${site.url}${address}`, { headers });

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'atlas-site-'));
    await mkdir(path.join(folder, 'country/KE'), { recursive: true });
    await mkdir(path.join(folder, 'data'));
    await writeFile(path.join(folder, '404.html'), 'no such page');
    await writeFile(path.join(folder, 'country/KE/index.html'), 'Kenya');
    await writeFile(path.join(folder, 'data/x.parquet'), 'PAR1-----PAR1');
    await writeFile(path.join(folder, '_headers'), formatHeaders(RULES));
    site = await serveSite(folder, '/some/where/', 0);
  });
  afterAll(async () => {
    site.server.close();
    await rm(folder, { recursive: true });
  });

  it('serves folders below the base path with the policy', async () => {
    const response = await get('country/KE/');
    expect(await response.text()).toBe('Kenya');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('answers ranges and entity tags for data', async () => {
    const part = await get('data/x.parquet', { range: 'bytes=0-3' });
    expect(part.status).toBe(206);
    expect(await part.text()).toBe('PAR1');
    expect(part.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    expect(part.headers.get('access-control-allow-origin')).toBe('*');
    const tag = (await get('data/x.parquet')).headers.get('etag') ?? '';
    expect((await get('data/x.parquet', { 'if-none-match': tag })).status).toBe(304);
  });

  it('shows the site’s own page where there is none, and hides its header file', async () => {
    for (const address of ['country/XX/', '_headers', '../']) {
      const response = await get(address);
      expect(response.status).toBe(404);
      expect(await response.text()).toBe('no such page');
    }
  });

  it('lets the page for what is missing be framed below /embed/ alone', async () => {
    for (const [address, ancestors] of [
      ['country/XX/', "frame-ancestors 'none'"],
      ['embed/country/KE/outcomes/0123456789/', 'frame-ancestors *'],
    ] as const) {
      const response = await get(address);
      expect(response.status).toBe(404);
      expect(response.headers.get('content-security-policy')).toContain(ancestors);
    }
  });

  it('says what to do when the port is taken or nothing was built', async () => {
    const port = Number(new URL(site.url).port);
    await expect(serveSite(folder, '/', port)).rejects.toThrow(/in use\. Choose another one/);
    await expect(serveSite(path.join(folder, 'none'), '/', 0)).rejects.toThrow(/npm run build/);
  });
});
