/** Questions about rows as they are, as values: see `count.ts`. */
import { assertNever } from '../../data-build/contract/problem.ts';
import type { TableName } from '../../data-build/contract/tables.ts';
import { toCondition, type Condition, type RowTest } from './condition.ts';

/** Names of networks; where there are several, the first in order. */
export const NAMED =
  'named AS (SELECT probe_asn, min(name) AS name FROM networks GROUP BY probe_asn)';

/** A column of listed rows: one of the table, in another form, or the same in all rows. */
export interface ListedColumn {
  readonly name: string;
  /** `text`: a day as text. `number`: a plain number. `month`: the first day of a month. `constant`: its own text. `nothing`: null. */
  readonly as?: 'text' | 'number' | 'month' | 'constant' | 'nothing';
  /** Of the table, or the constant; left out: the one of that name. */
  readonly from?: string;
}

export interface Listing {
  readonly table: TableName;
  readonly where: readonly RowTest[];
  readonly columns: readonly ListedColumn[];
}

/** Rows of one or several tables as they are. */
export interface ListQuestion {
  readonly kind: 'list';
  readonly from: readonly Listing[];
  readonly order: readonly { readonly name: string; readonly descending?: true }[];
  /** With the name of the network, as `network_name`. */
  readonly named?: true;
}

function listedSql({ name, as, from = name }: ListedColumn): string {
  switch (as) {
    case undefined:
      return from === name ? name : `${from} AS ${name}`;
    case 'text':
      return `${from}::VARCHAR AS ${name}`;
    case 'number':
      return `${from}::DOUBLE AS ${name}`;
    case 'month':
      return `${from} || '-01' AS ${name}`;
    case 'constant':
      return `'${from}' AS ${name}`;
    case 'nothing':
      return `NULL::VARCHAR AS ${name}`;
    default:
      return assertNever(as);
  }
}

/** SQL of a list. */
export function listSql({ from, order, named }: ListQuestion): Condition {
  const parts = from.map(({ table, where, columns }) => {
    const { sql, params } = toCondition(where);
    return {
      sql: `SELECT ${columns.map(listedSql).join(', ')} FROM ${table} WHERE ${sql}`,
      params,
    };
  });
  const rows = parts.map(({ sql }) => sql).join(' UNION ALL ');
  const by = order.map(({ name, descending }) => `${name}${descending === true ? ' DESC' : ''}`);
  return {
    sql:
      named === true
        ? `WITH ${NAMED}, found AS (${rows}) SELECT found.*, named.name AS network_name FROM found LEFT JOIN named ON found.probe_asn = named.probe_asn ORDER BY ${by.join(', ')}`
        : `${rows} ORDER BY ${by.join(', ')}`,
    params: parts.flatMap(({ params }) => params),
  };
}
