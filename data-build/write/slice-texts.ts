/**
 * The rows of slices in text. One statement writes those of many slices below one another, and each slice is a stretch of
 * that file: thousands of slices are small, and a statement of its own costs each more than its rows.
 */
import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST_JSON_ROWS, WHOLE_WORLD, type SliceKind } from '../contract/slices.ts';
import type { TableName } from '../contract/tables.ts';
import { quoteText } from '../contract/sql.ts';
import type { Database } from '../rollup/database.ts';
import { walkRows } from './text-rows.ts';

/** SQL for the key of a row in each kind of slice; null keys have none. */
export const KEYS: Readonly<Record<SliceKind, string>> = {
  world: quoteText(WHOLE_WORLD),
  country: 'probe_cc',
  network: "'AS' || (probe_asn // 100) || 'xx'",
  domain: 'domain',
};

/** Rows of a table with one key. */
export interface KeyedRows {
  readonly kind: SliceKind;
  readonly key: string;
  readonly table: TableName;
  /** Condition besides the key. */
  readonly among: string;
  readonly rows: number;
}

/** How rows become text. */
export interface RowsAsText {
  readonly name: string;
  /** SQL for what stands in a line. */
  readonly columns: string;
  /** Of the writer of CSV. */
  readonly options: string;
  /** What ends every row but the last, and what ends the last. */
  readonly between: string;
  readonly last: string;
  /** Whether a line may break between quotes. */
  readonly quotes: boolean;
}

export interface SliceTexts {
  /** Writes a file: the head, then the rows. */
  write(rows: KeyedRows, form: RowsAsText, head: string, target: string): Promise<void>;
  /** The rows, each with what stands between two. */
  read(rows: KeyedRows, form: RowsAsText): Promise<Buffer>;
  /** Removes what lay between. */
  close(): Promise<void>;
}

/** Rows that one statement writes. */
const MOST_ROWS = 1_000_000;

/** Cuts a list where the rows would become too many. A slice that has no JSON stands alone, so that nobody makes it. */
function* inBatches(all: readonly KeyedRows[]): Generator<readonly KeyedRows[]> {
  let batch: KeyedRows[] = [];
  let rows = 0;
  for (const one of all) {
    if (one.rows > MOST_JSON_ROWS) {
      yield [one];
      continue;
    }
    if (rows + one.rows > MOST_ROWS) {
      yield batch;
      batch = [];
      rows = 0;
    }
    batch.push(one);
    rows += one.rows;
  }
  yield batch;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

const PIECE = Buffer.alloc(1_048_576);

/** The pieces of a file between two places, one at a time in the same memory. */
function* readPieces(file: string, from: number, to: number): Generator<Buffer> {
  const source = openSync(file, 'r');
  try {
    for (let at = from; at < to;) {
      const length = readSync(source, PIECE, 0, Math.min(PIECE.length, to - at), at);
      if (length === 0) return;
      yield PIECE.subarray(0, length);
      at += length;
    }
  } finally {
    closeSync(source);
  }
}

/** Where the rows of each slice lie in a file that has them in this order. */
function findStretches(
  file: string,
  batch: readonly KeyedRows[],
  quotes: boolean,
): ReadonlyMap<KeyedRows, Stretch> {
  const { size } = statSync(file);
  const [first] = batch;
  // One that stands alone may be too large to be read whole.
  if (first !== undefined && batch.length === 1) return new Map([[first, { from: 0, to: size }]]);
  const walk = walkRows(readFileSync(file), quotes);
  let from = 0;
  const found = batch.map((rows) => {
    const stretch = { from, to: walk(rows.rows) };
    from = stretch.to;
    return [rows, stretch] as const;
  });
  if (from !== size) throw new Error(`${file} does not have the rows of ${batch.length} slices.`);
  return new Map(found);
}

/** `all`: the slices that are to be written, of one kind and table, in the order of their keys. */
export function openSliceTexts(
  db: Database,
  scratch: string,
  all: readonly KeyedRows[],
): SliceTexts {
  const batches = new Map(
    [...inBatches(all)].flatMap((batch) => batch.map((rows) => [rows, batch] as const)),
  );
  const made = new Map<string, ReadonlyMap<KeyedRows, Stretch>>();
  const makeFile = async (file: string, batch: readonly KeyedRows[], form: RowsAsText) => {
    const [first] = batch;
    if (first === undefined) throw new Error('There are no slices to write.');
    await mkdir(scratch, { recursive: true });
    await db.run(`
      COPY (SELECT ${form.columns} FROM (
          SELECT *, rowid AS row_place, ${KEYS[first.kind]} AS slice_key FROM "${first.table}" WHERE ${first.among})
        WHERE slice_key IN (${batch.map(({ key }) => quoteText(key)).join(', ')})
        ORDER BY slice_key, row_place) TO ${quoteText(file)} (${form.options})`);
    return findStretches(file, batch, form.quotes);
  };
  const locate = async (rows: KeyedRows, form: RowsAsText) => {
    // A slice that was to be taken over and could not be is written by itself.
    const batch = batches.get(rows) ?? [rows];
    const file = join(scratch, `${batch[0]?.key}.${form.name}`);
    const stretches = made.get(file) ?? (await makeFile(file, batch, form));
    made.set(file, stretches);
    const stretch = stretches.get(rows);
    if (stretch === undefined) throw new Error(`There are no rows of ${rows.key}.`);
    return { file, ...stretch };
  };
  return {
    write: async (rows, form, head, target) => {
      const { file, from, to } = await locate(rows, form);
      const copy = openSync(target, 'w');
      try {
        writeFileSync(copy, head);
        for (const piece of readPieces(file, from, to - form.between.length))
          writeFileSync(copy, piece);
        writeFileSync(copy, form.last);
      } finally {
        closeSync(copy);
      }
    },
    read: async (rows, form) => {
      const { file, from, to } = await locate(rows, form);
      return Buffer.concat(Array.from(readPieces(file, from, to), (piece) => Buffer.from(piece)));
    },
    close: () => rm(scratch, { recursive: true, force: true }),
  };
}
