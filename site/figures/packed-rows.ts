/** Lists of rows in JSON with the names of their columns said once: a third of the bytes, the same values again. */
import { isFields, type Fields } from '../../data-build/contract/fields.ts';

/** Names that no row of ours has. */
const [COLUMNS, ROWS] = ['$columns', '$rows'] as const;

/** Plain JSON → the same with each list of rows of one kind packed. */
export function packRows(json: unknown): unknown {
  if (Array.isArray(json)) {
    const list: readonly unknown[] = json;
    const columns = columnsOf(list);
    if (columns === null) return list.map(packRows);
    const rows = list.filter(isFields).map((row) => columns.map((name) => packRows(row[name])));
    return { [COLUMNS]: columns, [ROWS]: rows };
  }
  return isFields(json) ? mapFields(json, packRows) : json;
}

/** What {@link packRows} was given. */
export function unpackRows(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(unpackRows);
  if (!isFields(json)) return json;
  const { [COLUMNS]: columns, [ROWS]: rows } = json;
  if (!Array.isArray(columns) || !Array.isArray(rows)) return mapFields(json, unpackRows);
  const names = columns.map(String);
  return rows.map((row) => {
    const values: readonly unknown[] = Array.isArray(row) ? row : [];
    return Object.fromEntries(names.map((name, index) => [name, unpackRows(values[index])]));
  });
}

/** Null: these are not two rows or more with the same columns in the same order. */
function columnsOf(list: readonly unknown[]): readonly string[] | null {
  const rows = list.filter(isFields);
  const [first] = rows;
  if (first === undefined || rows.length < list.length || rows.length < 2) return null;
  const columns = Object.keys(first);
  const names = columns.join('\n');
  return rows.every((row) => Object.keys(row).join('\n') === names) ? columns : null;
}

function mapFields(fields: Fields, change: (value: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
}
