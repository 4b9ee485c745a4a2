/** Which bytes of which files a query needs: whole files where they are small, else footers and columns of row groups. */
import type { FileHint, RowGroupHint } from '../../data-build/contract/hints.ts';
import type { ManifestFile } from '../../data-build/contract/manifest.ts';
import { tableColumns } from '../../data-build/contract/tables.ts';
import type { Narrowing } from '../query/narrowing.ts';
import type { Hints } from './hints.ts';

/** Bytes of a file, the last one not counted: `[from, until)`. */
export type ByteRange = readonly [from: number, until: number];

export interface FileScan {
  readonly file: ManifestFile;
  /** Null: the whole file. Empty: the engine finds out by itself. */
  readonly ranges: readonly ByteRange[] | null;
  /** Of its row groups so many can hold rows of the answer; null where that is not known. */
  readonly groups: { readonly read: number; readonly all: number } | null;
}

/** DuckDB-WASM reads pages of this size; a range that ends inside of one would not spare a request. */
const PAGE = 16_384;
/** Two ranges this close are one request. */
const GAP = 65_536;
/** A file is read in pieces when they are at most this part of it: a whole file stays in the browser's cache. */
const WORTH = 0.6;

/** Files that can hold rows which meet every condition. */
export function narrowFiles(
  files: readonly ManifestFile[],
  narrowings: readonly Narrowing[],
): readonly ManifestFile[] {
  return files.filter((file) => narrowings.every((narrowing) => mayHold(file, narrowing)));
}

function mayHold({ partition, since, until }: ManifestFile, narrowing: Narrowing): boolean {
  const value = partition[narrowing.column];
  if (value !== undefined) return overlaps(narrowing, value, value);
  if (narrowing.column !== 'day' && narrowing.column !== 'week') return true;
  if (since === null || until === null) return true;
  // The last day covered lies before `until`: a bound at `until` itself meets nothing.
  return narrowing.kind === 'values'
    ? narrowing.values.some((day) => since <= day && day < until)
    : narrowing.kind === 'from'
      ? narrowing.value < until
      : overlaps(narrowing, since, until);
}

/** Whether a value from `least` to `greatest` can meet the condition. */
function overlaps(narrowing: Narrowing, least: string, greatest: string): boolean {
  if (narrowing.kind === 'values')
    return narrowing.values.some((value) => least <= value && value <= greatest);
  const { kind, value, open } = narrowing;
  if (kind === 'from') return open ? greatest > value : greatest >= value;
  return open ? least < value : least <= value;
}

/** How to read each file. `names`: what the query calls by name; null when it may look at any column. */
export function planScan(
  files: readonly ManifestFile[],
  hints: Hints,
  narrowings: readonly Narrowing[],
  names: ReadonlySet<string> | null,
): readonly FileScan[] {
  return files.map((file) => {
    const hint = hints.get(file.path);
    if (hint === undefined) return { file, ranges: null, groups: null };
    const wanted = hint.row_groups.filter((group) => mayHoldGroup(group, file, narrowings));
    const groups = { read: wanted.length, all: hint.row_groups.length };
    const ranges = findRanges(file, hint, wanted, names);
    return { file, ranges: sumRanges(ranges) > file.bytes * WORTH ? null : ranges, groups };
  });
}

function mayHoldGroup(
  { range }: RowGroupHint,
  { table }: ManifestFile,
  narrowings: readonly Narrowing[],
): boolean {
  return narrowings.every((narrowing) => {
    const bounds = range[narrowing.column];
    const type = tableColumns(table).find(({ name }) => name === narrowing.column)?.type;
    if (bounds === undefined) return true;
    if (type === 'DATE' || type === 'VARCHAR') return overlaps(narrowing, ...bounds);
    // Numbers are compared as such.
    const [least, greatest] = bounds.map(Number);
    return (
      narrowing.kind !== 'values' ||
      narrowing.values.some(
        (value) => Number(value) >= Number(least) && Number(value) <= Number(greatest),
      )
    );
  });
}

function findRanges(
  { table, bytes }: ManifestFile,
  { footer }: FileHint,
  groups: readonly RowGroupHint[],
  names: ReadonlySet<string> | null,
): readonly ByteRange[] {
  const wanted = tableColumns(table).map(({ name }) => names === null || names.has(name));
  const ranges: ByteRange[] = [];
  for (const { offset, columns } of groups) {
    let at = offset;
    for (const [index, length] of columns.entries()) {
      if (wanted[index] === true) ranges.push([at, at + length]);
      at += length;
    }
  }
  return joinRanges([...ranges, [footer, bytes]], bytes);
}

/** In order, in whole pages, with small gaps closed. */
function joinRanges(ranges: readonly ByteRange[], bytes: number): readonly ByteRange[] {
  const joined: [number, number][] = [];
  for (const [from, until] of ranges.toSorted(([a], [b]) => a - b)) {
    const start = Math.floor(from / PAGE) * PAGE;
    const end = Math.min(bytes, Math.ceil(until / PAGE) * PAGE);
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1] + GAP) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

function sumRanges(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, [from, until]) => sum + until - from, 0);
}

/** Bytes that will be fetched before the engine starts; what it reads by itself is not known. */
export function scanBytes(scans: readonly FileScan[]): number {
  return scans.reduce(
    (sum, { file, ranges }) => sum + (ranges === null ? file.bytes : sumRanges(ranges)),
    0,
  );
}
