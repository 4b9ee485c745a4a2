/**
 * The formats of slices: the head that names days, rules and licence, and the rows below it. The head names no release,
 * so that a slice whose rows did not change keeps its bytes.
 */
import { addDays } from '../contract/brands.ts';
import { WHOLE_WORLD, type SliceFormat } from '../contract/slices.ts';
import { describeTable } from '../contract/table-words.ts';
import { tableColumns, type TableColumn } from '../contract/tables.ts';
import { quoteText } from '../contract/sql.ts';
import type { Database } from '../rollup/database.ts';
import { translate } from '../words/translate.ts';
import { licenceNote } from './attribution.ts';
import type { Cut } from './cuts.ts';
import type { FileToMake, Growth } from './file-ledger.ts';
import { footerTags, type FileTag } from './parquet.ts';
import { shareFile } from './releases.ts';
import type { RowsAsText, SliceTexts } from './slice-texts.ts';
import { replaceRows } from './text-rows.ts';

const STARTS_FORMULA = Array.from('=+@\t\r\n|%-', (sign) => sign.charCodeAt(0)).join(', ');

/** A text that a spreadsheet would run as a formula gets an apostrophe in front. */
function neutralizedSql({ name, type }: TableColumn): string {
  if (type !== 'VARCHAR') return `"${name}"`;
  return `CASE WHEN ord("${name}") IN (${STARTS_FORMULA}) THEN '''' || "${name}" ELSE "${name}" END AS "${name}"`;
}

/** A value as JavaScript writes it in JSON: whole numbers without a point, null for what is no number. */
function jsonSql({ name, type }: TableColumn): string {
  if (type === 'DATE' || type === 'TIMESTAMP') return `CAST("${name}" AS VARCHAR)`;
  if (type !== 'DOUBLE') return `"${name}"`;
  const isWhole = `"${name}" = floor("${name}") AND abs("${name}") <= ${Number.MAX_SAFE_INTEGER}`;
  return `CASE WHEN ${isWhole} THEN to_json("${name}"::BIGINT) WHEN isfinite("${name}") THEN to_json("${name}") END`;
}

/** What a slice is of, as its head says it. */
export const nameOfKey = (key: string): string =>
  key === WHOLE_WORLD ? translate('slices.world') : key;

/** What slices have in common that are written one after the other. */
type CutSort = Pick<Cut, 'kind' | 'table' | 'licence'>;

/** Gives the lines above the header of a CSV file, without their `# `. */
function csvPreface(
  { table, licence }: CutSort,
  tag: FileTag,
): (cut: Pick<Cut, 'key' | 'since' | 'until'>) => readonly string[] {
  const note = licenceNote(table, licence, tag.synthetic);
  const about = describeTable(table);
  const below = [
    note.attribution,
    translate('csv.licence', { licence: note.licence, url: note.licence_url }),
    translate('csv.comments'),
  ];
  return ({ key, since, until }) => [
    translate('csv.head', {
      table,
      key: nameOfKey(key),
      since: since ?? 'none',
      until: until === null ? '' : addDays(until, -1),
      rules: tag.rulesVersion,
      about,
    }),
    ...below,
  ];
}

/** How a slice is written; `print` has what of it the rows and the head do not say. */
type Form = Pick<FileToMake, 'head' | 'print' | 'write' | 'growth'>;

interface Writers {
  readonly db: Database;
  /** The Parquet file of a table that holds these rows and no others; null: there is none. */
  readonly partitionOf: (cut: Cut) => string | null;
  readonly texts: SliceTexts;
  /** Of the days that are new. */
  readonly added: SliceTexts;
}

function textForm({ texts, added }: Writers, cut: Cut, head: string, form: RowsAsText): Form {
  const { days } = cut;
  const write: Form['write'] = (target) => texts.write(cut, form, head, target);
  if (days === undefined) return { head, print: '', write };
  const grow: Growth['grow'] = async (former, others) => {
    // As if another row came after the last one.
    const end = former.length - form.last.length;
    const bytes = former.subarray(0, end + former.write(form.between, end));
    const pieces = replaceRows(
      { bytes, places: others },
      { bytes: await added.read(days.added, form), places: days.places },
      cut.rows,
      form.quotes,
    );
    const last = pieces.at(-1);
    return [
      ...pieces.slice(0, -1),
      ...(last === undefined ? [] : [last.subarray(0, last.length - form.between.length)]),
      Buffer.from(form.last),
    ];
  };
  return { head, print: '', write, growth: { former: days.former, settled: days.settled, grow } };
}

/** Gives how each slice of a sort is written. */
type FormOf = (writers: Writers, sort: CutSort, tag: FileTag) => (cut: Cut) => Form;

const csvForm: FormOf = (writers, sort, tag) => {
  const columns = tableColumns(sort.table);
  const prefaceOf = csvPreface(sort, tag);
  const header = columns.map(({ name }) => name).join(',');
  const rows = {
    name: 'csv',
    columns: columns.map(neutralizedSql).join(', '),
    options: 'FORMAT csv, HEADER false',
    between: '\n',
    last: '\n',
    quotes: true,
  };
  return (cut) => {
    const preface = prefaceOf(cut).map((line) => `# ${line}`);
    return textForm(writers, cut, [...preface, header, ''].join('\n'), rows);
  };
};

const jsonForm: FormOf = (writers, { kind, table, licence }, tag) => {
  const columns = tableColumns(table);
  const note = licenceNote(table, licence, tag.synthetic);
  const factsOf = ({ key, since, until }: Cut): object => ({
    table,
    [kind === 'country' ? 'probe_cc' : kind]: key,
    since,
    until,
    rules_version: tag.rulesVersion,
    synthetic: tag.synthetic,
    ...note,
    columns: columns.map(({ name }) => name),
  });
  // JSON by the writer of CSV: a line is one text, and between two lines stands a comma.
  const rows = {
    name: 'json',
    columns: `json_array(${columns.map(jsonSql).join(', ')})::VARCHAR`,
    options: "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\n', NEW_LINE ',\n'",
    between: ',\n',
    last: '\n]}\n',
    quotes: false,
  };
  return (cut) => {
    const head = `${JSON.stringify(factsOf(cut)).slice(0, -1)},"rows":[\n`;
    return textForm(writers, cut, head, rows);
  };
};

const parquetForm: FormOf = ({ db, partitionOf }, { table, licence }, tag) => {
  const columns = tableColumns(table).map(({ name }) => `"${name}"`);
  const tags = footerTags(table, licence, tag);
  return (cut) => {
    const partition = partitionOf(cut);
    const write = async (target: string): Promise<void> => {
      if (partition !== null) shareFile(partition, target);
      else
        await db.run(
          `COPY (SELECT ${columns.join(', ')} FROM "${table}" WHERE ${cut.where}) TO ${quoteText(target)}
          (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${tags}})`,
        );
    };
    return { head: '', print: tags, write };
  };
};

export const FORMS: Readonly<Record<SliceFormat, FormOf>> = {
  csv: csvForm,
  json: jsonForm,
  parquet: parquetForm,
};
