import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import type { Scene } from '../../site/charts/scene.ts';
import { writeFigureSvgs } from '../../site/render/figure.ts';
import { writePicture } from '../../site/render/picture.ts';
import { writeSvg } from '../../site/render/svg-string.ts';

const STYLES = path.resolve(import.meta.dirname, '../../site/styles');
const readStyle = (name: string): string => readFileSync(path.join(STYLES, name), 'utf8');

const hostile: Scene = {
  width: 10,
  height: 10,
  title: '<script>alert("1")</script> & \u0000\ud800',
  desc: ']]> "quoted" \'single\'',
  rows: 1,
  children: [
    {
      type: 'text',
      key: 'name',
      x: 0,
      y: 0,
      text: '<b>&amp;',
      data: { name: '" onload="alert(1)' },
    },
  ],
};

describe('writeSvg', () => {
  it('lets no markup through from data', () => {
    const svg = writeSvg(hostile, { role: 'img', idPrefix: 'x' });
    expect(svg).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; \ufffd\ufffd');
    expect(svg).toContain('data-name="&quot; onload=&quot;alert(1)"');
    expect(svg).toContain('&lt;b&gt;&amp;amp;');
    expect(svg).not.toMatch(/<script|<b>/);
  });

  it('names the drawing for assistive technology, and a second drawing not at all', () => {
    const img = writeSvg(hostile, { role: 'img', idPrefix: 'x' });
    expect(img).toContain('role="img" aria-labelledby="x-t" aria-describedby="x-d"');
    expect(img).toMatch(/<title id="x-t">.*<desc id="x-d">/);
    const hidden = writeSvg(hostile, { role: 'hidden', idPrefix: 'y' });
    expect(hidden).toContain('aria-hidden="true"');
    expect(hidden).not.toMatch(/<title|<desc|role=/);
  });

  it('obeys the policy: no inline style, no script', () => {
    for (const { view, name } of GALLERY_CASES) {
      const { html } = writeFigureSvgs(view, name);
      expect(html).not.toMatch(/ style=|<style|<script| on\w+=/);
    }
  });

  it('has one named drawing per figure, and every id once', () => {
    for (const { view, name } of GALLERY_CASES) {
      const { html } = writeFigureSvgs(view, name);
      expect(html.match(/role="img"/g)?.length).toBe(1);
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, id] of html.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
    }
  });
});

describe('writePicture', () => {
  it('needs nothing from outside and leaves no property open', () => {
    const tokensCss = readStyle('tokens.css');
    const chartsCss = `${readStyle('charts.css')}${readStyle('map.css')}`;
    const none = { eyebrow: '', notes: [], warning: null, sources: [], origin: [] };
    for (const theme of ['light', 'dark'] as const) {
      for (const { view } of GALLERY_CASES) {
        const scene = layoutChart(view, { width: 720 });
        const drawing = { ...scene, svg: writeSvg(scene, { role: 'img', idPrefix: 'chart' }) };
        const { title, subtitle } = view;
        const svg = writePicture({ ...none, language: 'en', title, subtitle }, [drawing], 'wide', {
          theme,
          tokensCss,
          chartsCss,
        });
        expect(svg).not.toContain('var(--');
        expect(svg.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import/);
        expect(svg).toContain(theme === 'light' ? '.paper{fill:#fbfaf7' : '.paper{fill:#15181c');
      }
    }
  });
});
