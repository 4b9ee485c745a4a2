/** What holds for every drawing, whatever its data. */
import { describe, expect, it } from 'vitest';
import { DAYS } from '../../site/figures/case-rows.ts';
import { CASES as OUTCOMES } from '../../site/figures/outcomes/cases.ts';
import { readLanguageFrom } from '../../data-build/words/language.ts';
import { LANGUAGES } from '../../data-build/words/languages.ts';
import { formatTickNumber } from '../../site/view/format.ts';
import { CASES as PLACES } from '../../site/figures/places/cases.ts';
import { GALLERY_CASES } from '../../site/figures/cases.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import type { Scene, SceneNode } from '../../site/charts/scene.ts';
import { textWidth } from '../../site/charts/marks/label.ts';
import { toTimeAxis } from '../../site/charts/marks/time-axis.ts';
import { chooseGrain } from '../../site/view/time-frame.ts';
import { day } from '../support/days.ts';
import { addDays } from '../../data-build/contract/brands.ts';

interface Placed {
  readonly node: SceneNode;
  readonly x: number;
  readonly y: number;
}
function flatten(nodes: readonly SceneNode[], x = 0, y = 0): readonly Placed[] {
  return nodes.flatMap((node) => [
    { node, x, y },
    ...(node.type === 'g' ? flatten(node.children, x + (node.x ?? 0), y + (node.y ?? 0)) : []),
  ]);
}
function numbers({ node }: Placed): readonly number[] {
  const text = node.type === 'path' ? (node.d.match(/-?[\d.]+(e-?\d+)?/g) ?? []) : [];
  return [...Object.values(node).filter((value) => typeof value === 'number'), ...text.map(Number)];
}
function find(scene: Scene, key: string): SceneNode | undefined {
  return flatten(scene.children).find(({ node }) => node.key === key)?.node;
}
function childCount(node: SceneNode | undefined): number {
  return node?.type === 'g' ? node.children.length : -1;
}

describe.each([320, 340, 560, 720, 1120])('at %i px', (width) => {
  for (const { name, view } of GALLERY_CASES) {
    it(name, () => {
      const scene = layoutChart(view, { width });
      const nodes = flatten(scene.children);
      // A wide map has the size of its shapes; the page scales it.
      const isMap =
        (view.chart === 'world' || ('map' in view && view.map !== null)) && width >= 560;
      if (!isMap) expect(scene.width).toBe(width);
      for (const placed of nodes) {
        for (const value of numbers(placed)) {
          expect(Number.isFinite(value)).toBe(true);
          expect(Math.round(value * 100)).toBeCloseTo(value * 100, 6);
        }
        const { node, x, y } = placed;
        if (node.type === 'text') {
          const length = textWidth(node.text, 11);
          const anchor = node.anchor ?? 'start';
          const left =
            x + node.x - (anchor === 'end' ? length : anchor === 'middle' ? length / 2 : 0);
          expect(left, node.text).toBeGreaterThanOrEqual(-1);
          expect(left + length, node.text).toBeLessThanOrEqual(scene.width + 1);
          expect(y + node.y, node.text).toBeLessThanOrEqual(scene.height);
        }
        if (node.type === 'rect') {
          expect(node.width).toBeGreaterThanOrEqual(0);
          expect(node.height).toBeGreaterThanOrEqual(0);
        }
        if (node.type === 'g') {
          const keys = node.children.map(({ type, key }) => `${type} ${key}`);
          expect(new Set(keys).size, `keys in ${node.key}`).toBe(keys.length);
        }
      }
    });
  }
});

describe('outcomes', () => {
  const known = OUTCOMES.find(({ name }) => name === 'outcomes-days');
  if (known === undefined) throw new Error('The case outcomes-days is gone.');
  const { view } = known;

  it('draws a bar per period with the outcome, and none in a gap', () => {
    const scene = layoutChart(view, { width: 720 });
    const tested = view.periods.filter(({ counts }) => counts !== null);
    expect(scene.rows).toBe(tested.length);
    const withSigns = tested.filter(({ counts }) => (counts?.anomaly_count ?? 0) > 0).length;
    const marks = find(scene, 'marks');
    const series = marks?.type === 'g' ? marks.children : [];
    expect(childCount(series.find(({ key }) => key === 'anomaly'))).toBe(withSigns);
    expect(childCount(series.find(({ key }) => key === 'confirmed'))).toBe(0);
  });

  it('carries its words in title and desc', () => {
    const scene = layoutChart(view, { width: 720 });
    expect(scene.title).toContain('of Telegram tests in Examplia');
    expect(scene.desc).toMatch(
      /^1,741 Telegram tests in Examplia on 9 networks, 1\W+24 March 2024\./,
    );
    expect(scene.desc).toContain('does not mean that nothing is interfered with');
  });
});

it('charts of one frame have the same ticks in the same places', () => {
  const days = GALLERY_CASES.filter(
    ({
      view: {
        context: { frame },
      },
    }) => frame.since === DAYS.since && frame.until === DAYS.until,
  );
  // Bars and maps of these days have no axis of time. Strips keep more room for names, all of them the same.
  const scenes = days.map(({ view }) => layoutChart(view, { width: 720 }));
  const ticksOf = (scene: Scene) =>
    [find(scene, 'time-axis') ?? []]
      .flat()
      .map((axis) =>
        axis.type === 'g'
          ? axis.children.flatMap((node) => (node.type === 'text' ? [[node.x, node.text]] : []))
          : [],
      );
  const [strips, charts] = [true, false].map((isStrip) =>
    scenes.filter((scene) => (find(scene, 'rows') !== undefined) === isStrip).flatMap(ticksOf),
  );
  expect(charts?.length).toBeGreaterThan(4);
  expect(strips?.length).toBeGreaterThan(0);
  for (const some of [strips, charts])
    for (const other of some ?? []) expect(other).toEqual(some?.[0]);
});

it('labels on the time axis never touch', () => {
  const since = day('2019-02-27');
  for (const length of [1, 2, 9, 31, 60, 92, 93, 200, 730, 731, 1500, 4000]) {
    const until = addDays(since, length);
    const frame = { since, until, grain: chooseGrain(since, until), dataUntil: until };
    for (const width of [320, 340, 560, 720, 1120]) {
      const { ticks } = toTimeAxis(frame, { width });
      expect(ticks.length).toBeGreaterThan(0);
      ticks.slice(1).forEach((tick, index) => {
        const before = ticks[index];
        if (before === undefined) return;
        const room = (textWidth(before.text, 11) + textWidth(tick.text, 11)) / 2;
        expect(tick.x - before.x, `${length} days at ${width}`).toBeGreaterThan(room);
      });
    }
  }
});

it('has one tick for one week or month: days inside of it are no periods', () => {
  const since = day('2024-01-01');
  const dataUntil = day('2025-01-01');
  for (const [until, grain] of [
    [day('2024-01-08'), 'week'],
    [day('2024-02-01'), 'month'],
  ] as const) {
    const { ticks } = toTimeAxis({ since, until, grain, dataUntil }, { width: 720 });
    expect(ticks.map((tick) => tick.day)).toEqual([since]);
  }
});

it('a share does not turn the counts behind it where one reads from the right', () => {
  readLanguageFrom(() => 'ar');
  const [places] = PLACES;
  if (places === undefined) throw new Error('There is no case of places.');
  const texts = flatten(layoutChart(places.view, { width: 720 }).children).flatMap(({ node }) =>
    node.type === 'text' && node.text.includes(' · ') ? [node.text] : [],
  );
  readLanguageFrom(() => 'en');
  expect(texts.length).toBeGreaterThan(2);
  // The percent sign of Arabic comes with marks from left to right.
  for (const text of texts) expect(text).toMatch(/^\u2068[^\u2069]+\u2069 · /);
});

it.each(LANGUAGES.map(({ tag }) => tag))('counts in words fit before their axis: %s', (tag) => {
  readLanguageFrom(() => tag);
  const room = (['wide', 'narrow'] as const).map((width) => {
    const frame = { since: day('2024-01-01'), until: day('2024-03-01') };
    const { left } = toTimeAxis(
      { ...frame, grain: 'day', dataUntil: frame.until },
      { width: width === 'wide' ? 720 : 340 },
    );
    return left - Math.max(...[400_000, 60_000].map((n) => textWidth(formatTickNumber(n), 11)));
  });
  readLanguageFrom(() => 'en');
  for (const rest of room) expect(rest).toBeGreaterThan(4);
});

it('the mark of measured days stands where one begins to read', () => {
  const keyAt = (tag: string): readonly number[] => {
    readLanguageFrom(() => tag);
    const [outcomes] = OUTCOMES;
    if (outcomes === undefined) throw new Error('There is no case of outcomes.');
    const key = find(layoutChart(outcomes.view, { width: 1120 }), 'days-key');
    readLanguageFrom(() => 'en');
    const nodes = key?.type === 'g' ? key.children : [];
    return nodes.map((node) =>
      node.type === 'path'
        ? Number(/^M([\d.]+)/.exec(node.d)?.[1])
        : node.type === 'text'
          ? node.x
          : 0,
    );
  };
  const [mark = 0, words = 0] = keyAt('en');
  expect(mark).toBeLessThan(words);
  const [turned = 0, read = 0] = keyAt('ar');
  expect(turned).toBe(read + 6);
});
