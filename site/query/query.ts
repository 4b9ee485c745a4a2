/** A question as a pure value: SQL over the contract's tables, its parameters, and the type of its rows. */
import type { PlainQuestion } from './count.ts';
import type { TableName } from '../../data-build/contract/tables.ts';

export type QueryParam = string | number | boolean | null;

export interface Query<Row> {
  /** DuckDB SQL. Tables stand under their contract names; parameters are `?`, each cast: `?::DATE`. */
  readonly sql: string;
  readonly params: readonly QueryParam[];
  /** Tables it reads; the catalog turns them into files. */
  readonly tables: readonly TableName[];
  /** The same question as a value, which needs no engine; left out: it does. */
  readonly plain?: PlainQuestion;
  /** How the same is asked for many subjects at once; left out: it cannot be. */
  readonly batch?: QueryBatch<Row>;
  /** Never set; carries the row type. */
  readonly row?: Row;
}

type BatchKey = string | number;

interface QueryBatch<Row, Key extends BatchKey = BatchKey> {
  /** The subject of this question. */
  readonly key: Key;
  many(keys: readonly Key[]): Query<Row>;
  /** The subject of a row. */
  keyOf(row: Row): Key;
}

/** The question about one of many subjects: a page asks it alone, a build for a batch of pages. */
export function askOne<Row, Key extends BatchKey>(
  key: Key,
  many: (keys: readonly Key[]) => Query<Row>,
  keyOf: (row: Row) => Key,
): Query<Row> {
  const batch: QueryBatch<Row, Key> = { key, many, keyOf };
  return { ...many([key]), batch };
}
