/** Large tables may lie on another origin: pages may ask it, and the site itself holds none of them. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { dataAddress } from '../../site/serve/base.ts';
import { contentSecurityPolicy, headerRules, headersFor } from '../../site/serve/headers.ts';
import { leaveLargeTables } from '../../site/serve/large-tables.ts';

const ELSEWHERE = 'https://data.example/atlas/';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('lets pages ask that origin, and no other', () => {
  vi.stubEnv('DATA_URL', '');
  const own = contentSecurityPolicy();
  expect(own).toContain("connect-src 'self';");
  vi.stubEnv('DATA_URL', ELSEWHERE);
  expect(contentSecurityPolicy()).toBe(
    own.replace("connect-src 'self'", "connect-src 'self' https://data.example"),
  );
  const headers = headersFor(headerRules(['country'], ['']), '/country/KE/');
  expect(headers['Content-Security-Policy']).toContain("connect-src 'self' https://data.example;");
});

it.each([
  'data.example/',
  'https://data.example',
  'https://data.example/atlas',
  'https://data.example/atlas/?x=1',
  'https://me@data.example/atlas/',
  'ftp://data.example/',
  "https://data.example/;script-src/'none'/",
])('refuses %s, and says how to write it', (given) => {
  vi.stubEnv('DATA_URL', given);
  expect(dataAddress).toThrow(/not the address of a folder\.\nWrite it whole, with a slash at/);
});

it('takes them out of a built site, kept releases too, and says where they went', async () => {
  const dist = mkdtempSync(path.join(tmpdir(), 'large-tables-'));
  const write = (name: string) => {
    mkdirSync(path.dirname(path.join(dist, name)), { recursive: true });
    writeFileSync(path.join(dist, name), name);
  };
  const gone = [
    'data/measurements/a.parquet',
    'data/domain/a.example/domain_country_weekly.csv',
    'data/releases/v1/domain_country_weekly/b.parquet',
  ];
  const kept = [
    'data/manifest.json',
    'data/networks/n.parquet',
    'data/country/KE/events-cc0.csv',
    'data/releases/v1/manifest.json',
  ];
  for (const name of [...gone, ...kept]) write(name);
  const folders = await leaveLargeTables(dist, '/sub/', ELSEWHERE);
  expect(folders.toSorted()).toEqual([
    'domain',
    'measurements',
    'releases/v1/domain_country_weekly',
  ]);
  for (const name of gone) expect(existsSync(path.join(dist, name)), name).toBe(false);
  for (const name of kept) expect(existsSync(path.join(dist, name)), name).toBe(true);
  const redirects = readFileSync(path.join(dist, '_redirects'), 'utf8').trim().split('\n');
  expect(redirects.toSorted()).toEqual([
    '/sub/data/domain/* https://data.example/atlas/domain/:splat 302',
    '/sub/data/measurements/* https://data.example/atlas/measurements/:splat 302',
    '/sub/data/releases/v1/domain_country_weekly/* https://data.example/atlas/releases/v1/domain_country_weekly/:splat 302',
  ]);
  rmSync(dist, { recursive: true });
});
