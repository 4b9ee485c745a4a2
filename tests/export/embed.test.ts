import { describe, expect, it } from 'vitest';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import { formatEmbedSearch, writeOembed, writeSnippet } from '../../site/export/embed-code.ts';
import {
  embedPath,
  framePicturePath,
  isFixed,
  liveAbove,
  pageOembedPath,
} from '../../site/export/embed-links.ts';
import { frameOf, writeEmbedPage, writeLeadPage } from '../../site/export/embed-page.ts';
import {
  exportedAlt,
  exportedExtent,
  exportedId,
  exportFigure,
} from '../../site/export/exported-figure.ts';
import { writePictureFile } from '../../site/export/picture-file.ts';
import { toCardWords, toPictureWords } from '../../site/export/picture-words.ts';
import { CARD_SIZE, SMALL_SIZE } from '../../site/charts/size.ts';
import { PICTURE_SHAPES, writePicture } from '../../site/render/picture.ts';

const SOURCE = {
  name: 'OONI',
  text: 'Source: OONI, CC BY-NC-SA 4.0, 1–24 March 2024. Release 2024-03-24-0a1b2c3d.',
  credit: 'OONI · CC BY-NC-SA 4.0 · 1–24 Mar 2024',
  attribution: 'Contains data <from> OONI & others.',
  licence: 'CC BY-NC-SA 4.0',
  licenceUrl: 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
  method: 'Volunteers run tests',
};
const all = GALLERY_CASES.map(({ name, view }) => ({
  name,
  exported: exportFigure(view, {
    page: 'country/XX/',
    chart: view.chart,
    sources: [SOURCE],
    release: '2024-03-24-0a1b2c3d',
    synthetic: true,
    sha256: 'ab'.repeat(32),
  }),
}));
const [first] = all;
if (first === undefined) throw new Error('The gallery is empty.');
const { exported } = first;
const HREFS = {
  kind: 'fixed',
  stylesheet: '/embed/look.css',
  script: '/embed/frame.js',
  picture: 'https://atlas.example/embed/x.png',
  permalink: 'https://atlas.example/country/XX/?release=2024-03-24-0a1b2c3d#outcomes',
  languages: ['en'],
} as const;

describe('addresses of embeds', () => {
  it('lead from the live one to the fixed one below it, and are those of the printed view', () => {
    const framed = { ...exported, frame: '0123456789' };
    const [view = ''] = exportedId(exported).split('@');
    expect(embedPath(framed, 'live')).toBe(`embed/${view}/`);
    expect(embedPath(framed, 'fixed')).toBe(`embed/${view}/0123456789/`);
    expect(framePicturePath(framed, 'png')).toBe(`embed/${view}/0123456789.png`);
    const live = writeLeadPage(exported, {
      ...HREFS,
      to: framed.frame,
      oembed: null,
      drawn: true,
    });
    expect(frameOf(live)).toBe(framed.frame);
    expect(live).not.toMatch(/<style|<script(?! src=)|\sstyle="|\son\w+="/);
    expect(pageOembedPath('country/KE/')).toBe('oembed/country/KE.json');
    expect(pageOembedPath('')).toBe('oembed/index.json');
  });

  it.each([
    ['embed/country/KE/outcomes/0123456789/index.html', true],
    ['embed/fa/country/KE/outcomes/0123456789.svg', true],
    ['embed/world/0123456789.png', true],
    ['embed/country/KE/outcomes/index.html', false],
    ['embed/country/KE/outcomes.csv', false],
    ['embed/at/2024-03-24-0a1b2c3d/country/KE/outcomes/index.html', false],
    ['embed/look-0a1b2c3d.css', false],
    ['embed/country/KE/card.png', false],
  ])('tell of %s whether it is fixed: %s', (file, fixed) => {
    expect(isFixed(file)).toBe(fixed);
  });

  it.each([
    ['embed/country/KE/outcomes/0123456789/', 'embed/country/KE/outcomes/'],
    ['embed/fa/country/KE/outcomes/0123456789', 'embed/fa/country/KE/outcomes/'],
    ['embed/world/0123456789.png', 'embed/world/'],
    ['embed/country/KE/outcomes/', null],
    ['embed/0123456789/', null],
    ['country/KE/0123456789/', null],
  ])('lead from %s to the live address above it: %s', (address, live) => {
    expect(liveAbove(address)).toBe(live);
  });
});

describe('the page of an embed', () => {
  it.each(all)(
    '$name: says source, licence, caveats, view; no inline code',
    ({ exported: each }) => {
      const html = writeEmbedPage(each, HREFS);
      expect(html).toContain('CC BY-NC-SA 4.0');
      expect(html).toContain(`View ${exportedId(each)}.`);
      expect(html).toContain('Contains data &lt;from&gt; OONI &amp; others.');
      for (const note of each.notes) expect(exportedAlt(each)).toContain(note);
      expect(html).not.toMatch(/<style|<script(?! defer src=)|\sstyle="|\son\w+="|javascript:/);
      expect([...html.matchAll(/<svg\b[^>]*role="img"/g)]).toHaveLength(1);
      expect(html).toMatch(/synthetic-mark/);
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
      expect(new Set(ids).size).toBe(ids.length);
    },
  );

  it('credits each of several publishers with the days that it has', () => {
    const other = { ...SOURCE, name: 'M-Lab', credit: 'M-Lab · CC0 1.0 · Mar 2024' };
    const html = writeEmbedPage({ ...exported, sources: [SOURCE, other] }, HREFS);
    const [, credit = ''] = /<p class="credit">(.*?)<\/p>/.exec(html) ?? [];
    expect(credit).toContain(`${SOURCE.credit}; ${other.credit}`);
  });

  it('tells what the notes do not: how many tests, where, when', () => {
    const extent = exportedExtent(exported);
    expect(extent).toMatch(/\d/);
    for (const note of exported.notes) expect(extent).not.toContain(note);
  });

  it('becomes a file that names nothing to load', () => {
    const html = writeEmbedPage(exported, {
      kind: 'file',
      css: '.chart{fill:red}',
      theme: 'dark',
      permalink: HREFS.permalink,
    });
    expect(html).toContain('<style>.chart{fill:red}</style>');
    expect(html).toContain('data-theme="dark"');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<link|<script|src=|href="\//);
    expect(html).toContain('SHA-256 of the numbers');
    expect(html).toContain('<table>');
  });
});

describe('the snippet', () => {
  it('escapes what the data say, and asks for no more than it needs', () => {
    const html = writeSnippet({
      frame: 'https://atlas.example/embed/x/?theme=dark&controls=off',
      title: 'A "title" <b>',
      page: 'https://atlas.example/x/',
      picture: { url: 'https://atlas.example/x.png', alt: '5 < 6' },
      script: 'https://atlas.example/embed.js',
      width: null,
      height: 460,
    });
    expect(html).toContain('title="A &quot;title&quot; &lt;b&gt;"');
    expect(html).toContain('?theme=dark&amp;controls=off"');
    expect(html).toContain('width="100%" height="460"');
    expect(html).toContain('alt="5 &lt; 6"');
    expect(html).not.toContain('allow-same-origin');
  });

  it('leaves out of the address what is as usual', () => {
    expect(formatEmbedSearch({ theme: 'auto', language: null, controls: true })).toBe('');
    expect(formatEmbedSearch({ theme: 'light', language: 'fa', controls: false })).toBe(
      '?theme=light&lang=fa&controls=off',
    );
  });

  it('is an oEmbed answer with numbers for sizes', () => {
    const answer: unknown = JSON.parse(
      writeOembed({
        title: 'T',
        html: '<p>',
        width: 720,
        height: 640,
        thumbnail: 'https://atlas.example/x.png',
        provider: { name: 'Atlas', url: 'https://atlas.example/' },
      }),
    );
    expect(answer).toMatchObject({ version: '1.0', type: 'rich', width: 720, height: 640 });
  });
});

describe('pictures', () => {
  const look = {
    theme: 'light',
    tokensCss:
      ':root { --paper: #fff; --ink: #000; --muted: #555; --font-sans: Inter; --font-serif: Serif; }',
    chartsCss: '.chart { fill: var(--ink) }',
  } as const;

  it.each(all)(
    '$name: words, caveat, source and view in every shape, inside its edges',
    ({ exported: each }) => {
      const words = toPictureWords(each, HREFS.permalink);
      const { wide, narrow } = each.drawings;
      for (const [shape, { width, height }] of Object.entries(PICTURE_SHAPES)) {
        if (!isShape(shape) || shape === 'card') continue;
        const svg = writePicture(words, [wide, narrow], shape, look);
        expect(svg).toContain(`viewBox="0 0 ${String(width)} ${String(height)}"`);
        const text = [...svg.matchAll(/<g class="words">.*<\/g>/gs)]
          .join(' ')
          .replace(/<[^>]+>/g, ' ');
        const plain = text.replace(/\s+/g, '');
        expect(plain).toContain(exportedId(each).replace(/\s+/g, ''));
        expect(plain).toContain(SOURCE.text.replace(/\s+/g, ''));
        const [note = ''] = each.notes;
        expect(plain.replaceAll('&amp;', '&')).toContain(note.replace(/\s+/g, ''));
        const bottoms = [...svg.matchAll(/<text class="p-[^>]* y="([\d.]+)"/g)].map((match) =>
          Number(match[1]),
        );
        expect(Math.max(...bottoms)).toBeLessThan(height);
        // Something is drawn, and not as a stamp.
        const inner = /<svg class="chart" x="[-\d.]+" y="[-\d.]+" width="([\d.]+)"/.exec(svg)?.[1];
        expect(Number(inner), `${shape} of ${each.name}`).toBeGreaterThan(width / 8);
      }
    },
  );

  it.each(GALLERY_CASES)('$name: a card has no word under 22 pixels', ({ view }) => {
    const drawing = exportFigure(view, { ...exported, chart: view.chart }).drawings.card;
    const words = toCardWords(
      {
        title: 'Telegram tests in Kenya: 62% with signs of interference, from 2%',
        detail:
          'Tests of Telegram in Kenya showed signs of interference from 7 November 2024: 1,537 of 2,475 tests on 23 networks until 29 November.',
        host: 'atlas.example',
        credits: [SOURCE.credit],
        language: 'en',
        warning: null,
      },
      true,
    );
    const svg = writePicture(words, [drawing], 'card', look);
    const sizes = [...svg.matchAll(/\.p-[\w-]+\s*\{[^}]*font-size:\s*([\d.]+)px/g)].map(
      ([, size]) => Number(size),
    );
    expect(sizes.length).toBeGreaterThan(2);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(22);
    const plain = svg.replace(/<[^>]+>/g, '').replace(/\s+/g, '');
    expect(plain).toContain(`atlas.example · ${SOURCE.credit}`.replace(/\s+/g, ''));
    // Shapes of the world have their own size.
    if (view.chart === 'world' || drawing.width !== CARD_SIZE.width) return;
    const drawn = /<svg class="chart" x="[-\d.]+" y="[-\d.]+" width="([\d.]+)"/.exec(svg)?.[1];
    expect((Number(drawn) / drawing.width) * SMALL_SIZE).toBeGreaterThanOrEqual(22);
  });

  it.each(all)('$name: as a file it is XML that names nothing to load', ({ exported: each }) => {
    const svg = writePictureFile(each, HREFS.permalink, look);
    expect(openTags(svg)).toEqual([]);
    expect(svg).toContain(`<dc:source>${HREFS.permalink}</dc:source>`);
    expect(svg).toContain(`<dc:identifier>sha256:${'ab'.repeat(32)}</dc:identifier>`);
    expect(svg).toContain('<dc:date>2024-03-24</dc:date>');
    expect(svg).toContain(
      '<dc:rights>Contains data &lt;from&gt; OONI &amp; others.</dc:rights><cc:license rdf:resource="https://creativecommons.org/licenses/by-nc-sa/4.0/"/>',
    );
    expect(svg.replace(/<[^>]+>/g, '').replace(/\s+/g, '')).toContain('ab'.repeat(32));
    // A strict policy would keep styles from it, and leave it black.
    expect(svg).not.toMatch(/<style|\sstyle=/);
    expect(svg).not.toMatch(
      /<script|<image|<use|<foreignObject|\bhref=|@import|url\((?!#)|\son\w+=/i,
    );
  });

  /** Tags that are opened and not closed by their like, in XML whose attributes are quoted. */
  function openTags(xml: string): readonly string[] {
    const open: string[] = [];
    for (const [, end, name = '', empty] of xml.matchAll(
      /<(\/?)([\w:]+)(?:\s[\w:-]+="[^"<]*")*\s*(\/?)>/g,
    )) {
      if (end === '/') expect(open.pop()).toBe(name);
      else if (empty === '') open.push(name);
    }
    return open;
  }

  function isShape(name: string): name is keyof typeof PICTURE_SHAPES {
    return Object.hasOwn(PICTURE_SHAPES, name);
  }
});
