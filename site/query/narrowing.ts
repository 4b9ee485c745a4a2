/**
 * What a statement asks of a table for certain: conditions that every row of it must meet to matter, and the columns
 * that are looked at. Files that cannot meet them are left out before anything is loaded, so only what cannot be
 * otherwise is said; whatever is not plainly so is passed over.
 */
import { tableColumns, type TableName } from '../../data-build/contract/tables.ts';
import { isIdentifier, isSign, keyword, type SqlToken } from './sql-tokens.ts';

/** `values`: one of these; `from`, `to`: bounds that belong to the range unless open. Dates as YYYY-MM-DD. */
export type Narrowing =
  | { readonly kind: 'values'; readonly column: string; readonly values: readonly string[] }
  | {
      readonly kind: 'from' | 'to';
      readonly column: string;
      readonly value: string;
      readonly open: boolean;
    };

/** Joins and clauses under which a row that is left out could change what becomes of others. */
const UNCERTAIN = new Set([
  'ASOF',
  'POSITIONAL',
  'SEMI',
  'ANTI',
  'PIVOT',
  'UNPIVOT',
  'SAMPLE',
  'TABLESAMPLE',
]);
const CLAUSE = new Set(
  'GROUP HAVING ORDER LIMIT OFFSET WINDOW QUALIFY UNION INTERSECT EXCEPT SELECT FETCH USING'.split(
    ' ',
  ),
);
const NO_ALIAS = new Set([
  ...CLAUSE,
  ...'WHERE JOIN INNER LEFT RIGHT FULL OUTER CROSS NATURAL ON'.split(' '),
]);

/**
 * Conditions joined by AND in the WHERE of the block that reads `table`; null when the statement is not plain enough
 * to tell: the table stands in it twice, or under an unusual join.
 */
export function findNarrowings(
  tokens: readonly SqlToken[],
  table: TableName,
): readonly Narrowing[] | null {
  if (tokens.some((token) => UNCERTAIN.has(keyword(token)))) return null;
  const named = [...tokens.keys()].filter((index) => isMention(tokens, index, table));
  const [at] = named;
  const token = at === undefined ? undefined : tokens[at];
  if (at === undefined || token === undefined || named.length > 1) return null;
  const before = tokens[at - 1];
  if (!['FROM', 'JOIN'].includes(keyword(before)) && !isSign(before, ',')) return null;
  const where = readWhere(tokens, at, token.depth);
  return where
    .filter((conjunct) => conjunct.length > 0)
    .flatMap((conjunct) => readConjunct(conjunct, table, readAlias(tokens, at) ?? table));
}

/** Not `AS name`, `BY name` or `name.column`. */
function isMention(tokens: readonly SqlToken[], index: number, table: TableName): boolean {
  const token = tokens[index];
  return (
    isIdentifier(token) &&
    token.text.toLowerCase() === table &&
    !['AS', 'BY'].includes(keyword(tokens[index - 1])) &&
    !isSign(tokens[index + 1], '.')
  );
}

function readAlias(tokens: readonly SqlToken[], at: number): string | null {
  const next = tokens[at + 1];
  const alias = keyword(next) === 'AS' ? tokens[at + 2] : next;
  if (!isIdentifier(alias) || NO_ALIAS.has(keyword(alias))) return null;
  return alias.text.toLowerCase();
}

/** The parts between the ANDs of the WHERE at this depth; none when an OR or the like could undo them. */
function readWhere(
  tokens: readonly SqlToken[],
  table: number,
  depth: number,
): readonly (readonly SqlToken[])[] {
  let index = table + 1;
  for (; ; index += 1) {
    const token = tokens[index];
    if (token === undefined || token.depth < depth) return [];
    if (token.depth > depth) continue;
    if (keyword(token) === 'WHERE') break;
    // `JOIN … USING (…)` stands between the table and its WHERE.
    if (CLAUSE.has(keyword(token)) && keyword(token) !== 'USING') return [];
  }
  const conjuncts: SqlToken[][] = [[]];
  let between = false;
  for (const token of tokens.slice(index + 1)) {
    const word = token.depth === depth ? keyword(token) : '';
    if (token.depth < depth || CLAUSE.has(word)) break;
    if (token.depth === depth && (isSign(token, '[') || isSign(token, '{'))) return [];
    if (word === 'OR' || word === 'CASE') return [];
    if (word === 'AND' && !between) conjuncts.push([]);
    else conjuncts.at(-1)?.push(token);
    if (word === 'BETWEEN') between = true;
    else if (word === 'AND') between = false;
  }
  return conjuncts;
}

/** `[alias.]column`, a comparison, a literal; and nothing after it. */
function readConjunct(
  conjunct: readonly SqlToken[],
  table: TableName,
  alias: string,
): readonly Narrowing[] {
  const [first, second, third] = conjunct;
  if (!isIdentifier(first)) return [];
  const qualified = isSign(second, '.');
  if (qualified && first.text.toLowerCase() !== alias) return [];
  const name = qualified ? third : first;
  if (!isIdentifier(name)) return [];
  const text = name.text.toLowerCase();
  const column = tableColumns(table).find((one) => one.name === text);
  if (column === undefined) return [];
  const rest = conjunct.slice(qualified ? 3 : 1);
  const read = (from: readonly SqlToken[]): string | null => readLiteral(from, column.type);
  const [operator, next] = rest;
  if (keyword(operator) === 'IN' && isSign(next, '(') && isSign(rest.at(-1), ')')) {
    const values = splitAtCommas(rest.slice(2, -1)).map(read);
    const known = values.filter((value) => value !== null);
    return known.length === values.length ? [{ kind: 'values', column: text, values: known }] : [];
  }
  if (keyword(operator) === 'BETWEEN') {
    const and = rest.findIndex((token) => keyword(token) === 'AND');
    const least = read(rest.slice(1, and));
    const greatest = read(rest.slice(and + 1));
    if (least === null || greatest === null || !isOrdered(column.type)) return [];
    return [
      { kind: 'from', column: text, value: least, open: false },
      { kind: 'to', column: text, value: greatest, open: false },
    ];
  }
  const inclusive = isSign(next, '=') && !isSign(operator, '=');
  const value = read(rest.slice(inclusive ? 2 : 1));
  if (value === null) return [];
  if (isSign(operator, '=')) return [{ kind: 'values', column: text, values: [value] }];
  if (!isOrdered(column.type)) return [];
  if (isSign(operator, '>')) return [{ kind: 'from', column: text, value, open: !inclusive }];
  if (isSign(operator, '<')) return [{ kind: 'to', column: text, value, open: !inclusive }];
  return [];
}

/** Whether the order of the texts is the order of the values. */
function isOrdered(type: string): boolean {
  return type === 'DATE' || type === 'VARCHAR';
}

/** `'KE'`, `36924`, `'2024-11-01'`, `DATE '2024-11-01'`, `'2024-11-01'::DATE`; null for anything else. */
function readLiteral(tokens: readonly SqlToken[], type: string): string | null {
  if (type === 'DATE') {
    const bare =
      keyword(tokens[0]) === 'DATE'
        ? tokens.slice(1)
        : isSign(tokens[1], ':') && isSign(tokens[2], ':') && keyword(tokens[3]) === 'DATE'
          ? [...tokens.slice(0, 1), ...tokens.slice(4)]
          : tokens;
    const text = readText(bare);
    return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) ? text : null;
  }
  if (type === 'VARCHAR') return readText(tokens);
  const [token] = tokens;
  const plain = tokens.length === 1 && token?.kind === 'number' && /^\d{1,10}$/.test(token.text);
  return plain ? String(Number(token.text)) : null;
}

function readText(tokens: readonly SqlToken[]): string | null {
  const [token] = tokens;
  if (tokens.length !== 1 || token?.kind !== 'text') return null;
  return /^'([^'\\]*)'$/.exec(token.text)?.[1] ?? null;
}

function splitAtCommas(tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] {
  const parts: SqlToken[][] = [[]];
  for (const token of tokens) {
    if (isSign(token, ',')) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts;
}

/** Every name in the statement, columns among them; null when it may look at any column. */
export function findNames(tokens: readonly SqlToken[]): ReadonlySet<string> | null {
  const [first] = tokens;
  if (!tokens.some((token) => keyword(token) === 'SELECT')) return null;
  if (['DESCRIBE', 'SUMMARIZE'].includes(keyword(first))) return null;
  const every = tokens.some(
    (token, index) =>
      keyword(token) === 'COLUMNS' || (isSign(token, '*') && isEverything(tokens[index - 1])),
  );
  if (every) return null;
  return new Set(tokens.filter(isIdentifier).map(({ text }) => text.toLowerCase()));
}

/** Whether a star after this stands for all columns, and not for a product or `count(*)`. */
function isEverything(before: SqlToken | undefined): boolean {
  return (
    ['SELECT', 'DISTINCT', 'ALL'].includes(keyword(before)) ||
    isSign(before, ',') ||
    isSign(before, '.')
  );
}
