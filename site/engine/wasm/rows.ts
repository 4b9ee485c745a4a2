/** Arrow results → the plain rows that `Engine.run` promises. */

export type Plain = string | number | boolean | null | readonly Plain[];
export type PlainRow = Readonly<Record<string, Plain>>;

/** The part of an Arrow table that is needed; columns know their type by its name. */
export interface ColumnarTable {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly ColumnarField[] };
  getChildAt(index: number): { get(row: number): unknown } | null;
}
interface ColumnarField {
  readonly name: string;
  readonly type: { toString(): string };
}

/** Whether a result has the shape read here. The package's own types name another package's, so it is looked at. */
export function isColumnarTable(value: unknown): value is ColumnarTable {
  return (
    typeof value === 'object' &&
    value !== null &&
    'numRows' in value &&
    'schema' in value &&
    'getChildAt' in value
  );
}

/**
 * One object per row. Dates become `YYYY-MM-DD`, timestamps `YYYY-MM-DD HH:MM:SS` (UTC, fractions dropped),
 * 64-bit and 128-bit whole numbers and decimals plain numbers; past 2^53 these lose digits, as numbers do.
 */
export function toRows(table: ColumnarTable): readonly PlainRow[] {
  const columns = table.schema.fields.map((field, index) => ({
    name: field.name,
    toPlain: converterOf(field.type.toString()),
    values: table.getChildAt(index),
  }));
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(
      columns.map(({ name, toPlain, values }) => [name, toPlain(values?.get(row) ?? null)]),
    ),
  );
}

/** What kind of value a column holds, as far as a table and a chart need to know. */
export type ColumnKind = 'number' | 'text' | 'day' | 'time' | 'flag' | 'other';
export interface MatrixColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}
export interface Matrix {
  readonly columns: readonly MatrixColumn[];
  readonly rows: readonly (readonly Plain[])[];
}

/** The first `most` rows as lists of values, whatever the types: what has no plain form becomes text. */
export function toMatrix(table: ColumnarTable, most: number): Matrix {
  const columns = table.schema.fields.map((field, index) => {
    const type = field.type.toString();
    return {
      name: field.name,
      kind: kindOf(type),
      toPlain: converterOf(type, toText),
      values: table.getChildAt(index),
    };
  });
  return {
    columns: columns.map(({ name, kind }) => ({ name, kind })),
    rows: Array.from({ length: Math.min(most, table.numRows) }, (_, row) =>
      columns.map(({ toPlain: convert, values }) => convert(values?.get(row) ?? null)),
    ),
  };
}

function kindOf(type: string): ColumnKind {
  if (/^(?:Int|Uint|Float|Decimal)/.test(type)) return 'number';
  if (/^(?:Utf8|LargeUtf8|Dictionary)/.test(type)) return 'text';
  if (type.startsWith('Date')) return 'day';
  if (type.startsWith('Timestamp')) return 'time';
  return type === 'Bool' ? 'flag' : 'other';
}

/** Records, intervals and the like, for reading. */
function toText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint' ? Number(inner) : inner,
  );
}

type Converter = (value: unknown) => Plain;

function converterOf(type: string, orElse: (value: unknown) => string = refuse): Converter {
  if (type.startsWith('Date')) return (value) => toIsoText(value)?.slice(0, 10) ?? null;
  if (type.startsWith('Timestamp'))
    return (value) => toIsoText(value)?.slice(0, 19).replace('T', ' ') ?? null;
  const decimal = /^Decimal\[\d+e([+-]?\d+)\]/.exec(type);
  if (decimal !== null) {
    const scale = Number(decimal[1]);
    return (value) =>
      value instanceof Uint32Array ? toDecimal(value, scale) : toPlain(value, orElse);
  }
  return (value) => toPlain(value, orElse);
}

/** ISO text of milliseconds since 1970, given as number, bigint or Date; null for null. */
function toIsoText(value: unknown): string | null {
  if (value === null) return null;
  const time = value instanceof Date ? value.getTime() : Number(value);
  return new Date(time).toISOString();
}

/** 128 bits in two's complement, least significant word first, times 10^−scale. */
function toDecimal(words: Uint32Array, scale: number): number {
  const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
  return Number(BigInt.asIntN(32 * words.length, unsigned)) / 10 ** scale;
}

function toPlain(value: unknown, orElse: (value: unknown) => string): Plain {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (isIterable(value) && !isRecord(value))
    return Array.from(value, (item) => toPlain(item, orElse));
  return orElse(value);
}

/** Records can be walked too, but as pairs of name and value. */
function isRecord(value: object): boolean {
  return 'toJSON' in value && !('length' in value);
}

function refuse(value: unknown): never {
  throw new Error(`The engine returned a value of a kind no query asks for: ${typeof value}.`);
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
