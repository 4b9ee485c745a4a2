/** Pages hold drawings of fewer elements: the same picture, and the same to point at. */
import { Resvg } from '@resvg/resvg-js';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { foldTargets, unfoldTargets } from '../../site/charts/folded-targets.ts';
import type { Scene, SceneNode } from '../../site/charts/scene.ts';
import { FULL_WIDTH, BUILD_WIDTHS } from '../../site/charts/size.ts';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import { compactScene } from '../../site/render/compact.ts';
import { writeChartFile } from '../support/chart-file.ts';

const STYLES = path.resolve(import.meta.dirname, '../../site/styles');
const readStyle = (name: string): string => readFileSync(path.join(STYLES, name), 'utf8');
const LOOK = {
  theme: 'light',
  tokensCss: readStyle('tokens.css'),
  chartsCss: ['charts.css', 'compact.css', 'map.css'].map(readStyle).join(''),
  subtitle: '',
  footer: [],
} as const;

const draw = (scene: Scene): Buffer =>
  Buffer.from(
    new Resvg(writeChartFile(scene, LOOK), { font: { loadSystemFonts: false } }).render().pixels,
  );

/** Of all values of all pixels: how many differ, and by how much at most. */
function compare(a: Buffer, b: Buffer): { readonly differ: number; readonly most: number } {
  let [differ, most] = [0, 0];
  a.forEach((value, index) => {
    const difference = Math.abs(value - (b[index] ?? 0));
    if (difference > 2) differ += 1;
    most = Math.max(most, difference);
  });
  return { differ, most };
}
/** Where two marks meet, their edges were drawn one over the other, and places are rounded to a tenth of a pixel. */
const EDGES = { most: 100, part: 0.01 };
const WIDTHS = [...Object.values(BUILD_WIDTHS), FULL_WIDTH];

/** All that can be pointed at, as text. */
function listTargets(nodes: readonly SceneNode[]): readonly string[] {
  return nodes.flatMap((node) => {
    if (!('children' in node)) return [];
    if (node.class !== 'targets') return listTargets(node.children);
    const folded = node.data?.['folded'];
    const marks = folded === undefined ? node.children : unfoldTargets(String(folded));
    return marks.flatMap((mark) => {
      if (mark.type !== 'rect') return [];
      const { x, y, width, height, data = {} } = mark;
      const said = Object.entries(data).map(([name, value]) => `${name}=${value}`);
      return [[x, y, width, height, ...said].join(' ')];
    });
  });
}

function asksForMarks(nodes: readonly SceneNode[]): boolean {
  return nodes.some(
    (node) =>
      node.data?.['marks'] !== undefined || ('children' in node && asksForMarks(node.children)),
  );
}

describe.each(GALLERY_CASES.map(({ name, view }) => [name, view] as const))('%s', (_, view) => {
  it.each(WIDTHS)('%d pixels wide', (width) => {
    const scene = layoutChart(view, { width });
    const compacted = compactScene(scene);
    const picture = draw(scene);
    const { differ, most } = compare(picture, draw(compacted));
    expect(most).toBeLessThanOrEqual(EDGES.most);
    expect(differ / picture.length).toBeLessThan(EDGES.part);
    expect(listTargets(compacted.children)).toEqual(listTargets(scene.children));
    // What is there to read only once it is drawn again must be asked for.
    const read = listTargets(layoutChart(view, { width, reads: true }).children);
    if (read.length > 0 && listTargets(compacted.children).length === 0)
      expect(asksForMarks(compacted.children)).toBe(true);
  });
});

it('keeps tabs, line ends and percent signs of what targets say', () => {
  const data = { period: '2024-11-07', keys: 'a b\nc\td', said: '62 % = 5', other: '=' };
  const mark = {
    type: 'rect',
    key: '2024-11-07',
    x: 1.5,
    y: 2,
    width: 3,
    height: 4,
    data,
  } as const;
  expect(unfoldTargets(foldTargets([mark]) ?? '')).toEqual([mark]);
});

it('draws no mark over another that was drawn over it', () => {
  const rect = (key: string, x: number, name: string): SceneNode => ({
    ...{ type: 'rect', key, x, y: 0, width: 10, height: 10, class: name },
  });
  const drawn = compactScene({
    ...{ width: 40, height: 10, title: '', desc: '', rows: 3 },
    children: [
      rect('a', 0, 'outcome-ok'),
      rect('b', 5, 'outcome-confirmed'),
      rect('c', 8, 'outcome-ok'),
    ],
  });
  expect(drawn.children.map((node) => node.class)).toEqual([
    'outcome-ok',
    'outcome-confirmed',
    'outcome-ok',
  ]);
});
