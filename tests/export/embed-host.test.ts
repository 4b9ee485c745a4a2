/** `embed.js` in the page of somebody else: which frames it makes as high as they say. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../../data-build/words/languages.ts';

const SCRIPT = stripTypeScriptTypes(
  readFileSync(path.join(import.meta.dirname, '../../site/embed/host.ts'), 'utf8'),
);
const HOME = 'https://atlas.example/atlas/';

/** The height of a frame that shows `src` after it said 640. */
function heightOf(src: string, origin = 'null'): string | undefined {
  const contentWindow = { postMessage: () => undefined };
  const style: { height?: string } = {};
  const frame = { src, contentWindow, style };
  let hear: (event: object) => void = () => undefined;
  class HTMLScriptElement {
    src = `${HOME}embed.js`;
  }
  runInNewContext(SCRIPT, {
    URL,
    HTMLScriptElement,
    document: { currentScript: new HTMLScriptElement(), querySelectorAll: () => [frame] },
    addEventListener: (_type: string, listener: typeof hear) => {
      hear = listener;
    },
  });
  const data = { type: 'interference-atlas:height', id: 'x', height: 640, v: 1 };
  hear({ origin, source: contentWindow, data });
  return style.height;
}

it.each([
  'embed/country/KE/outcomes/',
  'embed/fa/country/KE/outcomes/0123456789/',
  'explore/frame/?since=-90d',
  ...LANGUAGES.map(({ tag }) => `${tag}/explore/frame/?since=-90d`),
])('a frame of %s grows', (place) => {
  expect(heightOf(`${HOME}${place}`)).toBe('640px');
});

it.each([
  'https://atlas.example/embed/country/KE/outcomes/',
  'https://other.example/atlas/embed/country/KE/outcomes/',
  `${HOME}country/KE/`,
  `${HOME}country/KE/explore/frame/`,
  `${HOME}embedded/`,
])('a frame of %s stays as it is', (src) => {
  expect(heightOf(src)).toBeUndefined();
});

it('words of a third origin are not heard', () => {
  expect(heightOf(`${HOME}embed/world/`, 'https://other.example')).toBeUndefined();
});
