/**
 * A publisher is a folder, a line in each of two registries, and its words: one that gives something new, a daily index, is added to
 * a copy of the tree, and reaches the timeline of a place, the map, the downloads and the feeds.
 */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { checkMirror } from '../../site/serve/mirror-check.ts';
import { copyTree } from '../support/other-machine.ts';
import { scratchFolder } from '../support/scratch.ts';
import { day } from '../support/days.ts';
import { ROOT, runScript } from '../support/site-build.ts';

const OONI = path.join(ROOT, 'tests/builds/telegram-in-the-bucket-tree/dumps');
const root = scratchFolder('added-publisher');
const tree = path.join(root, 'tree');
const at = (...names: readonly string[]): string => path.join(root, ...names);
const read = (...names: readonly string[]): string => readFileSync(at(...names), 'utf8');

function insertLine(file: string, after: string, line: string): void {
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(after);
  writeFileSync(file, text.replace(after, `${after}\n${line}`));
}

/** The tree as it is, with the folder put in its place, named in both registries and given its words. */
function addPublisher(): void {
  copyTree(tree);
  const folder = path.join(tree, 'data-build/publishers/example-observatory');
  cpSync(path.join(ROOT, 'tests/builds/example-observatory'), folder, { recursive: true });
  const contract = path.join(tree, 'data-build/contract/publishers.ts');
  insertLine(contract, 'const BY_ID = {', "  'example-observatory': EXAMPLE_OBSERVATORY,");
  insertImport(contract, 'EXAMPLE_OBSERVATORY', '../publishers/example-observatory/publisher.ts');
  const kinds = path.join(tree, 'data-build/publishers/dump-kinds.ts');
  insertLine(kinds, 'DumpKinds>> = {', "  'example-observatory': EXAMPLE_DUMPS,");
  insertImport(kinds, 'EXAMPLE_DUMPS', './example-observatory/dumps.ts');
  const said = readFileSync(path.join(folder, 'words.json'), 'utf8').trim().slice(2, -2);
  insertLine(path.join(tree, 'data-build/words/en/sources.json'), '{', `${said},`);
}

function insertImport(file: string, name: string, from: string): void {
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(/^import /m, `import { ${name} } from '${from}';\nimport `));
}

const FIRST = day('2024-09-01');
/** Ten days without much of a connection in one of six places. */
const OUTAGE = { place: 'KE', from: 60, to: 70 };

function formatIndex(): string {
  const rows = Array.from({ length: 80 }, (_, index) =>
    ['KE', 'UG', 'TZ', 'RW', 'ET', 'SO'].flatMap((place) => {
      const isOut = place === OUTAGE.place && index >= OUTAGE.from && index < OUTAGE.to;
      const day = addDays(FIRST, index);
      return [
        `${day},${place},connectivity,${isOut ? 12 : 90 + (index % 5)}`,
        `${day},${place},reach,50`,
      ];
    }),
  );
  return `date,country,indicator,value\n${rows.flat().join('\n')}\n`;
}

const dist = (...names: readonly string[]): string => read('dist', ...names);

beforeAll(async () => {
  addPublisher();
  const dumps = at('dumps');
  cpSync(OONI, path.join(dumps, 'ooni'), { recursive: true });
  writeFileSync(path.join(dumps, 'index.csv'), formatIndex());
  const data = at('data');
  const run = async (
    script: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<void> => runScript(() => undefined, script, args, env, tree);
  await run('data', ['--dumps', dumps, '--out', data], {});
  await run('verify', [data], {});
  await run('build', ['--outDir', at('dist')], { DATA_DIR: data, PICTURES: 'off' });
}, 400_000);

describe('a publisher added by one folder', () => {
  it('is named in the manifest with its licence, dump and days', () => {
    const { sources } = JSON.parse(read('data', 'manifest.json'));
    expect(sources).toContainEqual(
      expect.objectContaining({
        id: 'example-observatory',
        licence: 'CC0-1.0',
        rows_out: 960,
        since: FIRST,
        until: addDays(FIRST, 80),
      }),
    );
  });

  it('has a row of the timeline of a place, with what was detected in it', () => {
    const page = dist('country', 'KE', 'index.html');
    expect(page).toContain('class="track witness-indicators"');
    expect(page).toContain('Connectivity index (Example Observatory)');
    expect(page).toContain('Connectivity index in Kenya: drop');
    expect(page).toContain('Example Observatory connectivity index (https://observatory.example/)');
    expect(dist('country', 'UG', 'index.html')).toContain('class="track witness-indicators"');
  });

  it('has a layer of the map for each indicator, as a file of its own licence', () => {
    const front = dist('index.html');
    // Alone here, so its first is the one that is shown.
    expect(front).toMatch(/<figure[^>]*data-chart="world"[^]*data-witness="indicators"/);
    expect(front).toContain('value="example-observatory-reach"');
    for (const indicator of ['reach', 'connectivity']) {
      const layer = JSON.parse(dist('world', `example-observatory-${indicator}.json`));
      expect(layer).toMatchObject({
        publishers: [{ name: 'Example Observatory' }],
        figures: { world: { request: { series: `example-observatory-${indicator}` } } },
      });
    }
    expect(dist('world', 'example-observatory-reach.json')).toMatch(/"KE",50\]/);
    expect(dist('world', 'example-observatory-connectivity.json')).toContain('"drop"');
  });

  it('is offered as files, from the page of the place', () => {
    const file = 'data/country/KE/indicators_daily-cc0.csv';
    const csv = dist(file);
    expect(csv).toContain('https://observatory.example/');
    expect(csv.split('\n').filter((line) => !line.startsWith('#'))).toHaveLength(162);
    expect(dist('country', 'KE', 'index.html')).toContain(`/${file}"`);
  });

  it('is told in the feeds', () => {
    const feed = JSON.parse(dist('data', 'feeds', 'cc0', 'country', 'KE', 'feed.json'));
    const entry = expect.objectContaining({ title: 'Connectivity index in Kenya: drop' });
    expect(feed).toMatchObject({ items: expect.arrayContaining([entry]) });
  });

  it('makes a site that works under any name, though it was built without one', () => {
    const { base, pages, faults } = checkMirror(at('dist'));
    expect(faults).toEqual([]);
    expect(base).toBe('/');
    expect(pages).toBeGreaterThan(20);
  });
});
