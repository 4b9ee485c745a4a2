/** Documented shutdowns as records: who is affected and what for stays with the publisher, to whose source each row leads. */
import { isProblem, type Problem, problem } from '../../contract/problem.ts';
import { normalizeTable } from '../../normalize/figure-table.ts';
import { normalizeNamedPlace } from '../../normalize/place-name.ts';
import { normalizeRecord } from '../../normalize/record-row.ts';
import type { CsvRow, CsvTable } from '../../parse/csv-table.ts';
import type { Normalized } from '../../parts.ts';

const NEEDED = ['start_date', 'end_date', 'country', 'geo_scope'];
/** Columns that have held the address of a report, the first that has one counts. */
const ADDRESSES = ['source_url', 'info_source_link', 'news_link', 'an_link', 'source'];

/** `start_date,end_date,country,geo_scope,…,source_url`; columns by name, dates as `YYYY-MM-DD`. */
export function normalizeShutdowns(table: CsvTable): Normalized<'records'> | Problem {
  return normalizeTable(table, NEEDED, (row) => {
    const cell = (name: string): string => row.cells.get(name)?.trim() ?? '';
    const place = normalizeNamedPlace(cell('country'));
    if (isProblem(place)) return place;
    return normalizeRecord({
      source: 'access-now',
      place,
      kind: 'shutdown',
      scope: scopeOf(cell('geo_scope')),
      firstDay: cell('start_date'),
      lastDay: cell('end_date'),
      address: addressOf(row),
      licence: cell('licence'),
    });
  });
}

function addressOf({ cells }: CsvRow): string | Problem {
  const given = ADDRESSES.map((name) => cells.get(name)?.trim() ?? '').filter(
    (text) => text !== '',
  );
  // A cell can list several.
  const address = given
    .flatMap((text) => text.split(/[\s,;|]+/))
    .find((text) => /^https?:/.test(text));
  return address ?? problem('invalid_csv', 'no address of a source');
}

/** The publisher says in words, and in more than one way, how much of a country it was. */
function scopeOf(text: string): 'country' | 'part' | null {
  if (text === '') return null;
  return /\b(?:national|nationwide|whole|level 3)\b/i.test(text) && !/sub-?national/i.test(text)
    ? 'country'
    : 'part';
}
