/** One kind of dump file → one part: how it is read, what its pieces become, and the part table they go to. */
import { isProblem, problem, type Problem } from '../contract/problem.ts';
import { isPublisherId, PUBLISHERS, type PublisherId } from '../contract/publishers.ts';
import type { Normalized, Part, PartKind, Selection } from '../parts.ts';
import type { FingerprintMatcher } from '../score/fingerprints.ts';
import type { DumpFile } from '../read/dump-folder.ts';
import type { PartDatabase } from './part-writer.ts';
import { isReadError, machineFaultOf } from '../machine-fault.ts';

/** `line` counts from 1: the line, the member or the row's first line; null: the file. `count` rows have the problem, or one. */
export type Refuse = (problem: Problem, line: number | null, count?: number) => void;

/** Receives what a reader finds. */
export interface Pieces<Piece> {
  readonly take: (piece: Piece, line: number | null) => void;
  readonly refuse: Refuse;
}

export interface Found {
  /** Lines, members, records or rows seen. */
  readonly rowsIn: number;
  /** Whether the content names the sample generator as its origin. */
  readonly synthetic?: boolean;
}

/** Reads a file piece by piece. */
export type Read<Piece> = (file: DumpFile, pieces: Pieces<Piece>) => Promise<Found>;

/** Other input that decides a row. */
export interface Surroundings {
  /** Facts from the path. */
  readonly hint: string;
  readonly fingerprints: FingerprintMatcher;
}

export interface Tools {
  readonly database: PartDatabase;
  readonly fingerprints: FingerprintMatcher;
}

type Made = Pick<Part, 'source' | 'rows_in' | 'rows_out' | 'synthetic'>;

export interface Conversion {
  readonly part: PartKind;
  /** The file is a part already and is used where it lies; only our own sample generator writes such files. */
  readonly finished?: true;
  /** It is an ingredient of the part, since equal bytes under another path can become other rows. */
  readonly pathHint: (path: string) => string;
  /** `source` is whose the rows are that do not say so themselves. */
  readonly convert: (
    file: DumpFile,
    source: PublisherId,
    tools: Tools,
    target: string,
    refuse: Refuse,
  ) => Promise<Made>;
}

interface Form<P extends PartKind> {
  readonly part: P;
  readonly pathHint?: (path: string) => string;
}

/** A part that was scored when it was made. */
export function toFinished(part: PartKind): Conversion {
  return {
    part,
    finished: true,
    pathHint: () => '',
    convert: () => Promise.reject(new Error('A finished part is not converted.')),
  };
}

interface RowForm<Piece, P extends PartKind> extends Form<P> {
  readonly read: Read<Piece>;
  readonly normalize: (piece: Piece, surroundings: Surroundings) => Normalized<P> | Problem;
}

/** A form that is read piece by piece. */
export function toRows<Piece, P extends PartKind>(form: RowForm<Piece, P>): Conversion {
  const { part, pathHint = () => '' } = form;
  return {
    part,
    pathHint,
    async convert(file, source, { database, fingerprints }, target, refuse) {
      const surroundings = { hint: pathHint(file.path), fingerprints };
      const writer = await database.openWriter(part);
      const whose = { source };
      const own = { source, licence: PUBLISHERS[source].licence };
      const take = (piece: Piece, line: number | null): void => {
        const made = form.normalize(piece, surroundings);
        if (isProblem(made)) {
          refuse(made, line);
          return;
        }
        for (const each of made.problems) refuse(each.problem, each.line);
        for (const row of made.rows) {
          if (writer.rows === 0) whose.source = sourceIn(row) ?? source;
          writer.append(isAnonymous(row) ? { ...row, ...own } : row);
        }
      };
      const found = await form.read(file, { take, refuse });
      await writer.finish(target);
      return {
        source: whose.source,
        rows_in: found.rowsIn,
        rows_out: writer.rows,
        synthetic: found.synthetic ?? false,
      };
    },
  };
}

/** Whether the row leaves it to the registry to say whose it is. */
function isAnonymous(row: object): boolean {
  return 'source' in row && row.source === null;
}

function sourceIn(row: object): PublisherId | null {
  return 'source' in row && typeof row.source === 'string' && isPublisherId(row.source)
    ? row.source
    : null;
}

interface ParquetForm<P extends PartKind> extends Form<P> {
  readonly select: (hint: string, columns: ReadonlySet<string>) => Selection | Problem;
}

/** Parquet in, Parquet out: DuckDB reads the columns and puts their names right. */
export function toParquet<P extends PartKind>(form: ParquetForm<P>): Conversion {
  const { part, pathHint = () => '' } = form;
  return {
    part,
    pathHint,
    async convert(file, source, { database }, target, refuse) {
      const shape = await database.shapeOf(file.path).catch(ofTheFile(null));
      const select =
        shape === null
          ? problem('unreadable_file', 'no Parquet')
          : form.select(pathHint(file.path), new Set(shape.columns));
      const copied = isProblem(select)
        ? select
        : await database
            .copy(part, file.path, select, target)
            .catch(ofTheFile(problem('unreadable_file', 'Parquet whose rows cannot be read')));
      if (isProblem(copied)) {
        refuse(copied, null);
        await (await database.openWriter(part)).finish(target);
        return { source, rows_in: 0, rows_out: 0, synthetic: false };
      }
      const { rowsOut, refused } = copied;
      for (const { reason, count } of refused)
        refuse(problem(reason, `${count} rows`), null, count);
      const rowsIn = refused.reduce((sum, { count }) => sum + count, rowsOut);
      return { source, rows_in: rowsIn, rows_out: rowsOut, synthetic: false };
    },
  };
}

/** What an error means that is of the file; one of the machine says nothing of the file, and is thrown on. */
function ofTheFile<T>(meaning: T): (error: unknown) => T {
  return (error) => {
    if (machineFaultOf(error) !== null || isReadError(error)) throw error;
    return meaning;
  };
}
