/** Replies of OONI's aggregation API, JSON or CSV: counts along the requested axes. */
import { isProblem, problem, type Problem } from '../../contract/problem.ts';
import { parseCsvTable } from '../../parse/csv-table.ts';
import { isJsonArray, isJsonObject, type JsonObject } from '../../parse/json.ts';
import { parseJson } from '../../parse/measurement-line.ts';

export interface AggregationRow {
  /** Line of the file (CSV), or place in the list counted from 1 (JSON). */
  readonly line: number;
  /** Cells by column name; numbers stay text in CSV. */
  readonly cells: JsonObject;
}

export interface AggregationReply {
  readonly kind: 'aggregation';
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly AggregationRow[];
  readonly problems: readonly { readonly line: number; readonly problem: Problem }[];
}

/** A bare list, or `{v, dimension_count, result}`; a reply without axes has one object as its result. */
export function parseAggregationJson(text: string): AggregationReply | Problem {
  const value = parseJson(text);
  if (value === undefined) return problem('invalid_json', `${text.length} characters`);
  const result = isJsonObject(value) ? value['result'] : value;
  const list = isJsonArray(result) ? result : isJsonObject(result) ? [result] : null;
  if (list === null) return problem('not_an_object', 'no list of counts');
  const rows: AggregationRow[] = [];
  const problems: { line: number; problem: Problem }[] = [];
  list.forEach((cells, index) => {
    const line = index + 1;
    if (isJsonObject(cells)) rows.push({ line, cells });
    else problems.push({ line, problem: problem('not_an_object') });
  });
  const columns = new Set(rows.flatMap((row) => Object.keys(row.cells)));
  return { kind: 'aggregation', columns, rows, problems };
}

/** Columns by name, in any order. */
export function parseAggregationCsv(text: string): AggregationReply | Problem {
  const table = parseCsvTable(text);
  if (isProblem(table)) return table;
  return {
    kind: 'aggregation',
    columns: new Set(table.columns),
    rows: table.rows.map(({ line, cells }) => ({ line, cells: Object.fromEntries(cells) })),
    problems: table.problems,
  };
}
