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

interface Told {
  readonly name: string;
  readonly text: string;
}

interface Faults {
  readonly bareRates: readonly Told[];
  readonly forbiddenWords: readonly Told[];
  readonly belowFloor: readonly Told[];
  readonly withoutHead: readonly string[];
  /** Pages on which no word says that the data are synthetic; pages on which one does. */
  readonly silent: readonly string[];
  readonly marked: readonly string[];
  /** Sentences that are offered for copying. */
  readonly copies: readonly string[];
}

/** Reads every page of a built site once. */
function readFaults(dist: string): Faults {
  const bareRates: Told[] = [];
  const forbiddenWords: Told[] = [];
  const belowFloor: Told[] = [];
  const withoutHead: string[] = [];
  const silent: string[] = [];
  const marked: string[] = [];
  const copies: string[] = [];
  for (const file of htmlFiles(dist)) {
    const name = path.relative(dist, file);
    const html = readFileSync(file, 'utf8');
    const tell = (text: string): Told => ({ name, text });
    if (!EXPLAINING.test(name)) {
      bareRates.push(...findBareRates(html).map(tell));
      belowFloor.push(...findRatesBelowFloor(html).map(tell));
    }
    forbiddenWords.push(...findForbiddenWords(html).map(tell));
    if (!name.startsWith('embed/') && !hasHead(html)) withoutHead.push(name);
    if (!html.includes(en['site.synthetic'])) silent.push(name);
    if (/SYNTHETIC|synthetic sample/i.test(toBlocks(html).join('\n'))) marked.push(name);
    for (const match of html.matchAll(/\sdata-copy(?=[\s>])[^>]*>([^<]*)</g))
      copies.push(match[1] ?? '');
  }
  return { bareRates, forbiddenWords, belowFloor, withoutHead, silent, marked, copies };
}

function hasHead(html: string): boolean {
  const title = /<title>([^<]+)<\/title>/.exec(html)?.[1] ?? '';
  const words = /<meta name="description" content="([^"]+)"/.exec(html)?.[1] ?? '';
  const preview = /<meta property="og:description" content="([^"]+)"/.exec(html)?.[1] ?? '';
  return title !== '' && words.length > 20 && words === preview;
}

function checkWords(faults: () => Faults): void {
  it('no percentage stands without its denominator and its dates', () => {
    expect(faults().bareRates.slice(0, 20)).toEqual([]);
  });

  it('nothing is called blocked or censored, and no state is the subject', () => {
    expect(faults().forbiddenWords.slice(0, 20)).toEqual([]);
  });

  it('no rate is shown below the floor', () => {
    expect(faults().belowFloor.slice(0, 20)).toEqual([]);
  });

  it('every page has title, description and the same words for previews', () => {
    expect(faults().withoutHead).toEqual([]);
  });
}

describe('the sample site', () => {
  let faults: Faults;
  beforeAll(() => {
    faults = readFaults(inject('site').dist);
  });
  checkWords(() => faults);

  it('is marked as synthetic on every page', () => {
    expect(faults.silent).toEqual([]);
  });

  it('says what can safely be said with copies that carry the mark', () => {
    expect(faults.copies.length).toBeGreaterThan(20);
    expect(faults.copies.filter((text) => !text.trim().startsWith('SYNTHETIC SAMPLE'))).toEqual([]);
  });
});

describeWithSharedData('a site from real dumps', 'ooni/kenya-telegram-2024', (dumps) => {
  let faults: Faults;
  beforeAll(async () => {
    const { dist } = await buildDumpSite('kenya', dumps, console.log);
    faults = readFaults(dist);
  }, 300_000);
  checkWords(() => faults);

  it('is nowhere marked as synthetic', () => {
    expect(faults.marked).toEqual([]);
  });
});
