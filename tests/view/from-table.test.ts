/** What is drawn from a figure's own table is what was drawn from the data, and with less in it what stays is true. */
import { describe, expect, it } from 'vitest';
import type { FigureCase } from '../../site/figures/case-rows.ts';
import { CASES as METHODS } from '../../site/figures/methods/cases.ts';
import { CASES as OUTCOMES } from '../../site/figures/outcomes/cases.ts';
import { CASES as TESTS } from '../../site/figures/tests/cases.ts';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import type { FigureView } from '../../site/figures/figure.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import type { SceneNode } from '../../site/charts/scene.ts';
import { BUILD_WIDTHS } from '../../site/charts/size.ts';
import { writeSvg } from '../../site/render/svg-string.ts';
import { readChart, type DrawnChart } from '../../site/view/from-table.ts';
import { EVERYTHING, type ShownPart } from '../../site/view/shown.ts';

const CASES = GALLERY_CASES.filter(({ view }) =>
  ['outcomes', 'methods', 'tests', 'places', 'categories', 'domains'].includes(view.chart),
);

function read(view: FigureView, part: Partial<ShownPart> = {}): DrawnChart {
  const { chart, context, title, desc, table } = view;
  const { frame, network } = context;
  const facts = { chart, frame, network, title, desc };
  const drawn = readChart(facts, table, { ...EVERYTHING, ...part });
  if (drawn === null) throw new Error(`${chart} cannot be read from its table.`);
  return drawn;
}

function write(view: FigureView | DrawnChart, width: number): string {
  return writeSvg(layoutChart(view, { width }), { role: 'img', idPrefix: 'p' });
}

function find(nodes: readonly SceneNode[], key: string): SceneNode | undefined {
  for (const node of nodes) {
    if (node.key === key) return node;
    const inside = 'children' in node ? find(node.children, key) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}
const texts = (node: SceneNode | undefined): readonly string[] =>
  node === undefined
    ? []
    : node.type === 'text'
      ? [node.text]
      : 'children' in node
        ? node.children.flatMap(texts)
        : [];

function firstOf<View>([first]: readonly FigureCase<View>[]): View {
  if (first === undefined) throw new Error('There is no case.');
  return first.view;
}

describe('a chart from its own table', () => {
  it('has cases of a stack of counts, a stack of shares and bars', () => {
    const charts = new Set(CASES.map(({ view }) => view.chart));
    expect([...charts]).toEqual(expect.arrayContaining(['outcomes', 'methods', 'tests']));
  });

  it.each(CASES)('$name is drawn the same', ({ view }) => {
    const drawn = read(view);
    for (const width of Object.values(BUILD_WIDTHS))
      expect(write(drawn, width)).toBe(write(view, width));
  });
});

describe('without a series', () => {
  it('outcomes are stacked anew and the axis ends at the highest stack that is left', () => {
    const view = firstOf(OUTCOMES);
    const hidden = new Set(['ok', 'failure']);
    const scene = layoutChart(read(view, { hidden }), { width: 720 });
    const most = Math.max(
      ...view.periods.map(({ counts }) =>
        counts === null ? 0 : counts.anomaly_count + counts.confirmed_count,
      ),
    );
    const axis = texts(find(scene.children, 'value-axis'));
    const top = Math.max(...axis.flatMap((text) => (/^\d+$/.test(text) ? [Number(text)] : [])));
    expect(top).toBeLessThanOrEqual(most * 1.5);
    const marks = find(scene.children, 'marks');
    if (marks?.type !== 'g') throw new Error('No marks.');
    expect(marks.children.map(({ key }) => key)).toEqual(['confirmed', 'anomaly']);
    const legend = find(scene.children, 'legend');
    expect(texts(legend)).toEqual(
      texts(find(layoutChart(view, { width: 720 }).children, 'legend')),
    );
    // Every bar of the lower of the two stands on the baseline now.
    const heights = marks.children.flatMap((group) =>
      group.type === 'g' ? group.children.map((bar) => (bar.type === 'rect' ? bar.y : 0)) : [],
    );
    expect(Math.min(...heights)).toBeGreaterThan(0);
    const coverage = texts(find(scene.children, 'coverage'));
    expect(coverage).toEqual(texts(find(layoutChart(view, { width: 720 }).children, 'coverage')));
  });

  it('methods keep their share of all tests with signs', () => {
    const view = firstOf(METHODS);
    const [first, second] = view.methods;
    if (first === undefined || second === undefined) throw new Error('Too few methods.');
    const whole = layoutChart(view, { width: 720 });
    const part = layoutChart(read(view, { hidden: new Set([first.method]) }), { width: 720 });
    const bars = (scene: typeof whole) => {
      const group = find(
        scene.children.filter(({ key }) => key === 'marks'),
        second.method,
      );
      return group?.type === 'g' ? group.children : [];
    };
    const height = (node: SceneNode) => (node.type === 'rect' ? node.height : NaN);
    expect(bars(part).length).toBeGreaterThan(0);
    bars(part).forEach((bar, index) => {
      const before = bars(whole)[index];
      if (before === undefined) throw new Error('A bar came out of nothing.');
      expect(height(bar)).toBeCloseTo(height(before), 1);
    });
    const plotBottom = Math.max(
      ...bars(part).map((bar) => (bar.type === 'rect' ? bar.y + bar.height : 0)),
    );
    expect(
      bars(part).some(
        (bar) => bar.type === 'rect' && Math.abs(bar.y + bar.height - plotBottom) < 0.02,
      ),
    ).toBe(true);
  });

  it('a bar says the share of what is left, out of the same tests', () => {
    const view = firstOf(TESTS);
    const drawn = read(view, { hidden: new Set(['confirmed']) });
    if (!('groups' in drawn)) throw new Error('No bars.');
    const before = view.groups.flatMap(({ tests }) => tests);
    const after = drawn.groups.flatMap(({ tests }) => tests);
    expect(after.map(({ test_name }) => test_name)).toEqual(
      before.map(({ test_name }) => test_name),
    );
    expect(before.some(({ row, rate }) => rate.kind === 'rate' && row.confirmed_count > 0)).toBe(
      true,
    );
    after.forEach(({ rate, confirmedShare }, index) => {
      const row = before[index]?.row;
      if (rate.kind !== 'rate' || row === undefined) return;
      expect(rate.signs).toBe(row.anomaly_count);
      expect(rate.tests).toBe(row.measurement_count - row.failure_count);
      expect(rate.lower).toBeLessThanOrEqual(rate.rate);
      expect(confirmedShare).toBe(0);
    });
  });
});

it('draws ticked rows alone, in the order of the table', () => {
  const view = firstOf(TESTS);
  const keys = view.table.rows.map(({ key }) => key);
  const [a = '', b = ''] = [keys.at(-1), keys[0]];
  const drawn = read(view, { rows: new Set([a, b]) });
  if (!('groups' in drawn)) throw new Error('No bars.');
  expect(drawn.groups.flatMap(({ tests }) => tests.map(({ test_name }) => test_name))).toEqual([
    b,
    a,
  ]);
  expect(layoutChart(drawn, { width: 340 }).height).toBeLessThan(
    layoutChart(view, { width: 340 }).height,
  );
});
