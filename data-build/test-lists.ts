/** Reads Citizen Lab test lists: which category a website belongs to. */
import { hashOf } from './hash.ts';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { toCountryCode, type Sha256 } from './contract/brands.ts';
import { isProblem, type Problem } from './contract/problem.ts';
import { CATEGORY_CODES, type CategoryCode } from './contract/vocabulary.ts';
import { domainOfInput, normalizeInput } from './normalize/input.ts';
import { parseCsvTable } from './parse/csv-table.ts';

/** One line of a test list. */
export interface CategoryEntry {
  /** `global`, or the country or territory whose list it is, upper case, or another list's name. */
  readonly list: string;
  readonly url: string;
  /** null when the code is not one of the lists' own. */
  readonly category_code: CategoryCode | null;
  /** Domain of the URL, made by the same function as the measurements'; null where there is none. */
  readonly domain: string | null;
}

export interface TestList {
  readonly sha256: Sha256;
  readonly entries: readonly CategoryEntry[];
  readonly problems: readonly { readonly line: number | null; readonly problem: Problem }[];
}

function isCategoryCode(text: string): text is CategoryCode {
  return Object.hasOwn(CATEGORY_CODES, text);
}

/** The list a file stands for: `global.csv`, or `ir.csv` → `IR`. */
function listName(path: string): string {
  const stem = basename(path)
    .replace(/\.csv$/i, '')
    .toLowerCase();
  return toCountryCode(stem) ?? stem;
}

/** Reads one list; lines that cannot be read are Problems. Throws when the file does not exist. */
export function readTestList(path: string): TestList {
  const bytes = readFileSync(path);
  return { sha256: hashOf(bytes), ...parseTestList(bytes.toString('utf8'), listName(path)) };
}

export function parseTestList(text: string, list: string): Omit<TestList, 'sha256'> {
  const table = parseCsvTable(text);
  if (isProblem(table)) return { entries: [], problems: [{ line: null, problem: table }] };
  const entries = table.rows.flatMap(({ cells }): readonly CategoryEntry[] => {
    const url = normalizeInput(cells.get('url') ?? null);
    if (url === null) return [];
    const code = cells.get('category_code')?.trim().toUpperCase() ?? '';
    return [
      {
        list,
        url,
        category_code: isCategoryCode(code) ? code : null,
        domain: domainOfInput(url),
      },
    ];
  });
  return { entries, problems: table.problems };
}
