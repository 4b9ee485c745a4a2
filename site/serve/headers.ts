/**
 * The response headers of the site: one definition for the pages' own policy, for the `_headers` file that
 * static hosts read, and for the preview server.
 */
import { dataAddress } from './base.ts';

/**
 * What a page may load: the site itself, and tables from where the operator put them. No inline script, no inline style, no
 * eval. For `<meta http-equiv>`, where `frame-ancestors` has no effect and is left out.
 */
export function contentSecurityPolicy(data = dataAddress()): string {
  const elsewhere = data === null ? '' : ` ${new URL(data).origin}`;
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    `connect-src 'self'${elsewhere}`,
    "img-src 'self' data: blob:",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join('; ');
}

export interface HeaderRule {
  /** Path below the folder that is published, with one `*` at most: hosts understand no more. */
  readonly pattern: string;
  readonly headers: Readonly<Record<string, string>>;
}

const FOREVER = 'public, max-age=31536000, immutable';

/** Others may embed and fetch all of the site: it knows no reader, and holds nothing that is not public. */
const EVERYWHERE = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
} as const;

/**
 * Rules for a built site. Hosts join the headers of all rules that match, and two policies would both hold,
 * so no two rules here may match the same path with the same header: pages are named folder by folder. Some hosts read the first
 * hundred rules alone, so what embeds and caches need comes first, then the pages, language by language.
 * `folders` are the folders of the site that hold pages, and `languages` those that hold such folders again: ``, `fa/`.
 */
export function headerRules(
  folders: readonly string[],
  languages: readonly string[],
): readonly HeaderRule[] {
  const [page, framed] = [pageHeaders("'none'"), pageHeaders('*')];
  const pages = folders
    .filter((folder) => folder !== 'embed' && !/(?:^|\/)(?:explore|feeds)$/.test(folder))
    .sort();
  const languageOf = (folder: string): string =>
    languages.find((language) => language !== '' && folder.startsWith(language)) ?? '';
  return [
    { pattern: '/*', headers: EVERYWHERE },
    { pattern: '/embed/*', headers: framed },
    ...languages.map((language) => ({
      pattern: `/${language}explore/frame/*`,
      headers: framed,
    })),
    { pattern: '/_astro/*', headers: { 'Cache-Control': FOREVER } },
    // Beside pages: the name begins with the hash of what is in it.
    { pattern: '/*.figures.json', headers: { 'Cache-Control': FOREVER } },
    { pattern: '/*.files.json', headers: { 'Cache-Control': FOREVER } },
    { pattern: '/404.html', headers: page },
    { pattern: '/data/', headers: page },
    ...languages.flatMap((language) => [
      { pattern: `/${language}`, headers: page },
      { pattern: `/${language}explore/`, headers: page },
      ...pages
        .filter((folder) => languageOf(folder) === language)
        .map((folder) => ({ pattern: `/${folder}/*`, headers: page })),
    ]),
  ];
}

function pageHeaders(ancestors: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': `${contentSecurityPolicy()}; frame-ancestors ${ancestors}`,
  };
}

/** The `_headers` file: a path, then its headers, indented. */
export function formatHeaders(rules: readonly HeaderRule[]): string {
  return rules
    .map(({ pattern, headers }) =>
      [pattern, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join(
        '\n',
      ),
    )
    .join('\n\n')
    .concat('\n');
}

/** Reads a `_headers` file. Lines that are neither a path nor a header are passed over. */
export function parseHeaders(text: string): readonly HeaderRule[] {
  const rules: { pattern: string; headers: Record<string, string> }[] = [];
  for (const line of text.split('\n')) {
    const header = /^\s+([\w-]+):\s*(.*)$/.exec(line);
    const current = rules.at(-1);
    if (header?.[1] !== undefined && current !== undefined)
      current.headers[header[1]] = header[2] ?? '';
    else if (line.startsWith('/')) rules.push({ pattern: line.trim(), headers: {} });
  }
  return rules;
}

/** Headers of one path: those of every rule that matches, later rules winning. */
export function headersFor(
  rules: readonly HeaderRule[],
  pathname: string,
): Readonly<Record<string, string>> {
  const matching = rules.filter(({ pattern }) => {
    const [start = '', end] = pattern.split('*');
    if (end === undefined) return pathname === pattern;
    return pathname.startsWith(start) && pathname.slice(start.length).endsWith(end);
  });
  return Object.fromEntries(matching.flatMap(({ headers }) => Object.entries(headers)));
}

/** Headers of the page for addresses without one. Below `/embed/` it may be framed: it leads to the newest frame of the chart. */
export function missingHeaders(
  rules: readonly HeaderRule[],
  pathname: string,
): Readonly<Record<string, string>> {
  return headersFor(rules, pathname.startsWith('/embed/') ? '/embed/' : '/404.html');
}
