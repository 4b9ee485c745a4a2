/** What an operator watches: how far each source reaches, what was not used, which places there are, the size of the site. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { InferOutput } from 'valibot';
import { daysBetween, type Day } from '../../data-build/contract/brands.ts';
import { isPublisherId, PUBLISHERS } from '../../data-build/contract/publishers.ts';
import { isAskedFor } from '../../data-build/contract/problem.ts';
import {
  count,
  dayOrNull,
  flag,
  list,
  optional,
  readShape,
  record,
  text,
} from '../../data-build/contract/shape.ts';
import { loadManifest } from '../engine/build-data.ts';
import type { SiteSize } from './hosts.ts';

/** At the root of a built site. It holds no clock time: age is for who reads it. */
export const STATUS_FILE = 'status.json';

const STATUS = record({
  data_version: text,
  synthetic: flag,
  sources: list(
    record({
      id: text,
      /** Last day covered plus one (exclusive). */
      until: dayOrNull,
      rows_in: count,
      rows_out: count,
      /** Rows and files that could not be used; not those that the operator left out. */
      rejects: count,
    }),
  ),
  places: list(text),
  files: count,
  bytes: count,
  /** Where large tables lie in place of `data/`, with the same paths below it; absent: in `data/`. */
  large_tables_url: optional(text),
});
export type Status = InferOutput<typeof STATUS>;

/** Throws, with what to do, when `data` is no data folder. */
export async function makeStatus(
  data: string,
  size: Pick<SiteSize, 'files' | 'bytes'>,
  elsewhere: string | null,
): Promise<Status> {
  const manifest = await loadManifest(data);
  const places = await readdir(path.join(data, 'country')).catch(() => []);
  return {
    data_version: manifest.data_version,
    synthetic: manifest.synthetic,
    sources: manifest.sources.map(({ id, until, rows_in, rows_out, rejects }) => ({
      id,
      until,
      rows_in,
      rows_out,
      rejects: rejects
        .filter((reject) => !isAskedFor(reject))
        .reduce((sum, reject) => sum + reject.count, 0),
    })),
    places: places.toSorted(),
    files: size.files,
    bytes: size.bytes,
    ...(elsewhere === null ? {} : { large_tables_url: elsewhere }),
  };
}

/** The status that a built site holds. Throws, with what to do, when there is none. */
export async function readStatus(dist: string): Promise<Status> {
  const file = path.join(dist, STATUS_FILE);
  const read = parseStatus(await readFile(file, 'utf8').catch(() => ''));
  if (!read.ok)
    throw new Error(
      `${file} is no status of a site: ${read.fault}\nGive a folder that \`npm run build\` wrote.`,
    );
  return read.value;
}

export function parseStatus(text: string) {
  let json: unknown = null;
  try {
    json = JSON.parse(text);
  } catch {
    // What is no JSON has no shape either.
  }
  return readShape(STATUS, json, 'status');
}

/** Fewer rows than this share of the last build's are worth a look. */
const HALF = 0.5;
/** Rejects that grew by this factor and are at least this share of what was read are worth a look. */
const REJECTS = { factor: 2, share: 0.01 };

const lateDaysOf = (id: string): number => (isPublisherId(id) ? (PUBLISHERS[id].lateDays ?? 0) : 0);

/**
 * What a person should look at, a line each. `before` is the status of the site that is published now; `stale` is the number
 * of days after which a source counts as late; a publisher that is slow itself has more.
 */
export function findAlerts(
  now: Status,
  before: Status | null,
  today: Day,
  stale: number,
): readonly string[] {
  const late = now.sources.flatMap(({ id, until }) => {
    const age = until === null ? null : daysBetween(until, today);
    return age === null || age <= Math.max(stale, lateDaysOf(id))
      ? []
      : [`${id}: its last day is ${String(age)} days ago`];
  });
  if (before === null) return late;
  const lost = before.places.filter((place) => !now.places.includes(place));
  const changes = before.sources.flatMap((earlier): readonly string[] => {
    const { id } = earlier;
    const later = now.sources.find((source) => source.id === id);
    if (later === undefined) return [`${id}: it is gone`];
    const fewer = later.rows_out < earlier.rows_out * HALF;
    const refused =
      later.rejects > earlier.rejects * REJECTS.factor &&
      later.rejects >= later.rows_in * REJECTS.share;
    return [
      ...(fewer
        ? [`${id}: ${String(later.rows_out)} rows, ${String(earlier.rows_out)} before`]
        : []),
      ...(refused
        ? [`${id}: ${String(later.rejects)} not used, ${String(earlier.rejects)} before`]
        : []),
    ];
  });
  return [
    ...late,
    ...changes,
    ...(lost.length === 0 ? [] : [`places without data now: ${lost.join(', ')}`]),
  ];
}
