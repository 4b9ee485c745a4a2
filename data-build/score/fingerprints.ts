/**
 * Known block pages and blocking addresses, matched as the publisher does it (ooni/backend
 * `fastpath/fastpath/core.py`, match_fingerprints), which is not what every column of the lists suggests:
 * body patterns are always plain substrings, header patterns only `full` and `prefix`.
 */
import { isProblem } from '../contract/problem.ts';
import { type JsonObject, type JsonValue, isJsonObject } from '../parse/json.ts';
import { type Fingerprint, publishableName, publishableScope } from './fingerprint.ts';
import { type CsvRow, parseCsvTable } from '../parse/csv-table.ts';
import { decodeBase64, latin1Text } from './base64.ts';
import { type PatternSearch, compilePatterns } from './pattern-search.ts';
import { type CopyLowBytes, copyLowBytes } from './text-bytes.ts';
import { hasKey, isJsonArray, isMissing, isTruthy, valueAt } from './python-values.ts';

/** Errors that the publisher's Python would have raised. */
export type FingerprintMatches =
  | { readonly kind: 'matches'; readonly matches: readonly Fingerprint[] }
  /** Base64 that cannot be decoded. */
  | { readonly kind: 'undecodable' }
  /** A shape that cannot be read at all. */
  | { readonly kind: 'unreadable' };

export interface FingerprintMatcher {
  /** How many patterns are in use. */
  readonly count: number;
  /** Rows of the lists left out because a field is missing, a pattern empty or a quote left open. */
  readonly malformedRows: number;
  /** Matches for the answers of DNS queries. */
  matchQueries(queries: readonly JsonValue[]): FingerprintMatches;
  /** Matches for the responses of web requests; `response` may be anything. */
  matchResponses(responses: readonly (JsonValue | undefined)[]): FingerprintMatches;
}

interface HeaderPattern {
  readonly pattern: string;
  readonly fingerprint: Fingerprint;
}
interface HeaderPatterns {
  readonly full: HeaderPattern[];
  readonly prefix: HeaderPattern[];
}

const COLUMNS = [
  'name',
  'scope',
  'location_found',
  'pattern_type',
  'pattern',
  'expected_countries',
];

/** Where an answer keeps its address, in the order in which the publisher looks. */
const ADDRESS_KEYS = ['ipv4', 'hostname', 'ipv6'] as const;

interface BodySearch {
  readonly fingerprints: readonly Fingerprint[];
  readonly patterns: PatternSearch;
}

type Trouble = Exclude<FingerprintMatches, { readonly kind: 'matches' }>;
const UNDECODABLE: Trouble = { kind: 'undecodable' };
const UNREADABLE: Trouble = { kind: 'unreadable' };

/**
 * Prepares the lists for matching. Rows with a missing field or an empty pattern are skipped and counted;
 * rows whose place or type the publisher ignores (headers by `contains` or `regexp`) are skipped silently.
 * @param httpCsv text of `fingerprints_http.csv`, @param dnsCsv text of `fingerprints_dns.csv`
 * @param copy the platform's own, which is far quicker than ours
 */
export function compileFingerprints(
  httpCsv: string,
  dnsCsv: string,
  copy: CopyLowBytes = copyLowBytes,
): FingerprintMatcher {
  let malformedRows = 0;
  let count = 0;
  const answers = new Map<string, Fingerprint[]>();
  const headers = new Map<string, HeaderPatterns>();
  const bodyPatterns: string[] = [];
  const bodyFingerprints: Fingerprint[] = [];

  for (const [list, csv] of [
    ['dns', dnsCsv],
    ['http', httpCsv],
  ] as const) {
    const { rows, malformed } = readRows(csv);
    malformedRows += malformed;
    for (const { cells } of rows) {
      const [name = '', scope = '', location = '', type = '', pattern = '', expected = ''] =
        COLUMNS.map((column) => cells.get(column));
      if (name === '' || pattern === '') {
        malformedRows += 1;
        continue;
      }
      const place =
        list === 'dns'
          ? 'dns'
          : location === 'body'
            ? 'body'
            : location.startsWith('header.')
              ? 'header'
              : null;
      if (place === null) continue;
      const fingerprint: Fingerprint = {
        name: publishableName(name),
        scope: publishableScope(scope),
        place,
        expectedCountries: toExpectedCountries(expected),
      };
      if (place === 'dns') {
        answers.set(pattern, [...(answers.get(pattern) ?? []), fingerprint]);
      } else if (place === 'body') {
        bodyPatterns.push(pattern);
        bodyFingerprints.push(fingerprint);
      } else if (type === 'full' || type === 'prefix') {
        const header = location.slice('header.'.length);
        const patterns = headers.get(header) ?? { full: [], prefix: [] };
        patterns[type].push({ pattern, fingerprint });
        headers.set(header, patterns);
      } else {
        continue;
      }
      count += 1;
    }
  }
  const body: BodySearch = {
    fingerprints: bodyFingerprints,
    patterns: compilePatterns(bodyPatterns, copy),
  };
  return {
    count,
    malformedRows,
    matchQueries: (queries) => matchQueries(answers, queries),
    matchResponses: (responses) => {
      const matches: Fingerprint[] = [];
      for (const response of responses) {
        if (isMissing(response)) continue;
        if (!isJsonObject(response)) return UNREADABLE;
        const trouble =
          matchBody(body, response, matches) ?? matchHeaders(headers, response, matches);
        if (trouble !== null) return trouble;
      }
      return { kind: 'matches', matches };
    },
  };
}

/** For builds without the lists: nothing matches, and shapes are still checked. */
export const NO_FINGERPRINTS: FingerprintMatcher = compileFingerprints('', '');

/** A text without a header, or with one that lacks a column, counts as one malformed row; an empty text has none. */
function readRows(csv: string): { rows: readonly CsvRow[]; malformed: number } {
  if (csv === '') return { rows: [], malformed: 0 };
  const table = parseCsvTable(csv);
  if (isProblem(table) || COLUMNS.some((column) => !table.columns.includes(column)))
    return { rows: [], malformed: 1 };
  return { rows: table.rows, malformed: table.problems.length };
}

function toExpectedCountries(text: string): readonly string[] {
  const codes = text.split(',').map((code) => code.trim().toUpperCase());
  return [...new Set(codes)].filter((code) => code !== '' && code !== 'ZZ').sort();
}

function matchQueries(
  answers: ReadonlyMap<string, readonly Fingerprint[]>,
  queries: readonly JsonValue[],
): FingerprintMatches {
  const matches: Fingerprint[] = [];
  for (const query of queries) {
    if (!isJsonObject(query)) return UNREADABLE;
    const list = valueAt(query, 'answers');
    // A text holds no answers; of an object the publisher reads the names alone.
    if (isMissing(list) || typeof list === 'string') continue;
    if (!isJsonArray(list) && !isJsonObject(list)) return UNREADABLE;
    for (const answer of isJsonArray(list) ? list : Object.keys(list)) {
      if (!isJsonObject(answer)) {
        if (holdsNoAddress(answer)) continue;
        return UNREADABLE;
      }
      const key = ADDRESS_KEYS.find((name) => hasKey(answer, name));
      const address = key === undefined ? undefined : answer[key];
      if (typeof address === 'string') matches.push(...(answers.get(address) ?? []));
    }
  }
  return { kind: 'matches', matches };
}

/** Whether an answer that is no object can be skipped: a text or list in which the publisher looks for no address. */
function holdsNoAddress(answer: JsonValue): boolean {
  if (typeof answer === 'string') return !ADDRESS_KEYS.some((name) => answer.includes(name));
  return isJsonArray(answer) && !ADDRESS_KEYS.some((name) => answer.includes(name));
}

function decodeBytes(data: JsonValue | undefined): Uint8Array | Trouble {
  if (typeof data !== 'string') return UNREADABLE;
  const decoded = decodeBase64(data);
  if (decoded.kind === 'malformed') return UNDECODABLE;
  return decoded.kind === 'refused' ? UNREADABLE : decoded.bytes;
}

function matchBody(
  search: BodySearch,
  response: JsonObject,
  matches: Fingerprint[],
): Trouble | null {
  const body = valueAt(response, 'body');
  if (isMissing(body)) return null;
  let found: readonly number[];
  if (typeof body === 'string') {
    found = search.patterns.findIn(body);
  } else if (isJsonObject(body)) {
    if (!hasKey(body, 'data') || valueAt(body, 'format') !== 'base64') return null;
    const bytes = decodeBytes(body['data']);
    if (!(bytes instanceof Uint8Array)) return bytes;
    found = search.patterns.findInBytes(bytes);
  } else {
    return UNREADABLE;
  }
  for (const index of found) {
    const fingerprint = search.fingerprints[index];
    if (fingerprint !== undefined) matches.push(fingerprint);
  }
  return null;
}

function matchHeaders(
  headers: ReadonlyMap<string, HeaderPatterns>,
  response: JsonObject,
  matches: Fingerprint[],
): Trouble | null {
  const sent = valueAt(response, 'headers');
  if (!isTruthy(sent)) return null;
  if (!isJsonObject(sent)) return UNREADABLE;
  const values = new Map<string, JsonValue | undefined>();
  for (const name of Object.keys(sent)) {
    const lower = name.toLowerCase();
    if (headers.has(lower)) values.set(lower, sent[name]);
  }
  for (const [name, value] of values) {
    const patterns = headers.get(name);
    if (patterns === undefined) continue;
    for (const { pattern, fingerprint } of patterns.full)
      if (value === pattern) matches.push(fingerprint);
    if (patterns.prefix.length === 0) continue;
    let text: string | null = typeof value === 'string' ? value : null;
    if (isJsonObject(value) && valueAt(value, 'format') === 'base64') {
      const decoded = decodeBytes(hasKey(value, 'data') ? value['data'] : '');
      if (!(decoded instanceof Uint8Array)) return decoded;
      text = latin1Text(decoded);
    }
    if (text === null) continue;
    for (const { pattern, fingerprint } of patterns.prefix)
      if (text.startsWith(pattern)) matches.push(fingerprint);
  }
  return null;
}
