/** Pages in further languages: nothing of ours is left in English, nothing is too long, and links stay in the language. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../data-build/words/languages.ts';
import { readFeed } from '../audit/read-feed.ts';
import { deadLinks, htmlFiles } from '../support/crawl.ts';
import { findEnglish, listEnglish } from '../support/english-left.ts';
import { firstPage } from '../support/entity-pages.ts';
import { buildLanguagesSite } from '../support/site-build.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';
import { findViolationsOfWords } from './accessibility.ts';
import { unfold, unfoldAll } from './filtering.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { pageKinds } from './page-kinds.ts';
import { useBrowser } from './visit.ts';

const TAGS = ['qps', 'qps-rtl'] as const;
const { dist } = await buildLanguagesSite(console.log);
const visit = useBrowser();
let server: StaticServer | null = null;
beforeAll(async () => {
  server = await serveStatic(dist);
});
afterAll(() => server?.close());
const open = (where: string, width: number) =>
  visit(`${server?.origin ?? ''}/${where}`, { viewport: { width, height: 900 } });

const KINDS = pageKinds(dist, ['NZ', 'UY']);

/** What a person wrote stands in the head of its page in the language of that person. */
const WRITTEN = /^finding\/\S+ (?:html head|description|og:|twitter:|citation_title)/;

describe('the search for English', () => {
  const html =
    '<p>⟦Ţéššţ⟧</p><p translate="no">as published</p><p>⟦ñ \u2068example.org\u2069⟧ 12 %</p>';

  it('passes over data that are marked, and over other letters', () => {
    expect(listEnglish(html)).toEqual([]);
  });

  it.each([
    '<p>One planted sentence.</p>',
    '<p>⟦Ţéššţ⟧ and more</p>',
    '<button aria-label="Close"></button>',
    '<img alt="A map">',
    '<input placeholder="Find">',
    '<svg><text>Tests</text></svg>',
    '<p>⟦Ţ \u2068tests with signs\u2069⟧</p>',
    '<meta name="description" content="What tests showed">',
  ])('finds %s', (planted) => {
    expect(listEnglish(html + planted)).toHaveLength(1);
  });
});

it('a language that this browser has no data of has words of its own for days and numbers', async () => {
  const { page, close } = await open('', 360);
  const locales = LANGUAGES.filter(({ standIn }) => standIn === undefined).map(
    ({ locale, days }) => [locale, days] as const,
  );
  const unknown = await page.evaluate(
    (wanted) =>
      wanted.filter(
        ([locale, days]) =>
          Intl.NumberFormat.supportedLocalesOf(locale).length === 0 ||
          Intl.DateTimeFormat.supportedLocalesOf(days).length === 0,
      ),
    locales,
  );
  expect(unknown).toEqual([]);
  await close();
});

describe('the next release', () => {
  it('is named at the foot of every page, in its language', () => {
    const told: Readonly<Record<string, string>> = {
      qps: '\u20683 Ιουλίου 2026\u2069.⟧',
      'qps-rtl': '\u2068٣ يوليو ٢٠٢٦\u2069.⟧',
    };
    for (const file of htmlFiles(dist)) {
      const html = readFileSync(file, 'utf8');
      // Frames, and pages that lead on, have no foot.
      if (!html.includes('<footer')) continue;
      const foot = parse(html).querySelector('body > footer')?.text;
      const where = path.relative(dist, file);
      const [tag = ''] = where.split(path.sep);
      const line = told[tag] ?? 'The next release is expected by 3 July 2026.';
      expect(foot, where).toContain(line);
    }
  });
});

describe.each(TAGS)('%s', (tag) => {
  const folder = path.join(dist, tag);
  const read = (file: string): string => readFileSync(file, 'utf8');
  const files = htmlFiles(folder);

  it('has every part of the search that its words ask for, in its letters', () => {
    const first: { readonly shards: readonly string[] } = JSON.parse(
      read(path.join(folder, 'search.json')),
    );
    expect(first.shards).toContain('other');
    for (const shard of first.shards) {
      const part: { readonly events: readonly (readonly [string, string])[] } = JSON.parse(
        read(path.join(folder, `search/${shard}.json`)),
      );
      expect(part.events.length, shard).toBeGreaterThan(0);
      expect(part.events.map(([, title]) => title).filter((title) => !title.includes('⟦'))).toEqual(
        [],
      );
    }
  });

  it('has every page that English has', () => {
    const names = (where: string) =>
      htmlFiles(where)
        .map((file) => path.relative(where, file))
        .filter((name) => !/^(?:embed|404|qps)/.test(name));
    expect(names(folder)).toEqual(names(dist));
  });

  it('has no English left', () => {
    const found = files
      .flatMap((file) =>
        listEnglish(read(file)).map((line) => `${path.relative(folder, file)} ${line}`),
      )
      .filter((line) => !WRITTEN.test(line));
    expect(found.slice(0, 30)).toEqual([]);
  });

  it('leads to pages of its own, says what it is, and names the others', () => {
    for (const file of files) {
      const root = parse(read(file));
      const where = path.relative(dist, file);
      expect(root.querySelector('html')?.getAttribute('lang'), where).toBe(tag);
      expect(root.querySelector('html')?.getAttribute('dir'), where).toBe(
        tag === 'qps-rtl' ? 'rtl' : 'ltr',
      );
      const astray = root
        .querySelectorAll('a[href^="/"]:not([hreflang])')
        .map((link) => link.getAttribute('href') ?? '')
        .filter((href) => !href.startsWith(`/${tag}/`) && !/^\/(?:data|embed)\//.test(href));
      expect(astray, where).toEqual([]);
      // What leads on is not offered in other languages.
      const leadsOn = root.querySelector('meta[name="robots"]') !== null;
      if (leadsOn || where.endsWith('frame/index.html')) continue;
      const others = root
        .querySelectorAll('link[hreflang]')
        .map((link) => link.getAttribute('hreflang'));
      expect(others, where).toEqual(['en', ...TAGS, 'x-default']);
    }
  });

  it('has feeds in its words, with the events of the English ones and links to its own pages', () => {
    const feeds = path.join(folder, 'feeds');
    const names = readdirSync(feeds, { recursive: true, encoding: 'utf8' });
    const told = names.filter((name) => name.endsWith('feed.json'));
    expect(told.length).toBeGreaterThan(3);
    for (const name of told) {
      const [own, english] = [feeds, path.join(dist, 'data/feeds')].map((where) =>
        readFeed(name, read(path.join(where, name))),
      );
      expect(own?.map(({ id }) => id)).toEqual(english?.map(({ id }) => id));
      for (const { title, text } of own ?? [])
        expect([findEnglish(title), findEnglish(text)], name).toEqual([null, null]);
    }
    const atoms = names.filter((name) => name.endsWith('atom.xml'));
    expect(atoms.length).toBeGreaterThan(told.length);
    for (const name of atoms) {
      const xml = read(path.join(feeds, name));
      expect(xml).toContain(`xml:lang="${tag}"`);
      for (const [, href = ''] of xml.matchAll(/type="text\/html" href="([^"#]+)/g)) {
        const { pathname } = new URL(href, `https://atlas.example/${tag}/feeds/${name}`);
        expect(pathname.startsWith(`/${tag}/`), href).toBe(true);
        expect(existsSync(path.join(dist, pathname, 'index.html')), href).toBe(true);
      }
    }
    const page = parse(read(path.join(folder, 'country/UY/index.html')));
    const links = page.querySelectorAll('a[href$="atom.xml"]');
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(link.getAttribute('href')).toMatch(`/${tag}/feeds/`);
  });

  it('what scripts say is said in it, too', async () => {
    const { page, complaints, close } = await open(`${tag}/country/UY/`, 1280);
    const figure = page.locator('#outcomes');
    await unfold(page, '#outcomes');
    await figure.locator('svg.wide .marks').first().waitFor({ state: 'attached' });
    await figure.locator('[data-series-key="ok"]').first().click();
    await figure.locator('[data-action="show-whole"]').waitFor();
    const html = await figure.evaluate((element) => element.outerHTML);
    expect(listEnglish(html)).toEqual([]);
    await page.locator('.search-box input').fill('UY');
    const option = page.locator('[role="option"]').first();
    await option.waitFor();
    const kind = (await option.locator('.kind').textContent()) ?? '';
    expect(findEnglish(kind.replace('UY', ''))).toBe(null);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${tag}/country/UY/`);
    expect(complaints).toEqual([]);
    await close();
  });
});

// Words are as long in one pseudo-language as in the other; this one is also laid out from the other side.
it('pages of every kind fit a phone and every reader', async () => {
  const { page, complaints, goOn, close } = await open('qps-rtl/', 360);
  for (const where of KINDS) {
    await goOn(`${server?.origin ?? ''}/qps-rtl/${where}`);
    expect.soft(await findLayoutFaults(page), where).toEqual([]);
    // Places with much on their page take long to look at; one with little has the same parts.
    if (/NZ|UY/.test(where)) continue;
    await unfoldAll(page);
    expect.soft(await findViolationsOfWords(page), where).toEqual([]);
  }
  expect(complaints).toEqual([]);
  await close();
});

describe('frames of a language', () => {
  const frames = path.join(dist, 'embed/qps-rtl');

  it('are whole, in its words and from its side', () => {
    const files = htmlFiles(frames);
    expect(files.length).toBeGreaterThan(20);
    expect(files.length).toBe(
      htmlFiles(path.join(dist, 'embed')).filter((file) => !file.includes('embed/qps')).length,
    );
    for (const file of files) {
      const html = readFileSync(file, 'utf8');
      expect(listEnglish(html), file).toEqual([]);
      expect(html).toMatch(/^<!doctype html>\n<html lang="qps-rtl" dir="rtl"/);
    }
  });

  it('are not there where nobody asked for them', () => {
    expect(readdirSync(path.join(dist, 'embed'))).not.toContain('qps');
  });

  it('take the place of the first language where the address asks, and lead back', async () => {
    const { page, close } = await open('embed/country/UY/outcomes/?lang=qps-rtl&theme=dark', 720);
    await page.waitForURL('**/embed/qps-rtl/country/UY/outcomes/*/?lang=qps-rtl&theme=dark');
    expect(await findLayoutFaults(page)).toEqual([]);
    await page.goto(page.url().replace('lang=qps-rtl', 'lang=en'));
    await page.waitForURL('**/embed/country/UY/outcomes/*/?lang=en&theme=dark');
    await close();
  });

  it('are what the pages of the language offer, and those of another offer too', async () => {
    const { page, close } = await open('qps-rtl/country/UY/', 1280);
    await unfold(page, '#outcomes');
    await page.locator('#outcomes [data-action="embed"]').click();
    const languages = page.locator('dialog select[name="lang"]');
    await languages.waitFor();
    const code = page.locator('dialog textarea').first();
    expect(await code.inputValue()).toContain('/qps-rtl/country/UY/outcomes/');
    await languages.selectOption('en');
    expect(await code.inputValue()).toMatch(
      /iframe src="[^"]+\d\/embed\/country\/UY\/outcomes\/[0-9a-f]{10}\/\?controls=off"/,
    );
    await close();
  });
});

it('no address of any page leads nowhere', () => {
  expect(deadLinks(dist, '/')).toEqual([]);
});

it('pages of all languages share the files of their figures', () => {
  const names = (where: string) =>
    /data-figures="([^"]+)"/.exec(readFileSync(path.join(dist, where, 'index.html'), 'utf8'))?.[1];
  for (const kind of [
    'country/UY/',
    firstPage(dist, 'domain'),
    firstPage(dist, 'network'),
    firstPage(dist, 'event'),
  ]) {
    expect(names(kind)).toBeDefined();
    for (const tag of TAGS) expect(names(`${tag}/${kind}`)).toBe(names(kind));
  }
});
