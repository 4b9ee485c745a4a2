/** The snippets that load a slice, run as a reader would run them, with what trips tools up: NA, NO, #, gaps. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildData, type MadeParts } from '../../data-build/build.ts';
import { isFields } from '../../data-build/contract/fields.ts';
import { openDatabase } from '../../data-build/rollup/database.ts';
import { loadSnippets, type Snippet } from '../../site/export/snippets.ts';
import { hashOf } from '../../data-build/hash.ts';
import { COUNTS, MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { recordEffects } from '../support/quiet-effects.ts';
import { serveStatic, type StaticServer } from '../support/static-server.ts';

let folder: string;
let server: StaticServer;

/** Places whose codes mean something else to some tool; the tables that have most kinds of columns. */
const SLICES = ['NA', 'NO', 'KE'].flatMap((code) =>
  ['interference_country_daily', 'interference_domain_daily'].map((table) => `${code}/${table}`),
);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snippets-'));
  const db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const rows = ['NA', 'NO', 'KE'].flatMap((probe_cc, place) =>
    ['example.org', 'xn--e1afmkfd.example', 'пример.example', 'a#b.example'].map((domain, n) => ({
      ...MEASUREMENT,
      probe_cc,
      domain,
      input: `https://${domain}/`,
      test_name: 'web_connectivity',
      rule_id: 'web_connectivity.ok',
      report_id: `r${String(place)}${String(n)}`,
      outcome: n === 0 ? 'anomaly' : 'ok',
      blocking_method: n === 0 ? 'dns' : null,
    })),
  );
  const counts = ['NA', 'NO', 'KE'].map((probe_cc) => ({ ...COUNTS, probe_cc, day: '2021-01-02' }));
  const made: MadeParts = {
    parts: [
      await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows),
      await writeHandPart(db, folder, 'counts', 'c.csv', counts),
    ],
    lists: [{ path: 'global.csv', sha256: hashOf('list'), rows: 1 }],
    // A category that looks like a missing value to nobody, and one website without any.
    categories: [
      { list: 'global', url: 'https://example.org/', category_code: 'NEWS', domain: 'example.org' },
    ],
    rejects: [],
    references: [],
  };
  await db.close();
  const options = {
    out: join(folder, 'data'),
    cacheDir: join(folder, 'cache'),
    edition: 'all',
    since: null,
    until: null,
    strict: true,
  } as const;
  await buildData(() => Promise.resolve(made), options, recordEffects());
  server = await serveStatic(join(folder, 'data'), '/data/');
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function snippetOf(tool: Snippet['tool'], slice: string): string {
  const base = `${server.origin}/data/country/${slice}`;
  const snippets = loadSnippets({ csv: `${base}.csv`, json: `${base}.json`, parquet: null });
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

function isThere(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args).status === 0;
}

/** Runs a script from its standard input. Not spawnSync: this process serves the file. */
async function runScript(command: string, args: readonly string[], code: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8', PYTHONIOENCODING: 'utf-8' },
    });
    let text = '';
    let complaints = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) resolve(text);
      else reject(new Error(`${command} ended with ${String(status)}: ${complaints}`));
    });
    child.stdin.end(code);
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
/** The machine’s own Python may have packages that another on the path has not. */
const PYTHONS = ['python3', '/usr/bin/python3'];
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
      const code = SLICES.map((slice) => `${snippetOf(tool, slice)}\n${print}\n`).join('\n');
      const lines = (await runScript(command, args, code)).trim().split('\n');
      const loaded = SLICES.map((slice, place) => ({
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
      for (const slice of SLICES) {
        const sql = snippetOf('duckdb', slice)
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
