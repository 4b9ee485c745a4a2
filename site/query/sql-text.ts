/** A query as text for reading and copying: parameters stand in their places, each with its `?` as a comment. */
import { quoteText } from '../../data-build/contract/sql.ts';
import type { Query, QueryParam } from './query.ts';

const BREAK_BEFORE = /\s+(?=(?:FROM|WHERE|GROUP BY|ORDER BY|LEFT JOIN|UNION ALL|HAVING)\b)/g;

/**
 * SQL that runs as it stands over tables of the contract's names, e.g.
 * `probe_cc IN ('KE' /* ?1 *\/::VARCHAR)`. Values are quoted as SQL quotes them; nothing in them can end a comment.
 */
export function formatSql({ sql, params }: Pick<Query<unknown>, 'sql' | 'params'>): string {
  let place = 0;
  // Text in quotes is passed over, so that a question mark inside is no parameter.
  return sql.replace(BREAK_BEFORE, '\n').replace(/'(?:[^']|'')*'|\?/g, (token) => {
    if (token !== '?') return token;
    const value = params[place] ?? null;
    place += 1;
    return `${quoteValue(value)} /* ?${place} */`;
  });
}

function quoteValue(value: QueryParam): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? quoteText(value) : String(value);
}
