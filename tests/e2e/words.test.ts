/** Wording rules over every page: numbers with their denominators and dates, no stronger word than the data allow. */
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { describeWithSharedData } from '../support/shared-data.ts';
import { buildDumpSite } from '../support/site-build.ts';
import { readFaults, type Faults } from '../support/site-words.ts';

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
    expect(faults.copies.filter((text) => !/^synthetic sample/i.test(text.trim()))).toEqual([]);
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
