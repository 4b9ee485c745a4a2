/** Every chart can be read mark by mark: what a reader steps to says a value, by itself or by a row of the chart's table. */
import { describe, expect, it } from 'vitest';
import { BUILD_WIDTHS } from '../../site/charts/size.ts';
import type { SceneData, SceneNode } from '../../site/charts/scene.ts';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import type { FigureView } from '../../site/figures/figure.ts';
import { CHARTS, layoutChart } from '../../site/figures/registry.ts';

/** The marks that `site/interact/reachable.ts` finds in the page, as they stand in the drawing. */
function listMarks(nodes: readonly SceneNode[]): readonly SceneData[] {
  return nodes.flatMap((node) => [
    ...(node.data?.['period'] !== undefined || node.data?.['key'] !== undefined ? [node.data] : []),
    ...('children' in node ? listMarks(node.children) : []),
  ]);
}

/** Numbers that the readout has words for. */
const NUMBERS = ['tests', 'signs', 'anomaly', 'confirmed', 'failure', 'count'];

/** Whether a mark says a number in words of its own, in numbers, or as rows that the table has. */
function says(mark: SceneData, { table }: FigureView): boolean {
  if (mark['said'] !== undefined) return String(mark['said']).trim() !== '';
  if (NUMBERS.some((name) => mark[name] !== undefined)) return true;
  const keys = String(mark['keys'] ?? mark['key']).split('\n');
  return keys.every((key) => table.rows.some((row) => row.key === key));
}

it('each chart has cases', () => {
  const drawn = new Set(GALLERY_CASES.map(({ view }) => view.chart));
  expect(CHARTS.map(({ name }) => name).filter((name) => !drawn.has(name))).toEqual([]);
});

describe.each(GALLERY_CASES.map(({ name, view }) => [name, view] as const))('%s', (_, view) => {
  it.each(Object.entries(BUILD_WIDTHS))('%s: what is drawn can be read out', (_size, width) => {
    const scene = layoutChart(view, { width, reads: true });
    const marks = listMarks(scene.children);
    // Places of the map are links over it, each with its words.
    if (scene.rows > 0 && view.chart !== 'world') expect(marks.length).toBeGreaterThan(0);
    expect(marks.filter((mark) => !says(mark, view))).toEqual([]);
    expect(view.desc.trim()).not.toBe('');
  });
});
