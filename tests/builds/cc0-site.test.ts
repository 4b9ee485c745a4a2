/**
 * The CC0 edition: built from dumps of everybody, it holds nothing of those whose data are not CC0. Its data are the
 * same bytes as if OONI’s dumps had not been there, so no number in them, and in the pages drawn from them, is OONI’s;
 * and no text of the site names OONI or another licence, not even as something left out. Scripts are not looked at:
 * they are the same for every edition and hold the words of all. The site is built of two releases, one after the other,
 * as it is where it is published.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { formatPsiphonUsage, formatTorUsage } from '../../data-build/sample/tool-usage.ts';
import { createWorld, worldDays, type SampleWorld } from '../../data-build/sample/world.ts';
import { hashFile } from '../../data-build/hash.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { deadLinks } from '../support/crawl.ts';
import { scratchInTree } from '../support/scratch.ts';
import { ROOT, runScript } from '../support/site-build.ts';
import { isFixed } from '../../site/export/embed-links.ts';
import { newestFrame } from '../support/frames.ts';

const OONI = path.join(ROOT, 'tests/builds/telegram-in-the-bucket-tree/dumps');
/** So few places that the whole site takes seconds. */
const PLACES = new Set(['KE', 'IR']);
const quiet = (): void => undefined;

/** The earlier release ends before this day. */
const MIDDLE = '2026-06-20';
const SITE = { SITE_URL: 'https://atlas.example' };

const folder = scratchInTree('cc0');
let earlier: readonly string[];
const dist = (): string => path.join(folder, 'dist');

/** M-Lab’s daily statistics in the publisher’s own form: eight buckets a day. */
function formatSpeed(world: SampleWorld): string {
  return JSON.stringify(
    worldDays(world).flatMap((day, index) =>
      Array.from({ length: 8 }, (_, bucket) => ({
        date: day,
        country_code: 'KE',
        bucket_min: bucket,
        bucket_max: bucket + 1,
        dl_samples_day: 200 + (index % 7),
        dl_samples_bucket: 25,
        download_MED: 7.5 + (index % 10) / 10,
      })),
    ),
  );
}

function writeDumps(dumps: string, withOoni: boolean): void {
  const world = createWorld('small');
  const few = { ...world, places: world.places.filter(({ cc }) => PLACES.has(cc)) };
  const put = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(dumps, name)), { recursive: true });
    writeFileSync(path.join(dumps, name), text);
  };
  put('tor/userstats-relay-country.csv', formatTorUsage(few, 1));
  put('psiphon/circumvention-usage.csv', formatPsiphonUsage(few, 1));
  put('mlab/histogram_daily_stats.json', formatSpeed(few));
  if (withOoni) cpSync(OONI, path.join(dumps, 'ooni'), { recursive: true });
}

async function buildEarlier(data: string): Promise<void> {
  const out = path.join(folder, 'dist-earlier');
  await runScript(quiet, 'build', ['--outDir', out], { ...SITE, DATA_DIR: data });
  earlier = (await listFiles(out)).filter((name) => isFixed(name));
}

/** Files of the site that a reader or a program reads as text. */
async function readTexts(): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const names = (await listFiles(dist())).filter((name) =>
    /\.(?:html|xml|json|jsonld|svg|ics|csv|txt|css)$|SHA256SUMS|_headers/.test(name),
  );
  return names.map((name) => ({ name, text: readFileSync(path.join(dist(), name), 'utf8') }));
}

beforeAll(async () => {
  const makeData = async (name: string, withOoni: boolean): Promise<void> => {
    const dumps = path.join(folder, `dumps-${name}`);
    writeDumps(dumps, withOoni);
    const out = path.join(folder, `data-${name}`);
    const run = async (...more: readonly string[]): Promise<void> =>
      runScript(
        quiet,
        'data',
        ['--licence', 'cc0', '--dumps', dumps, '--out', out, '--keep', '1', ...more],
        {},
      );
    await run('--until', MIDDLE);
    if (name === 'with') await buildEarlier(out);
    await run();
  };
  await Promise.all([makeData('with', true), makeData('without', false)]);
  await runScript(quiet, 'build', ['--outDir', dist()], {
    ...SITE,
    DATA_DIR: path.join(folder, 'data-with'),
    PICTURES: 'off',
  });
});

it('holds the same bytes as if OONI’s dumps had not been there', async () => {
  const [made, bare] = [path.join(folder, 'data-with'), path.join(folder, 'data-without')];
  const names = (await listFiles(made)).filter((name) => !name.includes('/embeds/'));
  expect(names).toEqual(await listFiles(bare));
  expect(names.some((name) => name.startsWith('throughput_daily/'))).toBe(true);
  expect(names.some((name) => name.startsWith('circumvention_daily/licence=cc0/'))).toBe(true);
  for (const name of names)
    expect(await hashFile(path.join(made, name)), name).toBe(await hashFile(path.join(bare, name)));
});

it('names neither OONI nor a licence other than CC0, in any page, feed, list, embed or picture', async () => {
  const texts = await readTexts();
  const kinds = ['country/KE/index.html', 'about/index.html', 'data/dictionary.json', 'oembed/'];
  for (const kind of [...kinds, '.svg', 'embed/country/', 'atom.xml', 'events.ics'])
    expect(
      texts.some(({ name }) => name.includes(kind)),
      kind,
    ).toBe(true);
  const told = texts.flatMap(({ name, text }) =>
    [...text.matchAll(/ooni|by-nc|non-?commercial|by permission|psiphon-permission/gi)].map(
      (match) => `${name}: ${text.slice(Math.max(0, match.index - 60), match.index + 40)}`,
    ),
  );
  expect(told).toEqual([]);
  const about = texts.find(({ name }) => name === 'about/index.html')?.text ?? '';
  expect(about).toContain('M-Lab');
  expect(about).toContain('Tor Metrics');
});

it('shows no chart, page or table of interference', async () => {
  const texts = await readTexts();
  const charts = texts.flatMap(({ text }) =>
    [...text.matchAll(/data-chart="([\w-]+)"/g)].map(([, name = '']) => name),
  );
  // The last two are the empty frames of the chart builder and the console.
  const known = ['witnesses', 'tool-use', 'throughput', 'world', 'explore', 'result'];
  expect(new Set(charts)).toEqual(new Set(known));
  const names = (await listFiles(dist())).filter((name) =>
    /^(?:network|domain|test)\/|^data\/(?:interference|measurements|domain|network\/)/.test(name),
  );
  expect(names).toEqual([]);
});

it('holds the fixed embeds of the release before byte for byte, and once', async () => {
  for (const end of ['.png', '.svg', '/index.html'])
    expect(
      earlier.some((name) => name.endsWith(end)),
      end,
    ).toBe(true);
  for (const name of earlier)
    expect(await hashFile(path.join(dist(), name)), name).toBe(
      await hashFile(path.join(folder, 'dist-earlier', name)),
    );
  const all = await listFiles(dist());
  const newest = newestFrame(dist(), 'country/KE/', 'witnesses');
  expect(earlier).not.toContain(`${newest}index.html`);
  expect(all).toContain(`${newest}index.html`);
  expect(all.filter((name) => /^data\/.*embed/.test(name))).toEqual([]);
});

it('has a picture beside each embed and page, of the size that heads promise', () => {
  const fixed = earlier.find((name) => /\/country\/KE\/.*\.png$/.test(name)) ?? '';
  for (const name of [fixed, 'embed/country/KE/card.png']) {
    const bytes = readFileSync(path.join(folder, 'dist-earlier', name));
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], name).toEqual([1200, 628]);
    expect(bytes.length).toBeLessThan(120_000);
    // A card names the host alone; a picture of a chart its whole address.
    expect(bytes.toString('latin1')).toContain(
      name.endsWith('card.png') ? new URL(SITE.SITE_URL).host : SITE.SITE_URL,
    );
  }
  const html = readFileSync(path.join(folder, 'dist-earlier/country/KE/index.html'), 'utf8');
  const card = `${SITE.SITE_URL}/embed/country/KE/card.png`;
  expect(html).toContain(`property="og:image" content="${card}"`);
  expect(html).toMatch(new RegExp(`<a [^>]*href="/${fixed}"[^>]*>\\s*PNG`));
});

it('has no link inside that leads nowhere', () => {
  expect(deadLinks(dist(), '/')).toEqual([]);
});
