/**
 * Which rows of `dump_rows` count, span by span: one of each measurement, whatever forms it came in. Rows that spans share are picked
 * together. What is published of them is not decided here.
 */
import type { RejectSample } from '../contract/manifest.ts';
import { TESTS_FROM } from '../contract/publishers.ts';
import { quoteText } from '../contract/sql.ts';
import type { Reject } from '../rejects.ts';
import { numberIn, textIn, type Database, type SqlRow } from './database.ts';
import { datedSql, pickSql, repeatsSql, strayUidsSql } from './identity.ts';
import { keepTable, parquetSql, type KeptFiles, type NamedCell } from './kept-files.ts';
import { SEEN_DDL, seenSql } from './seen.ts';
import { printSql } from './select.ts';
import type { Span } from './spans.ts';

async function countIn(db: Database, relation: string): Promise<number> {
  const [row] = await db.all(`SELECT count(*) AS rows FROM ${relation}`);
  return numberIn(row, 'rows');
}

/** Finds the uids that may stand in two spans: `strays(span, uid)`. */
async function findStrays(db: Database, spans: readonly Span[], kept: KeptFiles): Promise<void> {
  await db.run('CREATE TABLE strays (span VARCHAR, uid VARCHAR)');
  if (spans.length < 2) return;
  for (const span of spans) {
    const cell = { name: `strays-${span.name}`, print: span.print };
    const file = (await kept.find(cell.name, cell.print))?.get('span_strays');
    let from = file === undefined ? null : parquetSql([file]);
    if (from === null) {
      const select = strayUidsSql(`(${span.select})`, span.name);
      await db.run(`CREATE OR REPLACE TABLE span_strays AS ${select}`);
      from = await keepTable(db, kept, cell, 'span_strays');
    }
    await db.run(`INSERT INTO strays SELECT ${quoteText(span.name)}, uid FROM ${from}`);
  }
}

/**
 * Creates `span_linked`: rows of `span_rows` that may be the same measurement as rows of other spans, and those that may be the
 * same as these.
 */
async function linkRows(db: Database, strays: string): Promise<number> {
  await db.run(
    `CREATE OR REPLACE TABLE span_linked AS SELECT * FROM span_rows WHERE measurement_uid IN (${strays})`,
  );
  let [before, now] = [0, await countIn(db, 'span_linked')];
  while (now > before) {
    await db.run(`
      INSERT INTO span_linked SELECT r.* FROM span_rows r ANTI JOIN span_linked USING (part, part_row)
      WHERE (r.measurement_uid <> '' AND r.measurement_uid IN (SELECT measurement_uid FROM span_linked))
        OR (r.report_id <> '' AND (r.report_id, r.measurement_start_time, r.test_name, coalesce(r.input, '')) IN (
          SELECT (report_id, measurement_start_time, test_name, coalesce(input, '')) FROM span_linked))`);
    [before, now] = [now, await countIn(db, 'span_linked')];
  }
  return now;
}

/** A span whose rows were picked. */
export interface PickedSpan extends Span {
  /** Relation of the picked rows, but for those that are linked with other spans. */
  readonly picked: string;
  /** Changes with them. */
  readonly pickPrint: string;
  readonly count: number;
  /** Whether these are all rows, and no row takes the uid of another. */
  readonly isWhole: boolean;
}

/** Relations of one span. */
interface SpanTables {
  readonly linked: string;
  readonly seen: string;
  readonly repeats: string;
  readonly picked: string;
}

/** Picks the rows of a span that count. */
async function makeSpanTables(
  db: Database,
  span: Span,
  strays: string,
  kept: KeptFiles,
  cell: NamedCell,
): Promise<SpanTables> {
  await db.run(`CREATE OR REPLACE TEMP VIEW span_rows AS ${span.select}`);
  const linked = await linkRows(db, strays);
  const rows =
    linked === 0
      ? 'span_rows'
      : '(SELECT * FROM span_rows ANTI JOIN span_linked USING (part, part_row))';
  await db.run(`CREATE OR REPLACE TABLE span_picked AS ${pickSql(rows)}`);
  const repeats = span.rows - linked - (await countIn(db, 'span_picked'));
  await db.run(`
    CREATE OR REPLACE TABLE span_seen AS ${seenSql('span_rows', linked + repeats === 0 ? null : 'span_picked')};
    CREATE OR REPLACE TABLE span_repeats AS ${repeats === 0 ? 'FROM repeats LIMIT 0' : repeatsSql(rows, 'span_picked')}`);
  return {
    linked: await keepTable(db, kept, cell, 'span_linked'),
    seen: await keepTable(db, kept, cell, 'span_seen'),
    repeats: await keepTable(db, kept, cell, 'span_repeats'),
    picked: await keepTable(db, kept, cell, 'span_picked'),
  };
}

function keptSpanTables(files: ReadonlyMap<string, string>): SpanTables {
  const relation = (table: string): string => {
    const file = files.get(table);
    if (file === undefined) throw new Error(`A span was kept without ${table}.`);
    return parquetSql([file]);
  };
  return {
    linked: relation('span_linked'),
    seen: relation('span_seen'),
    repeats: relation('span_repeats'),
    picked: relation('span_picked'),
  };
}

/** Picks the rows of each span that count; what is known of all goes into `linked_rows`, `seen` and `repeats`. */
async function pickSpans(
  db: Database,
  spans: readonly Span[],
  kept: KeptFiles,
): Promise<readonly PickedSpan[]> {
  await db.run(`
    CREATE TABLE linked_rows AS FROM dump_rows LIMIT 0;
    CREATE TABLE repeats (part UBIGINT, part_row BIGINT, detail VARCHAR);
    ${SEEN_DDL}`);
  const done: PickedSpan[] = [];
  for (const span of spans) {
    const strays = `SELECT uid FROM strays WHERE span = ${quoteText(span.name)} OR ${datedSql('uid', span.name)}`;
    const [found] = await db.all(`SELECT ${printSql(['uid'])} AS print FROM (${strays})`);
    const pickPrint = `${span.print} ${textIn(found, 'print')}`;
    const cell = { name: `picked-${span.name}`, print: pickPrint };
    const files = await kept.find(cell.name, cell.print);
    const tables =
      files === null ? await makeSpanTables(db, span, strays, kept, cell) : keptSpanTables(files);
    await db.run(`
      INSERT INTO linked_rows FROM ${tables.linked};
      INSERT INTO seen SELECT ${quoteText(span.name)}, * FROM ${tables.seen};
      INSERT INTO repeats FROM ${tables.repeats}`);
    const { picked } = tables;
    const [counted] = await db.all(
      `SELECT count(*) AS rows, count(lent_uid) AS lent FROM ${picked}`,
    );
    const count = numberIn(counted, 'rows');
    const isWhole = count === span.rows && numberIn(counted, 'lent') === 0;
    done.push({ ...span, pickPrint, picked, count, isWhole });
  }
  return done;
}

/** Picks those of the rows that are linked over spans: `linked_picked`. */
export async function pickLinked(db: Database, spans: readonly Span[]): Promise<void> {
  await db.run(`CREATE TABLE linked_picked AS ${pickSql('linked_rows')}`);
  if ((await countIn(db, 'linked_rows')) === 0) return;
  for (const span of spans)
    await db.run(
      `INSERT INTO seen SELECT ${quoteText(span.name)}, * FROM (${seenSql(linkedIn(span), 'linked_picked')})`,
    );
  await db.run(`INSERT INTO repeats ${repeatsSql('linked_rows', 'linked_picked')}`);
}

export const linkedIn = (span: Span): string =>
  `(SELECT * FROM linked_rows WHERE ${span.has('measurement_start_time')})`;

/** What an edition holds twice, with the first samples. */
export async function readDuplicates(
  db: Database,
  spans: readonly PickedSpan[],
): Promise<readonly Reject[]> {
  const linked = await countIn(db, 'linked_picked');
  const count = spans.reduce((all, span) => all + span.rows - span.count, -linked);
  if (count === 0) return [];
  const samples = await db.all(`
    SELECT p.dump, detail FROM repeats r JOIN parts p USING (part) ORDER BY p.dump, r.part_row LIMIT 3`);
  return [{ reason: 'duplicate', source: TESTS_FROM, count, samples: samples.map(toSample) }];
}

const toSample = (row: SqlRow): RejectSample => ({
  file: textIn(row, 'dump'),
  line: null,
  detail: textIn(row, 'detail').slice(0, 80),
});

/** Picks the rows of `own` spans that count; `spans` are all. Creates `linked_rows`, `seen` and `repeats`, which tell what is known of them. */
export async function pickMeasurements(
  db: Database,
  spans: readonly Span[],
  own: readonly Span[],
  kept: KeptFiles,
): Promise<readonly PickedSpan[]> {
  await findStrays(db, spans, kept);
  return pickSpans(db, own, kept);
}
