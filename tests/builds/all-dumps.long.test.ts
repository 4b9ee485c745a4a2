/** A site from all real dumps at hand, read as its readers would. Runs where ../shared/data exists. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deadLinks, htmlFiles } from '../support/crawl.ts';
import { describeWithSharedData } from '../support/shared-data.ts';
import { runScript } from '../support/site-build.ts';
import { readFaults, type Faults } from '../support/site-words.ts';

describeWithSharedData('a site from all real dumps', '', (dumps) => {
  let folder: string;
  let faults: Faults;
  const dist = (): string => path.join(folder, 'dist');

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'all-dumps-'));
    const data = path.join(folder, 'data');
    await runScript(console.log, 'data', ['--dumps', dumps, '--out', data], {});
    await runScript(console.log, 'build', ['--outDir', dist()], {
      DATA_DIR: data,
      PICTURES: 'off',
    });
    faults = readFaults(dist());
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has pages, and no link inside that leads nowhere', () => {
    expect(htmlFiles(dist()).length).toBeGreaterThan(1_000);
    expect(deadLinks(dist(), '/')).toEqual([]);
  });

  it('says nothing that the words of the house forbid', () => {
    const { bareRates, forbiddenWords, belowFloor, withoutHead, marked } = faults;
    expect(bareRates.slice(0, 20)).toEqual([]);
    expect(forbiddenWords.slice(0, 20)).toEqual([]);
    expect(belowFloor.slice(0, 20)).toEqual([]);
    expect([...withoutHead, ...marked]).toEqual([]);
  });
});
