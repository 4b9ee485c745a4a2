/** The list of files beside the page of a place: it answers as the whole manifest does, and what is seen is drawn first. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, inject, it } from 'vitest';
import { toCountryCode, type CountryCode } from '../../data-build/contract/brands.ts';
import type { Manifest } from '../../data-build/contract/manifest.ts';
import { catalogFiles } from '../../site/catalog/files.ts';
import { readManifest } from '../../site/catalog/manifest.ts';
import { isOfPlace } from '../../site/catalog/place-files.ts';
import { loadManifest } from '../../site/engine/build-data.ts';
import { openNodeEngine } from '../../site/engine/duckdb-node.ts';
import { DRAWN_FIGURES, PRINTED_FIGURES } from '../../site/figures/registry.ts';
import { askFigure } from '../../site/figures/ask-figure.ts';
import type { Chosen } from '../../site/figures/figure.ts';
import { releaseOf, toRequest } from '../../site/figures/request.ts';
import { toFrame } from '../../site/figures/page-days.ts';
import { EMPTY_STATE } from '../../site/state/parameters.ts';
import { countryCodes } from '../support/country-pages.ts';
import { bar, choose, expectDrawn } from './filtering.ts';
import { answered } from './turn.ts';
import { useBrowser } from './visit.ts';

const visit = useBrowser();
const { dist, data } = inject('site');
const places = countryCodes(dist).flatMap((code) => toCountryCode(code) ?? []);
const [heaviest] = places;

/** Null: a place that nobody tested has no filters. */
function ownFiles(place: CountryCode): Manifest | null {
  const folder = path.join(dist, 'country', place);
  const name = readdirSync(folder).find((file) => file.endsWith('.files.json'));
  return name === undefined
    ? null
    : readManifest(readFileSync(path.join(folder, name), 'utf8'), name);
}

it('answers every question of the filters as the whole manifest does', async () => {
  const all = await loadManifest(data);
  const engine = await openNodeEngine(data);
  const { since, until } = all;
  if (since === null || until === null) throw new Error('The sample has no days.');
  let rows = 0;
  for (const probeCc of places.filter((_, at) => at % 5 === 0)) {
    const own = ownFiles(probeCc);
    if (own === null) continue;
    expect(JSON.stringify(own).length).toBeLessThan(JSON.stringify(all).length / 4);
    const page = { probeCc, since, until, shown: { since, until } };
    const { frame } = toFrame(EMPTY_STATE, page);
    const chosen: Chosen = { filter: { probe_asn: [], test_name: [] }, frame, hasDays: true };
    const answerFrom = async (manifest: Manifest): Promise<readonly unknown[]> => {
      const answers: unknown[] = [];
      for (const figure of [...DRAWN_FIGURES, ...PRINTED_FIGURES]) {
        if (figure.follow === undefined) continue;
        const subject = { kind: 'country', probeCc } as const;
        const request = toRequest(figure, { subject, release: releaseOf(all) });
        const made = await askFigure(
          async (query, scope) => {
            const { files } = isOfPlace(query, scope, probeCc) ? manifest : all;
            for (const table of query.tables)
              await engine.open(table, catalogFiles({ files }, { ...scope, table }));
            const found = await engine.run(query);
            rows += found.length;
            return found;
          },
          figure,
          figure.follow(request, chosen),
        );
        answers.push([figure.name, made?.answer ?? null]);
      }
      return answers;
    };
    expect(await answerFrom(own), probeCc).toEqual(await answerFrom(all));
  }
  expect(rows).toBeGreaterThan(1000);
  await engine.close();
});

it('draws what is seen first, and marks the rest until it is there', async () => {
  const { page, requests, close } = await visit(`country/${String(heaviest)}/`, {
    viewport: { width: 1280, height: 2400 },
  });
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/data/measurements/**', async (route) => {
    await held;
    await route.continue();
  });
  const before = requests.length;
  await choose(page, 'test_name', 'web_connectivity');
  const busy = page.locator('figure[aria-busy]');
  await busy.first().waitFor({ state: 'attached' });
  await expectDrawn(page);
  // A browser asks an HTTP/1.1 host for six files at a time.
  const scripts = new Set(requests.slice(before).filter((url) => url.endsWith('.js')));
  expect(scripts.size, [...scripts].join('\n')).toBeLessThanOrEqual(10);
  expect(await page.locator('figure[data-chart]:not([aria-busy])').count()).toBeGreaterThan(0);
  release();
  await answered(bar(page));
  expect(await busy.count()).toBe(0);
  expect(requests.filter((url) => url.endsWith('data/manifest.json'))).toEqual([]);
  expect(requests.some((url) => url.endsWith('.files.json'))).toBe(true);
  await close();
});
