/** Courses over time: lines, the bands around them, and a mark for each point. Gaps stay gaps. */
import type { Rate } from '../../view/rate.ts';
import type { SceneData, SceneNode } from '../scene.ts';
import type { Plot } from './axis.ts';
import { circle, d, group, line, path, rect, round, type Look } from './shapes.ts';
import type { Slot } from './time-axis.ts';

/** A value over a stretch of the axis. */
export interface Datum extends Slot {
  readonly key: string;
  readonly value: number;
  /** Ends of what is around the value; null: not known. */
  readonly lower: number | null;
  readonly upper: number | null;
  /** Not whole yet, not settled, or on few tests: drawn more quietly. */
  readonly quiet: boolean;
  /** What the point says; see interact/readout.ts. */
  readonly data?: SceneData;
}

/** In time order; null is a gap. */
export type Course<P> = readonly (P | null)[];

/** A datum in pixels. */
export interface Point<D extends Datum = Datum> {
  readonly datum: D;
  readonly left: number;
  readonly right: number;
  /** The middle of its stretch. */
  readonly x: number;
  readonly y: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Puts data on their places; what lies beyond the axis is left out. */
export function place<D extends Datum>(data: Course<D>, { axis, value }: Plot): Course<Point<D>> {
  return data.flatMap((datum) => {
    if (datum === null) return [null];
    const slot = axis.slot(datum);
    const left = Math.max(axis.left, slot.x);
    const right = Math.min(axis.right, round(slot.x + slot.width));
    if (right <= left) return [];
    const [lower, upper] = [datum.lower, datum.upper].map((end) =>
      end === null ? null : value.at(end),
    );
    const x = round(left + round(right - left) / 2);
    return [
      {
        datum,
        left,
        right,
        x,
        y: value.at(datum.value),
        lower: lower ?? null,
        upper: upper ?? null,
      },
    ];
  });
}

/** The ends of what the counts allow around a share. */
export function rateEnds(rate: Rate | null): Pick<Datum, 'lower' | 'upper'> {
  return rate?.kind === 'rate' ? rate : { lower: null, upper: null };
}

/** Puts gaps between data that do not follow each other. */
export function withGaps<D extends Slot>(points: readonly D[]): Course<D> {
  return points.flatMap((point, index) =>
    index > 0 && points[index - 1]?.end !== point.start ? [null, point] : [point],
  );
}

/** Stretches of two or more neighbors that go together. */
function stretches<P>(course: Course<P>, together: (a: P, b: P) => boolean): readonly P[][] {
  const found: P[][] = [];
  course.forEach((point, index) => {
    const before = course[index - 1] ?? null;
    if (point === null || before === null || !together(before, point)) return;
    const last = found.at(-1);
    if (last?.at(-1) === before) last.push(point);
    else found.push([before, point]);
  });
  return found;
}

/** Long courses are written in tenths of a pixel: nobody sees more of them, and pages weigh less. */
const LONG = 150;

function writePath(
  points: readonly (readonly [x: number, y: number])[],
  { length }: Course<unknown>,
): string {
  const parts = length > LONG ? 10 : 100;
  const short = (value: number): number => Math.round(value * parts) / parts + 0;
  return points
    .map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${short(x)},${short(y)}`)
    .join('');
}

/** The line between neighbors: where both are firm, or where either is quiet. */
export function linePath(course: Course<Point>, quiet = false): string {
  return stretches(course, (a, b) => (a.datum.quiet || b.datum.quiet) === quiet)
    .map((points) =>
      writePath(
        points.map(({ x, y }) => [x, y]),
        course,
      ),
    )
    .join('');
}

/** The band between two edges, by default the ends around the value, where both are known. */
export function bandPath<D extends Datum>(
  course: Course<Point<D>>,
  edgesOf: (point: Point<D>) => readonly [lower: number | null, upper: number | null] = (point) => [
    point.lower,
    point.upper,
  ],
): string {
  const edges = course.map((point) => {
    const [lower, upper] = point === null ? [null, null] : edgesOf(point);
    return point === null || lower === null || upper === null ? null : { x: point.x, lower, upper };
  });
  return stretches(edges, () => true)
    .map((points) => {
      const there = points.map(({ x, upper }) => [x, upper] as const);
      const back = points.map(({ x, lower }) => [x, lower] as const).reverse();
      return `${writePath([...there, ...back], course)}Z`;
    })
    .join('');
}

/** Points without a neighbor, which no line shows. */
export function loners<P>(course: Course<P>): readonly P[] {
  return course.flatMap((point, index) =>
    point === null || (course[index - 1] ?? null) !== null || (course[index + 1] ?? null) !== null
      ? []
      : [point],
  );
}

export type Shape = 'circle' | 'square' | 'diamond';

/** A mark on a point; `r` is half its width. */
export function dot(
  key: string,
  shape: Shape,
  { x, y }: { readonly x: number; readonly y: number },
  r: number,
  look: Look,
): SceneNode {
  switch (shape) {
    case 'circle':
      return circle(key, x, y, r, look);
    case 'square':
      return rect(key, [x - r, y - r, 2 * r, 2 * r], look);
    case 'diamond':
      return path(key, d`M${x - r} ${y}L${x} ${y - r}L${x + r} ${y}L${x} ${y + r}Z`, look);
  }
}

/** Classes of a course and its parts. */
export interface CourseLook {
  /** Null: no band. */
  readonly band: string | null;
  /** Of points that stand alone; null: none. */
  readonly interval: string | null;
  readonly line: string;
  readonly point: string;
  readonly quiet: string;
  /** Radius of its points; less where they are many. */
  readonly r: number;
  /** What a reader can take out; see legend.ts. */
  readonly series?: { readonly line: string; readonly band: string };
}

export const RATE_COURSE: CourseLook = {
  band: 'band',
  interval: 'interval',
  line: 'rate-line',
  point: 'rate-point',
  quiet: 'rate-point-grey',
  r: 3.5,
};

/** One of several lines, each with a colour, a dash and a mark of its own. */
export const SERIES_COURSE: CourseLook = {
  band: null,
  interval: null,
  line: 'series-line',
  point: 'series-point',
  quiet: 'series-point-grey',
  r: 3,
};

const MANY = 60;

/** Space around a point, with its outline. */
const AROUND = 2;

/**
 * Points in rounds, those of each apart from each other, so that a page can hold a round as one path. Points that can be
 * pointed at keep the order in which they are stepped through.
 */
function layered(points: readonly Point[], r: number): readonly Point[] {
  if (points.some(({ datum }) => datum.data !== undefined)) return points;
  const rounds: Point[][] = [];
  for (const point of points) {
    const free = rounds.find((round) => {
      const last = round.at(-1);
      return last !== undefined && point.x - last.x > 2 * r + AROUND;
    });
    if (free === undefined) rounds.push([point]);
    else free.push(point);
  }
  return rounds.flat();
}

/** A line with its band and its points; only firm neighbors are joined, and a point that stands alone has its interval. */
export function courseMarks(course: Course<Point>, look: CourseLook): readonly SceneNode[] {
  const { band, interval, series } = look;
  const ofLine: Look = series === undefined ? {} : { data: { series: series.line } };
  const ofBand: Look = series === undefined ? {} : { data: { series: series.band } };
  const r = course.length > MANY ? look.r - 1 : look.r;
  const firm = course.map((point) => (point?.datum.quiet === false ? point : null));
  const alone = new Set(loners(firm));
  const points = course.filter((point) => point !== null);
  const intervals = points.flatMap((point) => {
    const { datum, x, lower, upper } = point;
    if (lower === null || upper === null || !(datum.quiet || alone.has(point))) return [];
    return [line(datum.key, [x, upper], [x, lower])];
  });
  return [
    ...(band === null ? [] : [path('band', bandPath(firm), { class: band, ...ofBand })]),
    ...(interval === null ? [] : [group('alone', intervals, { class: interval, ...ofBand })]),
    path('line', linePath(course), { class: look.line, ...ofLine }),
    group(
      'points',
      layered(points, r).map(({ datum: { key, quiet, data }, x, y }) =>
        circle(key, x, y, r, {
          class: quiet ? look.quiet : look.point,
          ...(data === undefined ? {} : { data }),
        }),
      ),
      ofLine,
    ),
  ];
}
