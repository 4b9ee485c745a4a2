/** The snippets that load a slice, run as a reader would run them, with what trips tools up: NA, NO, #, gaps. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFields } from '../../data-build/contract/fields.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { loadSnippets, type Snippet } from '../../site/export/snippets.ts';
import { serveHandData } from '../support/hand-data.ts';
import { isThere, PYTHONS, runScript } from '../support/run-script.ts';
import type { StaticServer } from '../support/static-server.ts';

let folder: string;
let server: StaticServer;

/** Places whose codes mean something else to some tool; the tables that have most kinds of columns. */
const SLICES = ['NA', 'NO', 'KE'].flatMap((code) =>
  ['interference_country_daily', 'interference_domain_daily'].map((table) => `${code}/${table}`),
);
/** What is given compressed, as a long slice is. */
const PACKED = ['KE/interference_domain_daily'];
const FILES = [
  ...SLICES.map((slice) => ({ slice, ending: '' })),
  ...PACKED.map((slice) => ({ slice, ending: '.gz' })),
];

beforeAll(async () => {
  ({ folder, server } = await serveHandData('snippets'));
  for (const slice of PACKED)
    for (const format of ['csv', 'json']) {
      const file = join(folder, 'data/country', `${slice}.${format}`);
      await writeFile(`${file}.gz`, gzipSync(await readFile(file)));
    }
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function snippetOf(tool: Snippet['tool'], slice: string, ending: string): string {
  const base = `${server.origin}/data/country/${slice}`;
  const snippets = loadSnippets({
    csv: `${base}.csv${ending}`,
    json: `${base}.json${ending}`,
    parquet: null,
  });
  return snippets.find((one) => one.tool === tool)?.text ?? '';
}

/** Values as text, row by row; null for what is missing. */
type Cells = readonly (readonly (string | null)[])[];

/** What the slice says, from its JSON file, columns first. */
async function readSlice(slice: string): Promise<Cells> {
  const text = await readFile(join(folder, 'data/country', `${slice}.json`), 'utf8');
  const value: unknown = JSON.parse(text);
  if (!isFields(value) || !Array.isArray(value['columns']) || !Array.isArray(value['rows']))
    throw new Error(`${slice} has another shape`);
  return toCells([value['columns'], ...value['rows'].map((row: unknown) => row)]);
}

function toCells(rows: unknown): Cells {
  if (!Array.isArray(rows)) throw new Error('no rows');
  return rows.map((row: unknown) => {
    if (!Array.isArray(row)) throw new Error('no row');
    return row.map((cell: unknown) =>
      cell === null || typeof cell === 'string' ? cell : JSON.stringify(cell),
    );
  });
}

interface Tool {
  readonly tool: Snippet['tool'];
  /** The first that is installed is taken. */
  readonly commands: readonly string[];
  readonly args: readonly string[];
  /** Whether it is installed, asked for in this way. */
  readonly there: readonly string[];
  /** Prints all rows as JSON, columns first, everything as text but what is missing. */
  readonly print: string;
  /** How a slice looks to a tool that knows no types: missing is an empty text. */
  readonly textOnly?: true;
}

const PRINT_ROWS =
  'import json\nprint(json.dumps([list(rows[0])] + [[None if v is None else v if isinstance(v, str) else json.dumps(v) for v in row.values()] for row in rows]))';
const TOOLS: readonly Tool[] = [
  {
    tool: 'python',
    commands: PYTHONS,
    args: ['-'],
    there: ['--version'],
    print: PRINT_ROWS,
    textOnly: true,
  },
  {
    tool: 'python_json',
    commands: PYTHONS,
    args: ['-'],
    there: ['--version'],
    print: PRINT_ROWS,
  },
  {
    tool: 'pandas',
    commands: PYTHONS,
    args: ['-'],
    there: ['-c', 'import pandas'],
    print:
      'import json\nprint(json.dumps([list(frame.columns)] + [[None if pandas.isna(v) else str(v).lower() if isinstance(v, bool) else str(v) for v in row] for row in frame.astype(object).values.tolist()]))',
  },
  {
    tool: 'polars',
    commands: PYTHONS,
    args: ['-'],
    there: ['-c', 'import polars'],
    print:
      'import json\nprint(json.dumps([frame.columns] + [[None if v is None else str(v).lower() if isinstance(v, bool) else str(v) for v in row] for row in frame.rows()]))',
  },
  {
    tool: 'r',
    commands: ['Rscript'],
    args: ['-'],
    there: ['--version'],
    // R writes TRUE; quotes and backslashes do not occur in these slices.
    print: `quoted <- function(x) ifelse(is.na(x), "null", paste0('"', ifelse(x %in% c("TRUE", "FALSE"), tolower(x), x), '"'))
line <- function(x) paste0("[", paste(x, collapse = ","), "]")
lines <- apply(sapply(frame, function(x) quoted(as.character(x))), 1, line)
cat(line(c(line(quoted(names(frame))), lines)), "\\n")`,
  },
];

describe.each(TOOLS)(
  'the snippet for $tool',
  ({ tool, commands, args, there, print, textOnly }) => {
    const command = commands.find((one) => isThere(one, there));
    const name = `loads every value as it is${command === undefined ? `: skipped, ${[commands[0], ...there].join(' ')} does not run here` : ''}`;
    it.skipIf(command === undefined)(name, async () => {
      if (command === undefined) return;
      const code = FILES.map(
        ({ slice, ending }) => `${snippetOf(tool, slice, ending)}\n${print}\n`,
      ).join('\n');
      const lines = (await runScript(command, args, code)).trim().split('\n');
      const loaded = FILES.map(({ slice }, place) => ({
        slice,
        cells: toCells(JSON.parse(lines[place] ?? '')),
      }));
      for (const { slice, cells } of loaded) {
        const expected = await readSlice(slice);
        if (slice.endsWith('domain_daily')) expect(expected.flat(), slice).toContain('a#b.example');
        expect(expected.flat()).toContain(null);
        expect(cells, slice).toEqual(
          textOnly === true ? expected.map((row) => row.map((cell) => cell ?? '')) : expected,
        );
      }
    });
  },
);

describe('the snippet for duckdb', () => {
  it('loads every value as it is', async () => {
    const db = await openDatabase({ spillDir: join(folder, 'spill-again') });
    try {
      for (const { slice, ending } of FILES) {
        const sql = snippetOf('duckdb', slice, ending)
          .replace(`${server.origin}/data/`, `${folder}/data/`)
          .replace(/;$/, '');
        const [columns = [], ...expected] = await readSlice(slice);
        const texts = columns.map(
          (column) => `CAST("${String(column)}" AS VARCHAR) AS "${String(column)}"`,
        );
        const rows = await db.all(`SELECT ${texts.join(', ')} FROM (${sql})`);
        expect(
          toCells(rows.map((row) => columns.map((column) => row[String(column)]))),
          slice,
        ).toEqual(expected);
      }
    } finally {
      await db.close();
    }
  });
});
