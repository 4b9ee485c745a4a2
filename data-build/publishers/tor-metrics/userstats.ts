/** Tor Metrics' estimates of clients as figures of tool use. */
import { isProblem, type Problem, problem } from '../../contract/problem.ts';
import { MOST_IN_A_DAY } from '../../contract/tools.ts';
import { normalizePlace, normalizeTable, parseFigures } from '../../normalize/figure-table.ts';
import { toFigureDay } from '../../normalize/time.ts';
import type { CsvTable } from '../../parse/csv-table.ts';
import type { Normalized } from '../../parts.ts';

/**
 * Tor Metrics `userstats-{relay,bridge}-country.csv`: `date,country,users[,lower,upper],frac`, columns by
 * name. An empty country is the world's total and is kept out of the sums; `na` is Namibia. `lower` above
 * `upper` makes both null.
 */
export function normalizeTorUse(table: CsvTable): Normalized<'tool_use'> | Problem {
  // The relay file has an expected range, the bridge file has none; names of files do not always say.
  const tool = table.columns.includes('lower') ? 'tor-relay' : 'tor-bridge';
  return normalizeTable(table, ['date', 'country', 'users'], (row) => {
    const place = normalizePlace(row.cells.get('country') ?? '');
    if (isProblem(place)) return place;
    const date = row.cells.get('date') ?? '';
    const day = toFigureDay(date);
    if (day === null) return problem('invalid_csv', `date ${date}`);
    const figures = parseFigures(row, { value: 'users', coverage: 'frac' }, MOST_IN_A_DAY.users);
    if (isProblem(figures)) return figures;
    return {
      day,
      probe_cc: place,
      tool,
      metric: 'users',
      ...figures,
      source: null,
      licence: null,
    };
  });
}
