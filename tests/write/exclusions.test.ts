/** What an operator leaves out on request: gone from every output and from kept releases, and counted in public. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildData, type MadeParts } from '../../data-build/build.ts';
import { NO_EXCLUSIONS, parseExclusions, readExclusions } from '../../data-build/exclusions.ts';
import { UsageError } from '../../data-build/outcome.ts';
import { openDatabase, textIn, type Database } from '../../data-build/rollup/database.ts';
import { verifyFolder } from '../../data-build/verify/verify.ts';
import { listFiles } from '../../data-build/write/checksum.ts';
import { MEASUREMENT, writeHandPart } from '../support/hand-parts.ts';
import { recordEffects } from '../support/quiet-effects.ts';

const PRIVATE = '20241107T100000Z_webconnectivity_KE_33771_n1_privateprivate01';
const LIST = parseExclusions(
  `# asked for on 2024-12-01\nreport_id ${PRIVATE}  # a person can be told from it\ndomain Private.Example\n`,
  'excluded.txt',
);

let folder: string;
let made: MadeParts;
let db: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exclusions-'));
  db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const rows = Array.from({ length: 40 }, (_, n) => ({
    ...MEASUREMENT,
    test_name: 'web_connectivity',
    rule_id: 'web_connectivity.ok',
    report_id: n < 3 ? PRIVATE : `20241107T100000Z_webconnectivity_KE_33771_n1_other${1000 + n}`,
    measurement_start_time: `2024-11-${String(10 + (n % 7))} 00:00:${String(10 + n)}`,
    domain: n % 10 === 9 ? 'private.example' : 'public.example',
    input: n % 10 === 9 ? 'https://private.example/' : 'https://public.example/',
  }));
  made = {
    parts: [await writeHandPart(db, folder, 'measurements', 'a.jsonl', rows)],
    lists: [],
    categories: [],
    rejects: [],
    references: [],
  };
});
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});

async function build(out: string, exclude = NO_EXCLUSIONS, effects = recordEffects()) {
  const options = { edition: 'all', since: null, until: null, strict: false, keep: 3 } as const;
  const cacheDir = join(folder, 'cache');
  return buildData(() => Promise.resolve(made), { out, cacheDir, exclude, ...options }, effects);
}

/** Names of published files, earlier releases too, in which a text stands. */
async function filesWith(out: string, text: string): Promise<readonly string[]> {
  const found = await Promise.all(
    (await listFiles(out)).map(async (path) => {
      const file = join(out, path);
      if (!path.endsWith('.parquet'))
        return (await readFile(file, 'utf8')).includes(text) ? [path] : [];
      const rows = await db.all(`SELECT t::VARCHAR AS line FROM read_parquet('${file}') t`);
      return rows.some((row) => textIn(row, 'line').includes(text)) ? [path] : [];
    }),
  );
  return found.flat();
}

describe('a list of what to leave out', () => {
  it('takes its measurements from every file, counts them, and lets no earlier release keep them', async () => {
    const out = join(folder, 'listed');
    const before = await build(out);
    expect(await filesWith(out, PRIVATE)).not.toEqual([]);
    expect(await filesWith(out, 'private.example')).not.toEqual([]);
    const after = await build(out, LIST);
    expect(await filesWith(out, PRIVATE)).toEqual([]);
    expect(await filesWith(out, 'private.example')).toEqual([]);
    expect(await filesWith(out, 'public.example')).not.toEqual([]);
    expect(after.data_version).not.toBe(before.data_version);
    expect(after.sources.map(({ rejects }) => rejects)).toEqual([
      [{ stage: 'rollup', reason: 'excluded', count: 7 }],
    ]);
    const effects = recordEffects();
    expect(await verifyFolder(out, effects), effects.lines.join('\n')).toBe(true);
  });

  it('says which of its lines name nothing', async () => {
    const effects = recordEffects();
    const list = parseExclusions('domain privat.example\ndomain private.example', 'x');
    await build(join(folder, 'misspelled'), list, effects);
    const said = effects.lines.filter((line) => line.startsWith('--exclude'));
    expect(said).toEqual(['--exclude: no row has domain privat.example']);
  });

  it('leaves earlier releases that hold none of it', async () => {
    const out = join(folder, 'free');
    const { data_version } = await build(out, LIST);
    await build(
      out,
      parseExclusions(`domain private.example\nreport_id ${PRIVATE}\ndomain a.example`, 'x'),
    );
    const index = await readFile(join(out, 'releases/index.json'), 'utf8');
    expect(index).toContain(data_version);
  });

  it('is the same list in whatever order it is written', () => {
    const other = parseExclusions(`domain private.example\r\nreport_id ${PRIVATE}\r\n`, 'x');
    expect(other).toEqual(LIST);
    expect(parseExclusions('# nothing yet\n\n', 'x')).toEqual(NO_EXCLUSIONS);
  });

  it.each(['domian private.example', 'report_id', 'domain not a domain', 'measurement_uid a b'])(
    'refuses %j, with its line and what to write instead',
    (line) => {
      const read = () => parseExclusions(`# first\n${line}`, 'excluded.txt');
      expect(read).toThrow(UsageError);
      expect(read).toThrow(/^excluded\.txt:2 .*\nWrite one of /);
    },
  );

  it('that is not there stops the build', () => {
    expect(() => readExclusions(join(folder, 'none.txt'))).toThrow(UsageError);
  });
});
