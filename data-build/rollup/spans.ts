/**
 * Stretches of days whose raw rows are taken together. A build holds the raw rows of one of them at a time, so that its memory
 * does not grow with the days.
 */
import { basename } from 'node:path';
import { hashOf } from '../hash.ts';
import { numberIn, textIn, type Database } from './database.ts';
import { partId, measurementRows, type DayRange } from './part-views.ts';
import type { PlacedPart } from '../parts.ts';
import { printSql } from './select.ts';

export interface Span {
  /** A year, a month or a day: `2024`, `2024-11`, `2024-11-07`. */
  readonly name: string;
  /** Rows of all dumps, duplicates with them. */
  readonly rows: number;
  /** Changes with the rows: the parts that have some, and what is left out of them. */
  readonly print: string;
  /** SELECT of its rows, as `dump_rows` has them. */
  readonly select: string;
  /** SQL for whether a time is in it. */
  has(time: string): string;
}

/**
 * A year with fewer rows is one span, and so is a month; the days of other months stand alone. What picks the rows of a span
 * holds the identity of each, which of four million is more than a build may take. The last year grows from night to night, so
 * fewer of its rows are taken together.
 */
export interface SpanSizes {
  readonly year: number;
  readonly lastYear: number;
  readonly month: number;
}
export const SPAN_SIZES: SpanSizes = { year: 200_000, lastYear: 50_000, month: 2_000_000 };

interface PartDay {
  readonly day: string;
  readonly part: PlacedPart;
  readonly rows: number;
}

const INTERVALS: ReadonlyMap<number, string> = new Map([
  [4, '1 YEAR'],
  [7, '1 MONTH'],
  [10, '1 DAY'],
]);

function hasSql(name: string, time: string): string {
  const first = `DATE '${name}${'-01-01'.slice(name.length - 4)}'`;
  return `(${time} >= ${first} AND ${time} < ${first} + INTERVAL ${INTERVALS.get(name.length)})`;
}

/** The spans of all measurements in the order of days. `parts`: those of measurements that are loaded. */
export async function findSpans(
  db: Database,
  parts: readonly PlacedPart[],
  range: DayRange,
  sizes: SpanSizes,
): Promise<readonly Span[]> {
  const byId = new Map(parts.map((part) => [partId(part), part]));
  const found = await db.all(`
    SELECT strftime(measurement_start_time::DATE, '%Y-%m-%d') AS day, part::VARCHAR AS part, count(*) AS rows
    FROM dump_rows WHERE measurement_start_time IS NOT NULL GROUP BY ALL ORDER BY ALL`);
  const days = found.flatMap((row): PartDay[] => {
    const part = byId.get(textIn(row, 'part'));
    return part === undefined
      ? []
      : [{ day: textIn(row, 'day'), part, rows: numberIn(row, 'rows') }];
  });
  const lastYear = days.at(-1)?.day.slice(0, 4);
  const named = [...Map.groupBy(days, ({ day }) => day.slice(0, 4))].flatMap(([year, ofYear]) => {
    if (sum(ofYear) < (year === lastYear ? sizes.lastYear : sizes.year))
      return [[year, ofYear] as const];
    return [...Map.groupBy(ofYear, ({ day }) => day.slice(0, 7))].flatMap(([month, ofMonth]) =>
      sum(ofMonth) < sizes.month
        ? [[month, ofMonth] as const]
        : [...Map.groupBy(ofMonth, ({ day }) => day)],
    );
  });
  const spans: Span[] = [];
  for (const [name, own] of named) {
    const ownParts = [...new Set(own.map(({ part }) => part))];
    const given = ownParts.map((part) => [part.dump, part.dump_sha256, basename(part.folder)]);
    const has = (time: string): string => hasSql(name, time);
    const [excluded] = await db.all(`
      SELECT ${printSql(['part', 'part_row'])} AS print FROM excluded_rows WHERE ${has('measurement_start_time')}`);
    spans.push({
      name,
      rows: sum(own),
      print: hashOf(JSON.stringify([given, range.since, range.until, textIn(excluded, 'print')])),
      select: `SELECT * FROM (${measurementRows(ownParts, range)}) WHERE ${has('measurement_start_time')}`,
      has,
    });
  }
  return spans;
}

const sum = (days: readonly PartDay[]): number => days.reduce((all, { rows }) => all + rows, 0);
