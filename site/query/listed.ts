/** What the test lists ask to test. Text that both DuckDB 1.5 and 0.9.1 understand. */
import type { RowOf } from '../../data-build/contract/tables.ts';
import { isIn } from './condition.ts';
import { toQuery } from './count.ts';
import type { Query } from './query.ts';

export type ListedRow = RowOf<'listed_websites'>;

/** The list for all places. */
export const EVERYWHERE = 'global';

/** Websites on the list of a country or territory and on that for all. */
export function listedQuery(probeCc: string): Query<ListedRow> {
  return toQuery({
    kind: 'list',
    from: [
      {
        table: 'listed_websites',
        where: isIn('test_list', 'VARCHAR', [probeCc, EVERYWHERE]),
        columns: ['test_list', 'input', 'domain', 'category_code'].map((name) => ({ name })),
      },
    ],
    order: [{ name: 'test_list' }, { name: 'input' }],
  });
}
