/** Where the site is blocked: the copy of one place opens from a disk, and the site works under another name. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { expect, inject, it } from 'vitest';
import { makeFieldPack, MOST_PACK_BYTES } from '../../site/serve/field-pack.ts';
import { checkMirror } from '../../site/serve/mirror-check.ts';
import { scratchFolder } from '../support/scratch.ts';
import { buildLanguagesSite, MIRROR, ROOT, SUB_PATH } from '../support/site-build.ts';
import { serveStatic } from '../support/static-server.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { heaviestCountry } from '../support/country-pages.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const site = inject('site');
const { dist } = site;
const code = heaviestCountry(dist);
const root = scratchFolder('field-pack');

it('holds a page that opens from a disk, with charts, tables and sums', async () => {
  const pack = makeFieldPack(dist, code);
  expect(Buffer.compare(pack, makeFieldPack(dist, code))).toBe(0);
  expect(pack.byteLength).toBeLessThan(MOST_PACK_BYTES);
  const files = Object.entries(unzipSync(pack));
  for (const [name, bytes] of files) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  const folder = path.join(root, `interference-atlas-${code}`);
  const sums = new TextDecoder().decode(
    files.find(([name]) => name.endsWith('SHA256SUMS'))?.[1] ?? new Uint8Array(),
  );
  for (const [name, bytes] of files.filter(([each]) => !each.endsWith('SHA256SUMS'))) {
    const sum = createHash('sha256').update(bytes).digest('hex');
    expect(sums).toContain(`${sum}  ${path.relative(folder, path.join(root, name))}\n`);
  }
  for (const kind of [/data\/.*\.csv$/, /data\/README\.txt$/, /charts\/.*\.svg$/, /README\.txt$/])
    expect(
      files.some(([name]) => kind.test(name)),
      String(kind),
    ).toBe(true);

  const { page, complaints, requests, close } = await visit(
    pathToFileURL(path.join(folder, 'index.html')).href,
    { viewport: { width: 360, height: 800 } },
  );
  expect(requests).toHaveLength(1);
  expect(complaints).toEqual([]);
  expect(await page.locator('h1').innerText()).not.toBe('');
  expect(await page.locator('figure[data-chart] svg:visible').count()).toBeGreaterThan(3);
  expect(await page.locator('table tbody tr').count()).toBeGreaterThan(10);
  expect(await findLayoutFaults(page)).toEqual([]);
  // What the search of the browser finds is seen, in every table.
  for (const table of await page.locator('figure table').all())
    expect(await table.isVisible(), await table.innerText()).toBe(true);
  const links = await page
    .locator('a')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  expect(links.filter((link) => !/^(?:#|data\/|https:|$)/.test(link))).toEqual([]);
  const packed = links.filter((link) => link.startsWith('data/'));
  expect(packed.length).toBeGreaterThan(0);
  for (const link of packed)
    expect(
      files.some(([name]) => name.endsWith(`/${link}`)),
      link,
    ).toBe(true);
  await close();
});

it('is signed with the key that the operator names, for this use alone', () => {
  const key = path.join(root, 'key');
  const out = path.join(root, 'pack.zip');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'operator', '-f', key]);
  const command = ['site/serve/field-pack-command.ts', dist, code, '--out', out, '--key', key];
  execFileSync('node', command, { cwd: ROOT, stdio: 'ignore' });
  const signers = path.join(root, 'signers');
  const publicKey = execFileSync('ssh-keygen', ['-y', '-f', key], { encoding: 'utf8' });
  writeFileSync(signers, `operator ${publicKey}`);
  const verify = (pack: Uint8Array): number | null =>
    spawnSync(
      'ssh-keygen',
      ['-Y', 'verify', '-f', signers, '-I', 'operator', '-n', 'interference-atlas'].concat([
        '-s',
        `${out}.sig`,
      ]),
      { input: pack },
    ).status;
  const pack = makeFieldPack(dist, code);
  expect(verify(pack)).toBe(0);
  expect(verify(pack.subarray(1))).not.toBe(0);
});

it('a place that the site has no page of is said', () => {
  expect(() => makeFieldPack(dist, 'ZZ')).toThrow(/no page of ZZ\.\nName/);
  expect(() => makeFieldPack(dist, '../KE')).toThrow(/no page of/);
});

it('the site works under any name, and what would not is found', () => {
  const { base, pages, addresses, faults } = checkMirror(dist);
  expect(faults).toEqual([]);
  expect(base).toBe(SUB_PATH);
  expect(pages).toBeGreaterThan(50);
  expect(addresses).toBeGreaterThan(1_000);

  const copy = path.join(root, 'copy');
  mkdirSync(copy);
  for (const name of ['_astro', 'index.html', 'about', 'favicon.svg'])
    cpSync(path.join(dist, name), path.join(copy, name), { recursive: true });
  const planted = [
    '<a href="https://atlas.example/some/where/about/">x</a>',
    '<img src="https://elsewhere.example/x.png">',
    '<form action="/other/"></form>',
  ];
  appendFileSync(path.join(copy, 'about/index.html'), planted.join(''));
  // A mirror may lead back to where it came from, if it is told so.
  const listed = ['https://atlas.example/some/where/', 'https://mirror.example/elsewhere/'];
  writeFileSync(path.join(copy, 'mirrors.json'), JSON.stringify({ mirrors: listed }));
  appendFileSync(path.join(copy, 'about/index.html'), `<a href="${listed[0] ?? ''}">x</a>`);
  appendFileSync(path.join(copy, '_astro/planted.js'), 'fetch("https://atlas.example/data/")');
  const found = checkMirror(copy).faults.join('\n');
  for (const fault of ['own name', 'asks another site', 'leads out of', 'planted.js', 'end in'])
    expect(found).toContain(fault);
  expect(found).not.toContain(`${listed[0] ?? ''} leads`);
});

it('names its other addresses at the end of each page, in each language', async () => {
  const other = await buildLanguagesSite(console.log);
  const { mirrors, faults } = checkMirror(other.dist);
  expect(mirrors).toEqual([MIRROR]);
  expect(faults).toEqual([]);
  const server = await serveStatic(other.dist);
  for (const where of ['/about/', '/qps-rtl/about/']) {
    const { page, close } = await visit(`${server.origin}${where}`);
    const named = page.locator('footer a[href^="https://mirror.example"]');
    expect(await named.getAttribute('href')).toBe(MIRROR);
    expect(await named.innerText()).toBe('mirror.example');
    await close();
  }
  await server.close();
});
