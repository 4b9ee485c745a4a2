/** The published `measurements` table: one row of each measurement, with category, and input only where it may be shown. */
import { ID_SHAPES } from '../contract/privacy.ts';
import { quoteText } from '../contract/sql.ts';
import { tableColumns, tableDdl, TABLES } from '../contract/tables.ts';
import type { Reject } from '../rejects.ts';
import { textIn, type Database } from './database.ts';
import { cellSql } from './kept-counts.ts';
import { keepTable, parquetSql, type KeptFiles, type NamedCell } from './kept-files.ts';
import {
  linkedIn,
  pickLinked,
  pickMeasurements,
  readDuplicates,
  type PickedSpan,
} from './picks.ts';
import { decideNames, NAMES_PRINT_SQL } from './seen.ts';
import { orderList, partitionsSql, printSql, publishable, selectList } from './select.ts';
import type { Span } from './spans.ts';

function idOrNull(expression: string, shape: string): string {
  return `CASE WHEN regexp_matches(${expression}, ${quoteText(shape)}) THEN ${expression} END`;
}

/** The text, or null when it is one of `private_texts`: to look at each row costs far more than to look at each text once. */
const unlessPrivate = (text: string): string =>
  `CASE WHEN ${text} IN (FROM private_texts) THEN NULL ELSE ${text} END`;

/** Creates `private_texts`: those in the rows of some spans that must not be published. */
async function findPrivateTexts(db: Database, spans: readonly Span[]): Promise<void> {
  const texts = spans.map(
    ({ select }) => `SELECT DISTINCT test_version, blocking_detail FROM (${select})`,
  );
  await db.run(`
    CREATE OR REPLACE TEMP TABLE private_texts AS
    SELECT value FROM (SELECT DISTINCT unnest([test_version, blocking_detail]) AS value FROM (${texts.join(' UNION ')}))
    WHERE value IS NOT NULL AND ${publishable('value')} IS NULL`);
}

/** Ids name their test: one that names another, or a test whose name is not published, could say anything. `names`: where it does. */
function ofOwnTest(id: string, shape: string, names: string): string {
  const named = `replace(regexp_extract(${id}, ${quoteText(names)}, 1), '_', '')`;
  const own = "CASE WHEN t.test_name = r.test_name THEN replace(r.test_name, '_', '') END";
  return `CASE WHEN ${named} IN ('', ${own}) THEN ${idOrNull(id, shape)} END`;
}

/** SELECT of published rows from raw ones. `picked`: which, and under which uids; null: all, under their own. */
function publishedSql(rows: string, picked: string | null): string {
  const columns = selectList('measurements', {
    month: "strftime(r.measurement_start_time, '%Y-%m')",
    day: 'r.measurement_start_time::DATE',
    measurement_start_time: 'r.measurement_start_time',
    probe_cc: 'r.probe_cc',
    test_name: 't.test_name',
    test_version: unlessPrivate('r.test_version'),
    input: 'i.input',
    domain: 'd.domain',
    category_code: 'coalesce(own.category_code, everywhere.category_code, d.category_code)',
    blocking_method: "CASE WHEN r.outcome IN ('anomaly', 'confirmed') THEN r.blocking_method END",
    blocking_detail: unlessPrivate('r.blocking_detail'),
    confirmed_in_country: 'coalesce(r.confirmed_in_country, false)',
    software_family: "coalesce(r.software_family, 'other')",
    unattended: 'coalesce(r.unattended, false)',
    measurement_uid: ofOwnTest(
      picked === null ? 'r.measurement_uid' : "coalesce(nullif(r.measurement_uid, ''), p.lent_uid)",
      ID_SHAPES.measurement_uid,
      '^[0-9.]+_[A-Z]{2}_([a-z0-9_]+)_[0-9a-f]+$',
    ),
    report_id: ofOwnTest(
      'r.report_id',
      ID_SHAPES.report_id,
      '^[0-9]{8}T[0-9]{6}Z_([a-z0-9]+)_[A-Z]{2}_',
    ),
  });
  return `SELECT ${columns}
    FROM ${rows} r
    ${picked === null ? '' : `JOIN ${picked} p USING (part, part_row)`}
    JOIN public_tests t ON t.given = r.test_name
    LEFT JOIN public_inputs i ON i.input = r.input
    LEFT JOIN public_domains d ON d.domain = r.domain
    LEFT JOIN url_categories own ON own.url = r.input AND own.list = r.probe_cc
    LEFT JOIN url_categories everywhere ON everywhere.url = r.input AND everywhere.list = 'global'`;
}

type KeptCell = Awaited<ReturnType<KeptFiles['find']>>;

/** Published rows that share no partition with others. */
export interface PublishedRows {
  readonly rows: string;
  /** Their partitions: see `partitionsSql`. */
  readonly partitions: string;
}

/** The published rows of a span, which lie in a file, and what is read of them most often. */
interface PublishedSpan extends PublishedRows {
  /** A year, a month or a day. */
  readonly name: string;
  /** Rows of cells of four weeks: `cell`, `rows`, `print`. */
  readonly cells: string;
  /** Rows by `day`, `probe_cc` and `test_name`: `total`. */
  readonly days: string;
}

const PUBLISHED = ['rows', 'partitions', 'cells', 'days'] as const;

/** What is kept of published rows beside them. */
const CELLS_SQL = `
  SELECT ${cellSql('day')} AS cell, count(*) AS rows, ${printSql([...tableColumns('measurements').map(({ name }) => name), 'domain_category'])} AS print
  FROM rows LEFT JOIN (SELECT domain, category_code AS domain_category FROM public_domains) USING (domain)
  GROUP BY cell`;
const DAYS_SQL = 'SELECT day, probe_cc, test_name, count(*) AS total FROM rows GROUP BY ALL';

/** What the published rows of a span are kept under. */
async function cellOf(db: Database, span: PickedSpan, namesPrint: string): Promise<NamedCell> {
  const [linked] = await db.all(`
    SELECT ${printSql(['part', 'part_row', 'lent_uid'])} AS print
    FROM linked_picked SEMI JOIN ${linkedIn(span)} USING (part, part_row)`);
  return {
    name: `rows-${span.name}`,
    print: `${span.pickPrint} ${textIn(linked, 'print')} ${namesPrint}`,
  };
}

/** Publishes the rows of a span. */
async function publishSpan(
  db: Database,
  span: PickedSpan,
  cell: NamedCell,
  kept: KeptFiles,
): Promise<PublishedSpan> {
  await db.run(`
    CREATE OR REPLACE TEMP VIEW span_rows AS ${span.select};
    ${tableDdl('measurements').replace('CREATE TABLE "measurements"', 'CREATE OR REPLACE TEMP TABLE rows')};
    INSERT INTO rows BY NAME SELECT * FROM (
      ${publishedSql('span_rows', span.isWhole ? null : span.picked)}
      UNION ALL BY NAME ${publishedSql(linkedIn(span), 'linked_picked')})
    ORDER BY ${orderList('measurements')};
    CREATE OR REPLACE TEMP TABLE partitions AS ${partitionsSql('measurements', 'rows')};
    CREATE OR REPLACE TEMP TABLE cells AS ${CELLS_SQL};
    CREATE OR REPLACE TEMP TABLE days AS ${DAYS_SQL}`);
  const relations = new Map<string, string>();
  for (const table of PUBLISHED) relations.set(table, await keepTable(db, kept, cell, table));
  return publishedSpan(span, (table) => relations.get(table) ?? table);
}

const publishedSpan = (
  { name }: Span,
  relationOf: (table: (typeof PUBLISHED)[number]) => string,
): PublishedSpan => ({
  name,
  rows: relationOf('rows'),
  partitions: relationOf('partitions'),
  cells: relationOf('cells'),
  days: relationOf('days'),
});

/** SELECT of the same relation of all spans. */
function allOf(spans: readonly PublishedSpan[], table: (typeof PUBLISHED)[number]): string {
  return spans.map((span) => `FROM ${span[table]}`).join(' UNION ALL ');
}

/** The rows of each month together: days of one month share its partitions, within which rows are in the order of time. */
function byMonth(spans: readonly PublishedSpan[]): readonly PublishedRows[] {
  return [...Map.groupBy(spans, ({ name }) => name.slice(0, 7)).values()].map((own) => {
    const [first] = own;
    if (first !== undefined && own.length === 1) return first;
    const keys = TABLES.measurements.partition.join(', ');
    return {
      rows: `(${allOf(own, 'rows')})`,
      partitions: `(
        SELECT ${keys}, sum(rows)::BIGINT AS rows, string_agg(print, ' ' ORDER BY since) AS print,
          min(since) AS since, max(until) AS until
        FROM (${allOf(own, 'partitions')}) GROUP BY ${keys})`,
    };
  });
}

/** Publishes the rows of those spans that `isOwn` tells by their place, which needs the picks of all. */
export async function publishMeasurements(
  db: Database,
  spans: readonly Span[],
  kept: KeptFiles,
  isOwn: (at: number) => boolean,
): Promise<{
  readonly picked: readonly PickedSpan[];
  readonly published: readonly PublishedSpan[];
}> {
  const picked = await pickMeasurements(db, spans, spans, kept);
  await pickLinked(db, spans);
  await decideNames(db);
  const names = await db.all(NAMES_PRINT_SQL);
  const prints = new Map(names.map((row) => [textIn(row, 'span'), textIn(row, 'print')]));
  const published: PublishedSpan[] = [];
  const found = new Map<PickedSpan, { readonly cell: NamedCell; readonly files: KeptCell }>();
  for (const span of picked.filter((_, at) => isOwn(at))) {
    const cell = await cellOf(db, span, prints.get(span.name) ?? '');
    found.set(span, { cell, files: await kept.find(cell.name, cell.print) });
  }
  const fresh = [...found].flatMap(([span, { files }]) => (files === null ? [span] : []));
  if (fresh.length > 0) await findPrivateTexts(db, fresh);
  for (const [span, { cell, files }] of found)
    published.push(
      files === null
        ? await publishSpan(db, span, cell, kept)
        : publishedSpan(span, (table) => parquetSql([files.get(table) ?? ''])),
    );
  await db.run('DROP TABLE IF EXISTS rows');
  return { picked, published };
}

/**
 * Publishes the measurements of `dump_rows`, span by span in the order of days. Creates `measurements`, which every later count is
 * made from and which lies in files, `measured_cells`, `measured_days`, `public_domains` and `network_names`.
 */
export async function fillMeasurements(
  db: Database,
  spans: readonly Span[],
  kept: KeptFiles,
): Promise<{
  readonly duplicates: readonly Reject[];
  readonly published: readonly PublishedRows[];
}> {
  const { picked, published } = await publishMeasurements(db, spans, kept, () => true);
  if (published.length === 0)
    await db.run(`
      ${tableDdl('measurements')};
      CREATE TABLE measured_cells (cell INTEGER, rows BIGINT, print VARCHAR);
      CREATE TABLE measured_days AS FROM (${DAYS_SQL.replace('FROM rows', 'FROM measurements')})`);
  else
    await db.run(`
      CREATE VIEW measurements AS ${allOf(published, 'rows')};
      CREATE TABLE measured_cells AS ${allOf(published, 'cells')};
      CREATE TABLE measured_days AS ${allOf(published, 'days')}`);
  return { duplicates: await readDuplicates(db, picked), published: byMonth(published) };
}
