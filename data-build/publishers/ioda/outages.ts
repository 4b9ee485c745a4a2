/** Detected outages of whole countries as records. */
import { isProblem, type Problem, problem } from '../../contract/problem.ts';
import { normalizeTable } from '../../normalize/figure-table.ts';
import { normalizePlaceCode } from '../../normalize/place-code.ts';
import { normalizeRecord } from '../../normalize/record-row.ts';
import type { CsvTable } from '../../parse/csv-table.ts';
import type { Normalized } from '../../parts.ts';

const NEEDED = ['location', 'start', 'duration', 'datasource', 'score', 'licence'];
/** No outage that is one event lasts longer: what does is a number that was read wrongly. */
const MOST_SECONDS = 400 * 86_400;

/** `location,start,duration,datasource,score,…,licence`: `country/KE`, seconds since 1970, seconds. */
export function normalizeOutages(table: CsvTable): Normalized<'records'> | Problem {
  return normalizeTable(table, NEEDED, (row) => {
    const cell = (name: string): string => row.cells.get(name)?.trim() ?? '';
    const [, code] = /^country\/([a-z]{2})$/i.exec(cell('location')) ?? [];
    if (code === undefined) return problem('invalid_csv', `location ${cell('location')}`);
    const place = normalizePlaceCode(code);
    if (isProblem(place)) return place;
    const [start, duration] = [cell('start'), cell('duration')];
    if (!/^\d{1,11}(?:\.\d+)?$/.test(start) || !/^\d{1,9}(?:\.\d+)?$/.test(duration))
      return problem('invalid_csv', `start ${start}, duration ${duration}`);
    const until = Number(start) + Number(duration);
    if (Number(duration) > MOST_SECONDS) return problem('invalid_csv', `duration ${duration}`);
    return normalizeRecord({
      source: 'ioda',
      place,
      kind: 'outage',
      scope: 'country',
      firstDay: dayOf(Number(start)),
      // The last second that it lasted: an outage of a day until midnight is of that day alone.
      lastDay: dayOf(Math.max(Number(start), until - 1)),
      address: `https://ioda.inetintel.cc.gatech.edu/country/${place}?from=${Math.trunc(Number(start))}&until=${Math.ceil(until)}`,
      licence: cell('licence') === '' ? null : cell('licence'),
    });
  });
}

const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
