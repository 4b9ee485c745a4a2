/** Every page of an entity has a twin in plain text beside it that says the same, with release and licence. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'node-html-parser';
import { entityNames } from '../support/entity-pages.ts';
import { expect, inject, it } from 'vitest';
import { readRelease } from './visit.ts';

const site = inject('site');

it.each(['country', 'network', 'domain', 'test', 'theme', 'event'])('/%s/', (kind) => {
  const folder = path.join(site.dist, kind);
  for (const name of entityNames(site.dist, kind)) {
    const page = path.join(folder, name, 'index.html');
    const html = readFileSync(page, 'utf8');
    const text = readFileSync(path.join(folder, name, 'index.md'), 'utf8');
    const root = parse(html);
    const squeeze = (words: string | undefined): string =>
      (words ?? '').replace(/\s+/g, ' ').trim();
    expect(text, page).toContain(`# ${squeeze(root.querySelector('h1')?.textContent)}\n`);
    for (const said of root.querySelectorAll('.lede, figure[data-chart] > [data-part="title"]'))
      expect(squeeze(text), page).toContain(squeeze(said.textContent));
    expect(text, page).toContain(readRelease(site.data));
    expect(text, page).toMatch(/<https:\/\/creativecommons\.org\/\S+>/);
    expect(text, page).toMatch(/synthetic/i);
    expect(text, page).not.toMatch(/<\/|undefined|NaN|\[object/);
    expect(text.length, page).toBeLessThan(html.length / 2);
    expect(root.querySelector('footer a[href="index.md"]'), page).not.toBeNull();
  }
});
