/** Lines that a reader chose, each with a colour, a dash and a mark of its own. */
import type { Mark } from './marks/axis.ts';
import type { LegendItem } from './marks/legend.ts';
import { courseMarks, place, type Course, type CourseLook, type Datum } from './marks/line.ts';
import { group } from './marks/shapes.ts';

export interface Series {
  readonly key: string;
  readonly label: string;
  /** Place in the order of size: which of the looks it has. */
  readonly look: number;
  readonly course: Course<Datum>;
}

export function seriesItem({ key, label, look }: Series): LegendItem {
  return { key: `line ${key}`, label, class: `series-line series-${look}`, shape: 'line' };
}

/** `hides`: what a reader takes it out by; null: cannot be taken out. */
export function seriesMark(
  { key, look, course }: Series,
  classes: CourseLook,
  hides: string | null,
): Mark {
  return (plot) =>
    group(`series ${key}`, courseMarks(place(course, plot), classes), {
      class: `series series-${look}`,
      ...(hides === null ? {} : { data: { series: hides } }),
    });
}
