/** The console's state in the fragment: `#sql=…` and, where the reader asked for it, `&floors=off`. */

export interface QueryLink {
  readonly sql: string;
  /** Whether shares on too few tests are held back. */
  readonly floors: boolean;
}

/** Longest query that a link carries; longer ones are cut by browsers and mail. */
const MOST_CHARACTERS = 16_000;

/** `#sql=…` → what it says; null when it names no query. Never throws. */
export function parseQueryLink(hash: string): QueryLink | null {
  const parts = new Map(
    hash
      .replace(/^#/, '')
      .split('&')
      .map((part) => {
        const at = part.indexOf('=');
        return at < 0 ? ([part, ''] as const) : ([part.slice(0, at), part.slice(at + 1)] as const);
      }),
  );
  const sql = decode(parts.get('sql') ?? '').slice(0, MOST_CHARACTERS);
  return sql.trim() === '' ? null : { sql, floors: parts.get('floors') !== 'off' };
}

/** The fragment with its `#`; `` for an empty query. */
export function formatQueryLink({ sql, floors }: QueryLink): string {
  if (sql.trim() === '') return '';
  return `#sql=${encodeURIComponent(sql)}${floors ? '' : '&floors=off'}`;
}

/** Text that somebody cut in the middle of an escape stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
