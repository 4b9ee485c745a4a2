/** What others recorded of a place. Text that both DuckDB 1.5 and 0.9.1 understand. */
import type { Day } from '../../data-build/contract/brands.ts';
import type { RowOf } from '../../data-build/contract/tables.ts';
import { isIn } from './condition.ts';
import { toQuery } from './count.ts';
import type { Query } from './query.ts';

export type RecordedRow = Omit<RowOf<'recorded_elsewhere'>, 'licence'>;

/** Every record of a country or territory, oldest first. */
export function recordsQuery(probeCc: string): Query<RecordedRow> {
  const named = ['probe_cc', 'record_kind', 'record_scope', 'url', 'source'];
  return toQuery({
    kind: 'list',
    from: [
      {
        table: 'recorded_elsewhere',
        where: isIn('probe_cc', 'VARCHAR', [probeCc]),
        columns: [
          ...named.map((name) => ({ name })),
          { name: 'first_day', as: 'text' },
          { name: 'last_day', as: 'text' },
        ],
      },
    ],
    order: [{ name: 'first_day' }, { name: 'source' }, { name: 'record_kind' }, { name: 'url' }],
  });
}

/** First and last day of what a publisher recorded anywhere. */
export interface RecordedSpanRow {
  readonly source: RecordedRow['source'];
  readonly first_day: Day;
  readonly last_day: Day;
  readonly places: number;
}

export function recordedSpansQuery(): Query<RecordedSpanRow> {
  return {
    sql: 'SELECT source, min(first_day)::VARCHAR AS first_day, max(coalesce(last_day, first_day))::VARCHAR AS last_day, count(DISTINCT probe_cc)::DOUBLE AS places FROM recorded_elsewhere GROUP BY source ORDER BY source',
    params: [],
    tables: ['recorded_elsewhere'],
  };
}
