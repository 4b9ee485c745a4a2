/** What an operator was asked to leave out, by a privacy or takedown request: a list of measurements, websites and domains. */
import { readFileSync } from 'node:fs';
import type { Sha256 } from './contract/brands.ts';
import { quoteText } from './contract/sql.ts';
import { hashOf } from './hash.ts';
import { hideInput } from './hidden-input.ts';
import { domainOfInput, normalizeInput } from './normalize/input.ts';
import { UsageError } from './outcome.ts';

/** Columns by which a measurement can be named. */
const EXCLUDED_BY = ['measurement_uid', 'report_id', 'input', 'domain'] as const;

export interface Exclusion {
  readonly by: (typeof EXCLUDED_BY)[number];
  /** Normalized as in parts, but never hashed. */
  readonly value: string;
}

export interface ExclusionList {
  /** Each once, in order of column and value. */
  readonly exclusions: readonly Exclusion[];
  /** Of what the list says, whatever its order and comments. Null: nothing is excluded. */
  readonly sha256: Sha256 | null;
}

export const NO_EXCLUSIONS: ExclusionList = { exclusions: [], sha256: null };

/** The value as it is normalized in parts; null when there is none like it. */
function storedValue(by: Exclusion['by'], given: string): string | null {
  if (by === 'input') return normalizeInput(given);
  if (by === 'domain') return domainOfInput(given);
  return /^\S+$/.test(given) ? given : null;
}

/**
 * Lines of a column, a space and a value; `#` begins a remark, and empty lines are skipped. Throws UsageError for any other
 * line: a request that is misspelled may not pass as one that was carried out.
 */
export function parseExclusions(text: string, name: string): ExclusionList {
  const found = new Map<string, Exclusion>();
  text.split(/\r?\n/).forEach((line, index) => {
    const stated = line
      .replace(/^\uFEFF/, '')
      .replace(/(^|\s)#.*$/, '')
      .trim();
    if (stated === '') return;
    const [column = '', ...rest] = stated.split(/\s+/);
    const by = EXCLUDED_BY.find((each) => each === column);
    const value = by === undefined ? null : storedValue(by, rest.join(' '));
    if (by === undefined || value === null || value === '')
      throw new UsageError(
        `${name}:${index + 1} does not say what to leave out.\nWrite one of ${EXCLUDED_BY.join(', ')}, a space, and the value.`,
      );
    found.set(`${by} ${value}`, { by, value });
  });
  if (found.size === 0) return NO_EXCLUSIONS;
  const lines = [...found.keys()].toSorted();
  return {
    exclusions: lines.flatMap((line) => found.get(line) ?? []),
    sha256: hashOf(lines.join('\n')),
  };
}

/** The texts that a column may have of it: parts hold what may not be shown as its hash. */
const heldAs = ({ by, value }: Exclusion): readonly string[] =>
  by === 'input' ? [value, hideInput(value)] : [value];

/** SQL condition for rows that no exclusion names. A row without the value stays; other rows of its measurement may not. */
export function notNamed(exclusions: readonly Exclusion[]): string {
  const conditions = EXCLUDED_BY.map((by) => {
    const values = exclusions.filter((each) => each.by === by).flatMap(heldAs);
    return values.length === 0
      ? 'true'
      : `coalesce(${by} NOT IN (${values.map(quoteText).join(', ')}), true)`;
  });
  return conditions.join(' AND ');
}

/** Throws UsageError when the file cannot be read. */
export function readExclusions(path: string | null): ExclusionList {
  if (path === null) return NO_EXCLUSIONS;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(
      `--exclude ${path} cannot be read.\nGive a text file; docs/operations.md shows one.`,
    );
  }
  return parseExclusions(text, path);
}
