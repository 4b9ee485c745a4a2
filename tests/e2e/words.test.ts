/** Wording rules over every page: numbers with their denominators and dates, no stronger word than the data allow. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import en from '../../site/i18n/en.json' with { type: 'json' };
import { htmlFiles } from '../support/crawl.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { buildDumpSite } from '../support/site-build.ts';
import {
  findBareRates,
  findForbiddenWords,
  findRatesBelowFloor,
  toBlocks,
} from '../support/wording.ts';

/** Pages that explain rules instead of reporting numbers. */
const EXPLAINING = /^(?:methods|privacy|about|data|query|404)\b/;

function checkWords(distOf: () => string): void {
  const pages = () =>
    htmlFiles(distOf()).map((file) => ({
      name: path.relative(distOf(), file),
      html: readFileSync(file, 'utf8'),
    }));
  const complain = (
    find: (html: string) => readonly string[],
    keep: (name: string) => boolean = () => true,
  ) =>
    pages()
      .filter(({ name }) => keep(name))
      .flatMap(({ name, html }) => find(html).map((text) => `${name}: ${text}`))
      .slice(0, 20);
  const reports = (name: string) => !EXPLAINING.test(name);

  it('no percentage stands without its denominator and its dates', () => {
    expect(complain(findBareRates, reports)).toEqual([]);
  });

  it('nothing is called blocked or censored, and no state is the subject', () => {
    expect(complain(findForbiddenWords)).toEqual([]);
  });

  it('no rate is shown below the floor', () => {
    expect(complain(findRatesBelowFloor, reports)).toEqual([]);
  });

  it('every page has title, description and the same words for previews', () => {
    const wrong = pages().flatMap(({ name, html }) => {
      const title = /<title>([^<]+)<\/title>/.exec(html)?.[1] ?? '';
      const words = /<meta name="description" content="([^"]+)"/.exec(html)?.[1] ?? '';
      const preview = /<meta property="og:description" content="([^"]+)"/.exec(html)?.[1] ?? '';
      return title !== '' && words.length > 20 && words === preview ? [] : [name];
    });
    expect(wrong.filter((name) => !name.startsWith('embed/'))).toEqual([]);
  });
}

describe('the sample site', () => {
  const site = inject('site');
  checkWords(() => site.dist);

  it('is marked as synthetic on every page', () => {
    const silent = htmlFiles(site.dist).filter(
      (file) => !readFileSync(file, 'utf8').includes(en['site.synthetic']),
    );
    expect(silent).toEqual([]);
  });

  it('says what can safely be said with copies that carry the mark', () => {
    const copies = htmlFiles(site.dist).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\sdata-copy(?=[\s>])[^>]*>([^<]*)</g)].map(
        (m) => m[1] ?? '',
      ),
    );
    expect(copies.length).toBeGreaterThan(20);
    expect(copies.filter((text) => !text.trim().startsWith('SYNTHETIC SAMPLE'))).toEqual([]);
  });
});

describeWithSharedData('a site from real dumps', 'ooni/kenya-telegram-2024', (dumps) => {
  let dist = '';
  beforeAll(async () => {
    ({ dist } = await buildDumpSite('kenya', dumps, console.log));
  }, 300_000);
  checkWords(() => dist);

  it('is nowhere marked as synthetic', () => {
    const marked = htmlFiles(dist).filter((file) =>
      /SYNTHETIC|synthetic sample/i.test(toBlocks(readFileSync(file, 'utf8')).join('\n')),
    );
    expect(marked.map((file) => path.relative(dist, file))).toEqual([]);
  });
});
