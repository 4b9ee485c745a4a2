/** A question as a pure value: SQL over the contract's tables, its parameters, and the type of its rows. */

import type { TableName } from '../../data-build/contract/tables.ts';

export type QueryParam = string | number | boolean | null;

export interface Query<Row> {
  /** DuckDB SQL. Tables stand under their contract names; parameters are `?`, each cast: `?::DATE`. */
  readonly sql: string;
  readonly params: readonly QueryParam[];
  /** Tables it reads; the catalog turns them into files. */
  readonly tables: readonly TableName[];
  /** Never set; carries the row type. */
  readonly row?: Row;
}
