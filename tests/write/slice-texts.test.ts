/** Slices in text that one statement writes together are byte for byte what a statement each would write. */
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SliceFormat } from '../../data-build/contract/slices.ts';
import { quoteText } from '../../data-build/contract/sql.ts';
import { tableDdl } from '../../data-build/contract/tables.ts';
import { numberIn, openDatabase, textIn, type Database } from '../../data-build/rollup/database.ts';
import { createCsvJoiner } from '../../data-build/parse/csv.ts';
import { createRng } from '../../data-build/sample/rng.ts';
import type { Cut } from '../../data-build/write/cuts.ts';
import { FORMS } from '../../data-build/write/slice-forms.ts';
import { openSliceTexts, type SliceTexts } from '../../data-build/write/slice-texts.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('slice-texts');
const TAG = { rulesVersion: '1', synthetic: false };
const FORMATS = ['csv', 'json'] as const satisfies SliceFormat[];
const TABLE = 'recorded_elsewhere';
const PLACES = ['KE', 'NO', 'TZ', 'UG', 'ZA'];
/** What a text may hold that ends a line or a cell, or starts a formula. */
const PIECES = ['a', '"', '\n', ',', '\r', '=', "'", '\\', 'é', '; ', '""', '\n\n'];
let db: Database;
let cuts: readonly Cut[];
let statements: string[] = [];

beforeAll(async () => {
  db = await openDatabase({ spillDir: join(folder, 'spill'), threads: 1 });
  const rng = createRng(1, 'slice-texts', 'rows');
  const text = (): string =>
    Array.from(
      { length: 1 + Math.floor(rng.unit() * 5) },
      () => PIECES[Math.floor(rng.unit() * PIECES.length)] ?? '',
    ).join('');
  // The rows of a place do not stand together, and some have the same texts.
  const rows = Array.from({ length: 400 }, (_, at) => {
    const place = PLACES[Math.floor(rng.unit() * PLACES.length)] ?? '';
    const last = at % 3 === 0 ? 'NULL' : "DATE '2024-11-08'";
    return `(${[place, 'shutdown', text()].map(quoteText).join(', ')}, DATE '2024-11-07', ${last}, ${[text(), 'access-now', at % 7 === 0 ? 'cc0' : 'cc-by'].map(quoteText).join(', ')})`;
  });
  await db.run(tableDdl(TABLE));
  await db.run(`INSERT INTO "${TABLE}"
    BY NAME SELECT * FROM (VALUES ${rows.join(', ')})
      v(probe_cc, record_kind, record_scope, first_day, last_day, url, source, licence)`);
  const counted = await db.all(
    `SELECT probe_cc, count(*) AS rows FROM "${TABLE}" WHERE licence = 'cc-by' GROUP BY ALL ORDER BY ALL`,
  );
  cuts = counted.map((row) => ({
    kind: 'country',
    key: textIn(row, 'probe_cc'),
    table: TABLE,
    licence: 'cc-by',
    among: "licence = 'cc-by'",
    where: `probe_cc = ${quoteText(textIn(row, 'probe_cc'))} AND licence = 'cc-by'`,
    rows: numberIn(row, 'rows'),
    print: '',
    since: null,
    until: null,
  }));
});

afterAll(() => db.close());

const writers = (database: Database, texts: SliceTexts) => ({
  db: database,
  texts,
  added: texts,
  partitionOf: () => null,
});

/** Writes cuts when `planned` are those that are expected, and gives the texts of the files. */
async function write(planned: readonly Cut[], written: readonly Cut[]): Promise<readonly string[]> {
  statements = [];
  const spy: Database = {
    ...db,
    run: (sql) => {
      statements.push(sql);
      return db.run(sql);
    },
  };
  const texts = openSliceTexts(spy, join(folder, 'between'), planned);
  mkdirSync(join(folder, 'out'), { recursive: true });
  const found: string[] = [];
  for (const cut of written)
    for (const format of FORMATS) {
      const target = join(folder, 'out', `${cut.key}.${format}`);
      await FORMS[format](writers(spy, texts), cut, TAG)(cut).write(target);
      found.push(await readFile(target, 'utf8'));
    }
  await texts.close();
  return found;
}

/** Each row by a statement of its own, put together by hand. */
async function oneByOne(cut: Cut, format: (typeof FORMATS)[number]): Promise<string> {
  const ids = await db.all(`SELECT rowid AS id FROM "${TABLE}" WHERE ${cut.where} ORDER BY rowid`);
  const lines: string[] = [];
  const texts = openSliceTexts(db, join(folder, 'alone'), []);
  const { head } = FORMS[format](writers(db, texts), cut, TAG)(cut);
  for (const id of ids) {
    const one = { ...cut, among: `rowid = ${numberIn(id, 'id')}`, rows: 1 };
    const own = openSliceTexts(db, join(folder, 'alone'), []);
    const target = join(folder, 'alone.txt');
    await FORMS[format](writers(db, own), one, TAG)(one).write(target);
    await own.close();
    const text = await readFile(target, 'utf8');
    lines.push(text.slice(head.length, format === 'csv' ? -1 : -'\n]}\n'.length));
  }
  return format === 'csv' ? `${head}${lines.join('\n')}\n` : `${head}${lines.join(',\n')}\n]}\n`;
}

describe('slices in text', () => {
  it('have the bytes that a statement for each row gives, in one statement for each format', async () => {
    const together = await write(cuts, cuts);
    expect(statements).toHaveLength(FORMATS.length);
    for (const [at, cut] of cuts.entries())
      for (const [of, format] of FORMATS.entries())
        expect(together[at * FORMATS.length + of], `${cut.key} ${format}`).toBe(
          await oneByOne(cut, format),
        );
  });

  it('put an apostrophe before a text that a spreadsheet would run', async () => {
    const texts = await db.all(`
      SELECT url FROM "${TABLE}" WHERE probe_cc = 'KE' AND licence = 'cc-by' ORDER BY rowid`);
    const [csv = ''] = await write(cuts.slice(0, 1), cuts.slice(0, 1));
    const rows: (readonly string[])[] = [];
    const joiner = createCsvJoiner(
      {
        onRecord: (fields) => rows.push(fields) > 0,
        onBroken: (line) => expect.fail(String(line)),
      },
      '#',
    );
    for (const [line, text] of csv.split('\n').entries()) joiner.push(text, line);
    joiner.end();
    const at = rows[0]?.indexOf('url') ?? -1;
    const expected = texts.map((row) => textIn(row, 'url').replace(/^(?=[=+@\t\r\n|%-])/, "'"));
    expect(expected.some((text) => text.startsWith("'="))).toBe(true);
    expect(rows.slice(1).map((row) => row[at])).toEqual(expected);
  });

  it('are the same whichever others are written, and those that stay are not asked for', async () => {
    const all = await write(cuts, cuts);
    const some = cuts.slice(1, 3);
    expect(await write(some, some)).toEqual(all.slice(FORMATS.length, 3 * FORMATS.length));
    expect(statements).toHaveLength(FORMATS.length);
    expect(statements.some((sql) => sql.includes(`'${cuts[0]?.key}'`))).toBe(false);
    // One that was to stay and was touched.
    expect(await write(some, cuts)).toEqual(all);
  });

  it('are read as JSON with every row', async () => {
    const json = (await write(cuts, cuts)).filter((_, at) => at % FORMATS.length === 1);
    const rows = json.map((text) => {
      const { rows: own }: { readonly rows: readonly unknown[] } = JSON.parse(text);
      return own.length;
    });
    expect(rows).toEqual(cuts.map((cut) => cut.rows));
  });
});
