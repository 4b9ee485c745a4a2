/** Charts with less in them: what is left is true, and what was taken out is still named. */
import { describe, expect, it } from 'vitest';
import type { Scene, SceneNode } from '../../site/charts/scene.ts';
import { BUILD_WIDTHS } from '../../site/charts/size.ts';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import type { FigureView } from '../../site/figures/figure.ts';
import { layoutSelection, type SelectionDrawing } from '../../site/figures/selection.ts';
import { CASES as METHODS } from '../../site/figures/methods/cases.ts';
import { CASES as OUTCOMES } from '../../site/figures/outcomes/cases.ts';
import { CASES as RATE } from '../../site/figures/rate/cases.ts';
import { CASES as TESTS } from '../../site/figures/tests/cases.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import { writeSvg } from '../../site/render/svg-string.ts';
import { selectRanked, toRankedView, type RankedRow } from '../../site/figures/rate-bars/view.ts';
import { EVERYTHING, type ChartSelection } from '../../site/view/selection.ts';
import { selectTests } from '../../site/figures/tests/view.ts';
import { day } from '../support/days.ts';

const WIDE = { width: BUILD_WIDTHS.wide };

function draw(view: FigureView, part: Partial<ChartSelection> = {}): SelectionDrawing {
  return layoutSelection(view, { ...EVERYTHING, ...part }, WIDE, false);
}
function whole(view: FigureView): Scene {
  return layoutChart(view, WIDE);
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
const childrenOf = (node: SceneNode | undefined): readonly SceneNode[] =>
  node !== undefined && 'children' in node ? node.children : [];
const seriesIn = (nodes: readonly SceneNode[]): readonly string[] =>
  nodes.flatMap((node) => [
    ...(node.data?.['series'] === undefined ? [] : [String(node.data['series'])]),
    ...(node.key === 'legend' ? [] : seriesIn(childrenOf(node))),
  ]);

function firstOf<View>([first]: readonly { readonly view: View }[]): View {
  if (first === undefined) throw new Error('The chart has no case.');
  return first.view;
}
const outcomesView = firstOf(OUTCOMES);
const methodsView = firstOf(METHODS);
const testsView = firstOf(TESTS);
const rateView = firstOf(RATE);

it.each(GALLERY_CASES)('$name with all that is in it is drawn as it is', ({ view }) => {
  for (const width of Object.values(BUILD_WIDTHS)) {
    const write = (scene: Scene) => writeSvg(scene, { role: 'img', idPrefix: 'p' });
    const { scene, ticked } = layoutSelection(view, EVERYTHING, { width }, true);
    expect(write(scene)).toBe(write(layoutChart(view, { width }, true)));
    expect(ticked).toBeNull();
  }
});

describe('without a series', () => {
  it('outcomes are stacked anew and the axis ends at the highest stack that is left', () => {
    const { scene } = draw(outcomesView, { hidden: new Set(['ok', 'failure']) });
    const most = Math.max(
      ...outcomesView.periods.map(({ counts }) =>
        counts === null ? 0 : counts.anomaly_count + counts.confirmed_count,
      ),
    );
    const axis = texts(find(scene.children, 'value-axis'));
    const top = Math.max(...axis.flatMap((text) => (/^\d+$/.test(text) ? [Number(text)] : [])));
    expect(top).toBeLessThanOrEqual(most * 1.5);
    const marks = childrenOf(find(scene.children, 'marks'));
    expect(marks.map(({ key }) => key)).toEqual(['confirmed', 'anomaly']);
    const legend = find(scene.children, 'legend');
    expect(texts(legend)).toEqual(texts(find(whole(outcomesView).children, 'legend')));
    expect(
      childrenOf(legend).flatMap(({ key, class: name }) => (name === 'off' ? [key] : [])),
    ).toEqual(expect.arrayContaining(['failure', 'ok']));
    expect(texts(find(scene.children, 'coverage'))).toEqual(
      texts(find(whole(outcomesView).children, 'coverage')),
    );
  });

  it('methods keep their share of all tests with signs', () => {
    const [first, second] = methodsView.methods;
    if (first === undefined || second === undefined) throw new Error('Too few methods.');
    const { scene } = draw(methodsView, { hidden: new Set([first.method]) });
    const bars = ({ children }: Scene) =>
      childrenOf(find(childrenOf(children.find(({ key }) => key === 'marks')), second.method));
    const height = (node: SceneNode) => (node.type === 'rect' ? node.height : NaN);
    const before = bars(whole(methodsView));
    const after = bars(scene);
    expect(after.length).toBeGreaterThan(0);
    after.forEach((bar, index) => {
      const same = before[index];
      if (same === undefined) throw new Error('A bar came out of nothing.');
      expect(height(bar)).toBeCloseTo(height(same), 1);
    });
  });

  it('a bar says the share of what is left, out of the same tests', () => {
    const after = selectTests(testsView, { ...EVERYTHING, hidden: new Set(['confirmed']) });
    const [bars, left] = [testsView, after].map(({ groups }) =>
      groups.flatMap(({ tests }) => tests),
    );
    expect(left?.map(({ test_name }) => test_name)).toEqual(
      bars?.map(({ test_name }) => test_name),
    );
    expect(bars?.some(({ row, rate }) => rate.kind === 'rate' && row.confirmed_count > 0)).toBe(
      true,
    );
    for (const { rate, row, confirmed } of left ?? []) {
      if (rate.kind !== 'rate') continue;
      expect(rate.signs).toBe(row.anomaly_count);
      expect(rate.tests).toBe(row.measurement_count - row.failure_count);
      expect(rate.lower).toBeLessThanOrEqual(rate.rate);
      expect(confirmed).toBe(0);
    }
  });

  it('lines and bands go, and nothing else moves', () => {
    const { scene } = draw(rateView, { hidden: new Set(['band']) });
    expect(seriesIn(whole(rateView).children)).toContain('band');
    expect(seriesIn(scene.children)).not.toContain('band');
    const line = (one: Scene) => JSON.stringify(find(one.children, 'axis') ?? one.height);
    expect(line(scene)).toBe(line(whole(rateView)));
  });
});

describe('ticked rows', () => {
  it('of bars stand alone, in the order of the table', () => {
    const keys = testsView.table.rows.map(({ key }) => key);
    const [a = '', b = ''] = [keys.at(-1), keys[0]];
    const rows = new Set([a, b]);
    const left = selectTests(testsView, { ...EVERYTHING, rows });
    expect(left.groups.flatMap(({ tests }) => tests.map(({ test_name }) => test_name))).toEqual([
      b,
      a,
    ]);
    const { scene, ticked } = draw(testsView, { rows });
    expect(scene.height).toBeLessThan(whole(testsView).height);
    expect(ticked).toEqual({ kind: 'rows', shown: 2, total: keys.length, missing: 0 });
  });

  it('of a ranking are drawn beyond the first twenty', () => {
    const ranked = toRankedView('domains', rankedRows(40), testsView.context);
    const [last] = ranked.table.rows.slice(-1).map(({ key }) => key);
    expect(ranked.groups.flatMap(({ tests }) => tests)).toHaveLength(12);
    const left = selectRanked(ranked, { ...EVERYTHING, rows: new Set([last ?? '']) });
    expect(left.groups.flatMap(({ tests }) => tests.map(({ test_name }) => test_name))).toEqual([
      last,
    ]);
  });

  it('that are periods are marked in the plot', () => {
    const [first = '', second = ''] = rateView.table.rows.map(({ key }) => key);
    const { scene, ticked } = draw(rateView, { rows: new Set([first, second]) });
    expect(childrenOf(find(scene.children, 'chosen'))).toHaveLength(2);
    expect(ticked).toMatchObject({ kind: 'periods', shown: 2 });
  });
});

function rankedRows(count: number): readonly RankedRow[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `site-${index}.example`,
    label: `site-${index}.example`,
    kind: null,
    measurement_count: 500,
    ok_count: 500 - index,
    anomaly_count: index,
    confirmed_count: 0,
    failure_count: 0,
    unscored_count: 0,
    network_count: 5,
    day_count: 30,
    first_day: day('2024-05-01'),
    last_day: day('2024-05-30'),
  }));
}
