/** What holds for marks and axes, whatever they are given. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays } from '../../data-build/contract/brands.ts';
import { numberAxis } from '../../site/charts/marks/axis.ts';
import {
  bandPath,
  linePath,
  loners,
  place,
  type Course,
  type Datum,
} from '../../site/charts/marks/line.ts';
import { toTimeAxis } from '../../site/charts/marks/time-axis.ts';
import { day } from '../support/days.ts';

const SINCE = day('2024-03-01');
const UNTIL = addDays(SINCE, 30);
const axis = toTimeAxis(
  { since: SINCE, until: UNTIL, grain: 'day', dataUntil: UNTIL },
  { width: 720 },
);
const plot = { axis, value: numberAxis([100], 4)(200, 0), top: 0, bottom: 200 };

/** A point or a gap for each day. */
const courses: fc.Arbitrary<Course<Datum>> = fc
  .array(fc.option(fc.record({ value: fc.nat(100), quiet: fc.boolean(), known: fc.boolean() })), {
    maxLength: 30,
  })
  .map((points) =>
    points.map((point, index) => {
      if (point === null) return null;
      const start = addDays(SINCE, index);
      const { value, quiet } = point;
      const [lower, upper] = point.known ? [value, value] : [null, null];
      return { key: start, start, end: addDays(start, 1), value, quiet, lower, upper };
    }),
  );

/** Horizontal stretches that a path covers, by the days they join. */
function joins(path: string): readonly string[] {
  return path.split('M').flatMap((piece) => {
    const xs = piece.match(/[\d.]+(?=,)/g)?.map(Number) ?? [];
    return xs.slice(1).map((x, index) => [xs[index], x].join('–'));
  });
}

it('a line joins neighbors once, firm or quiet, and never across a gap', () => {
  fc.assert(
    fc.property(courses, (course) => {
      const points = place(course, plot);
      const wanted = points.flatMap((point, index) => {
        const before = points[index - 1] ?? null;
        return point === null || before === null ? [] : [[before.x, point.x].join('–')];
      });
      const firm = joins(linePath(points));
      const quiet = joins(linePath(points, true));
      expect([...firm, ...quiet].sort()).toEqual([...wanted].sort());
      const drawn = new Set([...firm, ...quiet].flatMap((join) => join.split('–')));
      for (const point of points)
        if (point !== null)
          expect(drawn.has(String(point.x))).toBe(!loners(points).includes(point));
    }),
  );
});

it('a band ends where its edges are not known', () => {
  fc.assert(
    fc.property(courses, (course) => {
      const points = place(course, plot);
      const known = points.filter((point) => point !== null && point.lower !== null);
      const xs = bandPath(points).match(/[\d.]+(?=,)/g) ?? [];
      for (const x of xs) expect(known.some((point) => String(point?.x) === x)).toBe(true);
    }),
  );
});

it('every value stands on its axis, between ticks that read differently', () => {
  const values = fc.array(
    fc.oneof(
      fc.nat(3_000_000),
      fc.integer({ min: -1e8, max: 1e8 }).map((hundredths) => hundredths / 100),
    ),
    {
      minLength: 1,
      maxLength: 20,
    },
  );
  fc.assert(
    fc.property(values, fc.constantFrom(3, 4), (given, steps) => {
      const { at, ticks } = numberAxis(given, steps)(200, 0);
      for (const value of [0, ...given]) {
        expect(at(value)).toBeGreaterThanOrEqual(0);
        expect(at(value)).toBeLessThanOrEqual(200);
      }
      expect(ticks.length).toBeGreaterThan(1);
      expect(new Set(ticks.map(({ text }) => text)).size).toBe(ticks.length);
      if (given.every(Number.isInteger))
        expect(ticks.every(({ value }) => Number.isInteger(value))).toBe(true);
    }),
  );
});
