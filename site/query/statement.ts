/**
 * A reader's SQL, looked at before it runs: one statement that only reads, and only from the tables of the build.
 * It guards against accidents and names what will be loaded; that nothing can leave the page is the work of the
 * page's security policy, and that nothing can be changed, of an engine that holds nothing but views.
 */
import { isTableName, TABLE_NAMES } from '../../data-build/contract/table-names.ts';
import { type TableName } from '../../data-build/contract/tables.ts';
import { findNames, findNarrowings, type Narrowing } from './narrowing.ts';
import { isIdentifier, isSign, keyword, readTokens, type SqlToken } from './sql-tokens.ts';

export interface Statement {
  /** Without the semicolon at its end. */
  readonly sql: string;
  /** Tables that it reads, in the contract's order. */
  readonly tables: readonly TableName[];
  /** Names of results that are made by dividing counts of outcomes, whatever they are called. */
  readonly shares: ReadonlySet<string>;
  /** Names that are compared with `=` or `IN`: a hint at which files matter, no more. */
  readonly compared: ReadonlySet<string>;
  /** What rows of a table must meet to matter; a table that is missing here is read in a way that is not plain. */
  readonly narrowings: ReadonlyMap<TableName, readonly Narrowing[]>;
  /** Every name in it, columns among them; null when it may look at any column. */
  readonly names: ReadonlySet<string> | null;
}

export const FAULTS = [
  'empty',
  'open_quote',
  'open_comment',
  'parentheses',
  'several',
  'not_reading',
  'unknown_table',
  'file',
  'function',
] as const;

export interface StatementFault {
  readonly fault: (typeof FAULTS)[number];
  /** The word that is meant; ''. */
  readonly detail: string;
  /** Its first character in the text. */
  readonly at: number;
}

export function isStatementFault(value: Statement | StatementFault): value is StatementFault {
  return 'fault' in value;
}

const READS = new Set(['SELECT', 'WITH', 'FROM', 'VALUES', 'DESCRIBE', 'SUMMARIZE', 'EXPLAIN']);
/** After EXPLAIN, and after the parentheses of a WITH. */
const MAIN = new Set(['SELECT', 'WITH', 'FROM', 'VALUES']);
const WRITES = new Set(
  'INSERT UPDATE DELETE MERGE CREATE DROP ALTER COPY ATTACH DETACH INSTALL LOAD PRAGMA SET RESET CALL EXPORT IMPORT CHECKPOINT VACUUM USE EXECUTE PREPARE DEALLOCATE TRUNCATE BEGIN COMMIT ROLLBACK'.split(
    ' ',
  ),
);
/** Functions that give rows and read no file. */
const ROW_FUNCTIONS = new Set(['unnest', 'range', 'generate_series']);
const FILE_FUNCTION =
  /^(?:read_\w+|parquet_\w+|arrow_\w+|sniff_csv|glob|getenv|pragma_\w+|duckdb_\w+|query|query_table|\w+_scan\w*|st_read\w*)$/i;
/** `extract(year FROM day)` and the like: no FROM clause. */
const FROM_ARGUMENT = new Set(['EXTRACT', 'TRIM', 'SUBSTRING', 'OVERLAY', 'POSITION']);
const AFTER_FROM = new Set(
  'WHERE GROUP HAVING ORDER LIMIT OFFSET WINDOW QUALIFY UNION INTERSECT EXCEPT SELECT FETCH'.split(
    ' ',
  ),
);

/** Checks the text and finds what it reads; the first fault where it may not run. */
export function readStatement(text: string): Statement | StatementFault {
  const tokens = readTokens(text);
  if ('kind' in tokens) return toFault(tokens.kind, '', tokens.at);
  const end = tokens.findIndex((token) => isSign(token, ';'));
  const body = end < 0 ? tokens : tokens.slice(0, end);
  const [first] = body;
  if (first === undefined) return toFault('empty', '', 0);
  const next = end < 0 ? undefined : tokens.slice(end).find((token) => !isSign(token, ';'));
  if (next !== undefined) return toFault('several', next.text, next.at);
  const fault = findWriting(body) ?? findFileFunction(body);
  if (fault !== null) return fault;
  const relations = findRelations(body);
  if (!('tables' in relations)) return relations;
  const last = body.at(-1);
  const stop = end < 0 ? text.length : (tokens[end]?.at ?? text.length);
  return {
    sql: last === undefined ? '' : text.slice(0, stop).trim(),
    tables: relations.tables,
    shares: findShares(body),
    narrowings: new Map(
      relations.tables.flatMap((table) => {
        const narrowings = findNarrowings(body, table);
        return narrowings === null ? [] : [[table, narrowings] as const];
      }),
    ),
    names: findNames(body),
    compared: new Set(
      body.flatMap((token, index) =>
        isIdentifier(token) && (isSign(body[index + 1], '=') || keyword(body[index + 1]) === 'IN')
          ? [token.text.toLowerCase()]
          : [],
      ),
    ),
  };
}

function toFault(fault: StatementFault['fault'], detail: string, at: number): StatementFault {
  return { fault, detail, at };
}

function findWriting(tokens: readonly SqlToken[]): StatementFault | null {
  const start = tokens.findIndex((token) => !isSign(token, '('));
  const first = tokens[start];
  if (first === undefined || !READS.has(keyword(first)))
    return toFault('not_reading', first?.text ?? '', first?.at ?? 0);
  if (keyword(first) === 'EXPLAIN') {
    const plan = tokens
      .slice(start + 1)
      .find((token) => keyword(token) !== 'ANALYZE' && !isSign(token, '('));
    if (!MAIN.has(keyword(plan)))
      return toFault('not_reading', plan?.text ?? first.text, plan?.at ?? first.at);
  }
  const writing = tokens.find(
    (token, index) =>
      token.depth === 0 && WRITES.has(keyword(token)) && isSign(tokens[index - 1], ')'),
  );
  return writing === undefined ? null : toFault('not_reading', writing.text, writing.at);
}

function findFileFunction(tokens: readonly SqlToken[]): StatementFault | null {
  const found = tokens.find(
    (token, index) =>
      isIdentifier(token) && FILE_FUNCTION.test(token.text) && isSign(tokens[index + 1], '('),
  );
  return found === undefined ? null : toFault('function', found.text, found.at);
}

interface Level {
  /** What stands before the parenthesis that opened it. */
  readonly opener: string;
  inFrom: boolean;
  /** Whether a relation is due: after FROM, JOIN, a comma between relations. */
  due: boolean;
}

function findRelations(
  tokens: readonly SqlToken[],
): { readonly tables: readonly TableName[] } | StatementFault {
  const named = findCtes(tokens);
  const found = new Set<TableName>();
  const levels: Level[] = [{ opener: '', inFrom: false, due: false }];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    const level = levels.at(-1);
    if (token === undefined || level === undefined) break;
    const word = keyword(token);
    if (isSign(token, '(')) {
      const inner = keyword(tokens[index + 1]);
      const subquery = READS.has(inner);
      // `FROM (a JOIN b …)`: the relations stand inside.
      levels.push({
        opener: keyword(tokens[index - 1]),
        inFrom: level.due && !subquery,
        due: level.due && !subquery,
      });
      level.due = false;
    } else if (isSign(token, ')')) levels.pop();
    else if (isSign(token, ',')) level.due = level.inFrom;
    else if (word === 'FROM') {
      const comparison = keyword(tokens[index - 1]) === 'DISTINCT' && isComparison(tokens, index);
      if (comparison || FROM_ARGUMENT.has(level.opener)) continue;
      level.inFrom = true;
      level.due = true;
    } else if (word === 'JOIN') level.due = true;
    else if ((word === 'DESCRIBE' || word === 'SUMMARIZE') && index === 0) level.due = true;
    else if (AFTER_FROM.has(word)) {
      level.inFrom = false;
      level.due = false;
    } else if (level.due && word !== 'LATERAL') {
      level.due = false;
      if (token.kind === 'text') return toFault('file', token.text, token.at);
      if (!isIdentifier(token)) continue;
      const chain = readChain(tokens, index);
      index = chain.last;
      if (isSign(tokens[index + 1], '(')) {
        if (!ROW_FUNCTIONS.has(chain.name.toLowerCase()))
          return toFault('function', chain.name, token.at);
        continue;
      }
      const table = toTableName(chain.name);
      if (chain.parts === 1 && named.has(chain.name.toLowerCase())) continue;
      if (table === null) return toFault('unknown_table', chain.whole, token.at);
      found.add(table);
    }
  }
  return { tables: TABLE_NAMES.filter((table) => found.has(table)) };
}

/** `IS [NOT] DISTINCT FROM`, not `SELECT DISTINCT FROM`. */
function isComparison(tokens: readonly SqlToken[], from: number): boolean {
  const before = keyword(tokens[from - 2]);
  return before === 'IS' || before === 'NOT';
}

/** `main.events` → its last name, and where it ends. */
function readChain(tokens: readonly SqlToken[], start: number) {
  let last = start;
  let whole = tokens[start]?.text ?? '';
  let parts = 1;
  while (isSign(tokens[last + 1], '.') && isIdentifier(tokens[last + 2])) {
    last += 2;
    parts += 1;
    whole += `.${tokens[last]?.text ?? ''}`;
  }
  const name = tokens[last]?.text ?? '';
  // Another schema is another table, whatever its last name.
  const ours = parts === 1 || /^(?:memory\.)?main\.\w+$/i.test(whole);
  return { last, name: ours ? name : whole, whole, parts };
}

/** Names that the statement gives itself: `WITH name [(columns)] AS [MATERIALIZED] (`. */
function findCtes(tokens: readonly SqlToken[]): ReadonlySet<string> {
  const names = new Set<string>();
  tokens.forEach((token, index) => {
    if (keyword(token) !== 'AS') return;
    let after = index + 1;
    while (['NOT', 'MATERIALIZED'].includes(keyword(tokens[after]))) after += 1;
    if (!isSign(tokens[after], '(')) return;
    let before = index - 1;
    if (isSign(tokens[before], ')')) {
      const depth = tokens[before]?.depth;
      do before -= 1;
      while (before > 0 && !(isSign(tokens[before], '(') && tokens[before]?.depth === depth));
      before -= 1;
    }
    const name = tokens[before];
    if (isIdentifier(name)) names.add(name.text.toLowerCase());
  });
  return names;
}

function toTableName(name: string): TableName | null {
  const lower = name.toLowerCase();
  return isTableName(lower) ? lower : null;
}

/** What is divided when a share is made: outcomes and methods, not numbers of tests, days or networks. */
const PART =
  /^(?:outcome|signs|(?:ok|anomaly|confirmed|failure|dns|tcp_ip|tls|http_failure|http_diff|app_endpoints|app_web|app_registration|tool_bootstrap|middlebox|other)_count)$/i;

/** Aliases of expressions that divide or average outcomes, anywhere in the statement. */
function findShares(tokens: readonly SqlToken[]): ReadonlySet<string> {
  const shares = new Set<string>();
  tokens.forEach((token, index) => {
    const alias = tokens[index + 1];
    if (keyword(token) !== 'AS' || !isIdentifier(alias)) return;
    if (isShare(itemBefore(tokens, index))) shares.add(alias.text.toLowerCase());
  });
  return shares;
}

/** Tokens of the select item that ends before `end`. */
function itemBefore(tokens: readonly SqlToken[], end: number): readonly SqlToken[] {
  const depth = tokens[end]?.depth ?? 0;
  let start = end;
  while (start > 0) {
    const before = tokens[start - 1];
    if (before === undefined || before.depth < depth) break;
    if (before.depth === depth && (isSign(before, ',') || keyword(before) === 'SELECT')) break;
    start -= 1;
  }
  return tokens.slice(start, end);
}

function isShare(item: readonly SqlToken[]): boolean {
  const names = item.filter(isIdentifier).map(({ text }) => text);
  const divides = item.some((token) => isSign(token, '/'));
  const averages = item.some(
    (token, index) => keyword(token) === 'AVG' && isSign(item[index + 1], '('),
  );
  return (
    (divides && names.some((name) => PART.test(name))) ||
    (averages && names.some((name) => name.toLowerCase() === 'outcome'))
  );
}
