/** The calendar of days: its legend says where classes end, and every day stands in the class that its count has. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { toCalendar, toDayClasses } from '../../site/figures/calendar/view.ts';
import { layoutChart } from '../../site/figures/registry.ts';
import type { SceneNode } from '../../site/charts/scene.ts';
import { day } from '../support/days.ts';

const frame = {
  since: day('2024-12-28'),
  until: day('2025-01-08'),
  grain: 'day' as const,
  dataUntil: day('2025-01-08'),
};
const context = {
  frame,
  place: null,
  test: null,
  network: 'AS64500',
  networkCount: 1,
};

const ROW = {
  measurement_count: 9,
  ok_count: 9,
  anomaly_count: 0,
  confirmed_count: 0,
  failure_count: 0,
  unscored_count: 0,
  network_count: 1,
  day_count: 1,
};

function calendarOf(counts: readonly number[]) {
  const rows = counts.flatMap((tests, index) =>
    tests === 0
      ? []
      : [
          {
            ...ROW,
            period: addDays(frame.since, index),
            measurement_count: tests,
            ok_count: tests,
          },
        ],
  );
  return toCalendar(rows, context);
}

function nodesOf(nodes: readonly SceneNode[]): readonly SceneNode[] {
  return nodes.flatMap((node) => [
    node,
    ...(node.type === 'g' || node.type === 'a' ? nodesOf(node.children) : []),
  ]);
}

describe('classes of days', () => {
  it('meet without a gap, from no test up, and "no tests" is none of the few', () => {
    const classes = toDayClasses(5);
    expect(classes[0]).toEqual({ level: 'none', from: 0, to: 0 });
    expect(classes[1]).toEqual({ level: 'few', from: 1, to: 4 });
    for (const [index, { to }] of classes.entries())
      expect(classes[index + 1]?.from).toBe(to === null ? undefined : to + 1);
    expect(classes.at(-1)?.to).toBeNull();
  });

  it('put the first and the last count of each class into it, as the legend says', () => {
    const classes = toDayClasses(5);
    const edges = classes.flatMap(({ level, from, to }) => [
      [from, level] as const,
      [to ?? from + 100_000, level] as const,
    ]);
    const { days } = calendarOf(edges.slice(0, 11).map(([tests]) => tests));
    expect(days.map(({ level }) => level)).toEqual(edges.slice(0, 11).map(([, level]) => level));
    const texts = nodesOf(layoutChart(calendarOf([1]), { width: 720 }).children).flatMap((node) =>
      node.type === 'text' ? [node.text] : [],
    );
    for (const words of ['no tests', '1 to 4: few', '5 to 49', '50 to 199', '200 to 999'])
      expect(texts).toContain(words);
    expect(texts).toContain('1,000 and more tests a day');
  });
});

describe('the calendar', () => {
  it('says on how many days, the longest silence and the busiest day', () => {
    const view = calendarOf([7, 0, 0, 0, 60, 3, 0, 0, 0, 0, 9]);
    expect(view.title).toContain('Tests on 4 of 11 days');
    expect(view.notes.join(' ')).toMatch(/longest silence is 4 days, 3.6 January 2025/);
    expect(view.notes.join(' ')).toContain('most tests, 60, were made on 1 January 2025');
    expect(view.table.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['December 2024', '7', '1', '0', '3', '7'],
      ['January 2025', '72', '3', '1', '4', '60'],
    ]);
  });

  it('draws weeks of silence as one empty box', () => {
    const silence = (days: number) => [9, ...Array.from({ length: days }, () => 0), 9];
    const long = { ...frame, until: day('2026-01-01'), dataUntil: day('2026-01-01') };
    const boxes = (days: number): number => {
      const rows = silence(days).flatMap((tests, index) =>
        tests === 0 ? [] : [{ ...ROW, period: addDays(frame.since, index) }],
      );
      const view = toCalendar(rows, { ...context, frame: long });
      return nodesOf(layoutChart(view, { width: 720 }).children).flatMap((node) =>
        node.type === 'path' && node.class === 'day-none' ? (node.d.match(/M/g) ?? []) : [],
      ).length;
    };
    // The rest of both years stays silent, and a longer silence needs no more boxes.
    expect(boxes(200)).toBe(boxes(207));
    expect(boxes(200)).toBeLessThan(20);
    expect(boxes(3)).toBeGreaterThan(3);
  });

  it('draws days of one shade that follow each other in a week as one line, dashed into their squares', () => {
    const css = readFileSync('site/styles/charts.css', 'utf8');
    // Friday to Tuesday, with as many tests each: a line for each week.
    const view = calendarOf([0, 0, 0, 0, 0, 0, 60, 60, 60, 60, 60]);
    for (const width of [340, 480, 560, 720]) {
      const lines = nodesOf(layoutChart(view, { width }).children).filter(
        (node) => node.type === 'path' && node.class?.startsWith('stroke-heat-') === true,
      );
      expect(lines).toHaveLength(1);
      const [line] = lines;
      if (line?.type !== 'path') throw new Error('Nothing was drawn.');
      const step = Number(/dash-(\d+)$/.exec(line.class ?? '')?.[1]);
      const rule = new RegExp(
        `\\.dash-${step} \\{\\s*fill: none;\\s*stroke-width: (\\d+)px;\\s*stroke-dasharray: (\\d+) (\\d+);`,
      ).exec(css);
      const [side, dash, gap] = (rule ?? []).slice(1).map(Number);
      expect((dash ?? 0) + (gap ?? 0)).toBe(step);
      expect(side).toBe(dash);
      const lengths = [...line.d.matchAll(/v(\d+)/g)].map(([, length]) => Number(length));
      expect(lengths).toEqual([2 * step + step - (gap ?? 0), step + step - (gap ?? 0)]);
    }
  });

  it('says of a place what is too few there', () => {
    const place = { ...context, network: null, place: 'Kenya', networkCount: 9 };
    const few = (view: ReturnType<typeof toCalendar>) => view.notes.at(-1);
    expect(few(toCalendar([], place))).toContain('fewer than 30 tests');
    expect(few(toCalendar([], place))).not.toContain('network');
    expect(few(toCalendar([], context))).toContain('fewer than 5 tests');
  });

  it('draws a year apart, a class in one path, and each day once where marks can be read', () => {
    const view = calendarOf([7, 0, 0, 0, 60, 3, 0, 0, 0, 0, 9]);
    const drawn = nodesOf(layoutChart(view, { width: 340 }).children);
    expect(drawn.filter(({ data }) => data?.['row'] !== undefined)).toHaveLength(2);
    expect(drawn.filter(({ type }) => type === 'path').length).toBeLessThan(10);
    const read = nodesOf(layoutChart(view, { width: 340, reads: true }).children).filter(
      ({ data }) => data?.['period'] !== undefined,
    );
    expect(read.map(({ data }) => data?.['period'])).toEqual(view.days.map(({ day: one }) => one));
    expect(read[1]?.data?.['said']).toBe('no tests');
    expect(read[5]?.data?.['said']).toBe('3 tests, too few for a rate');
    const names = drawn.flatMap((node) => (node.type === 'text' ? [node.text] : []));
    expect(names.filter((name) => name === 'Jan')).toHaveLength(1);
    const places = read.map((node) => (node.type === 'rect' ? `${node.x} ${node.y}` : ''));
    // Saturday stands in the sixth row, and Monday begins a column.
    expect(places[2]?.split(' ')[0]).not.toBe(places[1]?.split(' ')[0]);
  });
});
