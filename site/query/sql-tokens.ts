/** SQL text → tokens, as DuckDB reads them: comments left out, quotes closed, parentheses counted. */

export interface SqlToken {
  /** `word`: bare name or keyword; `name`: in double quotes; `text`: in single or dollar quotes. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign';
  /** As written; of a `name` what stands between the quotes. */
  readonly text: string;
  /** First character in the whole text. */
  readonly at: number;
  /** Parentheses that are open around it; those of its own not counted. */
  readonly depth: number;
}

export interface TokenFault {
  readonly kind: 'open_quote' | 'open_comment' | 'parentheses';
  readonly at: number;
}

const PIECES = [
  ['space', /\s+|--[^\n]*/y],
  ['text', /[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'/sy],
  ['dollar', /\$(\w*)\$.*?\$\1\$/sy],
  ['name', /"(?:[^"]|"")*"/sy],
  ['word', /[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['number', /(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
] as const;

/** All tokens, or the first thing that is not closed. */
export function readTokens(sql: string): readonly SqlToken[] | TokenFault {
  const tokens: SqlToken[] = [];
  let at = 0;
  let depth = 0;
  while (at < sql.length) {
    if (sql.startsWith('/*', at)) {
      const end = endOfComment(sql, at);
      if (end === null) return { kind: 'open_comment', at };
      at = end;
      continue;
    }
    const piece = matchPiece(sql, at);
    if (piece === null) {
      const sign = sql[at] ?? '';
      if (sign === "'" || sign === '"') return { kind: 'open_quote', at };
      if (sign === ')') depth -= 1;
      if (depth < 0) return { kind: 'parentheses', at };
      tokens.push({ kind: 'sign', text: sign, at, depth });
      if (sign === '(') depth += 1;
      at += 1;
      continue;
    }
    const { kind, text } = piece;
    if (kind === 'name')
      tokens.push({ kind, text: text.slice(1, -1).replaceAll('""', '"'), at, depth });
    else if (kind === 'dollar') tokens.push({ kind: 'text', text, at, depth });
    else if (kind !== 'space') tokens.push({ kind, text, at, depth });
    at += text.length;
  }
  return depth === 0 ? tokens : { kind: 'parentheses', at: sql.length };
}

function matchPiece(sql: string, at: number) {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at;
    const found = pattern.exec(sql);
    if (found !== null) return { kind, text: found[0] };
  }
  return null;
}

/** Comments of this kind nest. */
function endOfComment(sql: string, begin: number): number | null {
  let open = 0;
  for (let at = begin; at < sql.length; at += 1) {
    if (sql.startsWith('/*', at)) {
      open += 1;
      at += 1;
    } else if (sql.startsWith('*/', at)) {
      open -= 1;
      at += 1;
      if (open === 0) return at + 1;
    }
  }
  return null;
}

/** A bare word in upper case, for comparing with keywords; `` for anything else. */
export function keyword(token: SqlToken | undefined): string {
  return token?.kind === 'word' ? token.text.toUpperCase() : '';
}

export function isSign(token: SqlToken | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.text === sign;
}

export function isIdentifier(token: SqlToken | undefined): token is SqlToken {
  return token?.kind === 'word' || token?.kind === 'name';
}
