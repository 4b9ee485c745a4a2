/** Figures of a page share questions; each is asked once. */
import type { Query } from '../query/query.ts';
import type { Ask } from './ask.ts';

interface Remembered {
  readonly sql: string;
  readonly rows: readonly unknown[];
}

/** Asks as `ask` does and keeps the answers used last, up to so many rows in all. */
export function rememberAnswers(ask: Ask, mostRows = Infinity): Ask {
  const answers = new Map<string, Promise<Remembered>>();
  const counts = new Map<string, number>();
  let held = 0;

  const forget = (key: string): void => {
    answers.delete(key);
    held -= counts.get(key) ?? 0;
    counts.delete(key);
  };
  const keep = (key: string, rows: number): void => {
    counts.set(key, rows);
    held += rows;
    for (const oldest of counts.keys()) {
      if (held <= mostRows) return;
      forget(oldest);
    }
  };
  return async <Row>(query: Query<Row>, scope: Parameters<Ask>[1] = {}) => {
    const key = JSON.stringify([query.sql, query.params, scope]);
    const known = answers.get(key);
    const answer =
      known ??
      ask(query, scope).then(
        (rows) => {
          keep(key, rows.length);
          return { sql: query.sql, rows };
        },
        (error: unknown) => {
          answers.delete(key);
          throw error;
        },
      );
    if (known === undefined) answers.set(key, answer);
    const { sql, rows } = await answer;
    const count = counts.get(key);
    if (count !== undefined) {
      // Used last, forgotten last.
      counts.delete(key);
      counts.set(key, count);
    }
    if (!isAnswer(sql, rows, query)) throw new Error('An answer was kept under another question.');
    return rows;
  };
}

/** The rows of a question are of its type: they came from the same SQL. */
function isAnswer<Row>(
  sql: string,
  rows: readonly unknown[],
  query: Query<Row>,
): rows is readonly Row[] {
  return sql === query.sql && Array.isArray(rows);
}
