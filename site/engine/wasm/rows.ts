/** Arrow results → the plain rows that `Engine.run` promises. */

export type Plain = string | number | boolean | null | readonly Plain[];
export type PlainRow = Readonly<Record<string, Plain>>;

/** The part of an Arrow table that is needed; columns know their type by its name. */
export interface ColumnarTable {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly ColumnarField[] };
  getChildAt(index: number): ColumnarVector | null;
}
interface ColumnarVector {
  get(row: number): unknown;
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
    values: readable(table.getChildAt(index), field.type.toString()),
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
      values: readable(table.getChildAt(index), type),
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
  if (type.startsWith('Time64')) return (value) => toClockText(value);
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

/**
 * Times of day as `HH:MM:SS[.ffffff]`. A time with a zone has its offset in the lowest 24 bits and is more than any
 * day has microseconds; the offset is dropped. Source: DuckDB, `dtime_tz_t`.
 */
function toClockText(value: unknown): string | null {
  if (value === null) return null;
  const bits = BigInt(typeof value === 'bigint' ? value : Number(value));
  return formatClock(bits > DAY_MICROSECONDS ? bits >> 24n : bits);
}

const DAY_MICROSECONDS = 86_400_000_000n;

function formatClock(microseconds: bigint): string {
  const [seconds, fraction] = [microseconds / 1_000_000n, microseconds % 1_000_000n];
  const two = (number: bigint): string => String(number).padStart(2, '0');
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map(two).join(':');
  return fraction === 0n
    ? clock
    : `${clock}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
}

/**
 * The column as it can be read. Of intervals the Arrow package gives the wrong words: they are sixteen bytes a row,
 * months, days, nanoseconds, and it steps over them as if they were eight.
 */
function readable(vector: ColumnarVector | null, type: string): ColumnarVector | null {
  if (vector === null || !type.startsWith('Interval<MONTH_DAY_NANO>')) return vector;
  const parts = intervalParts(vector);
  return {
    get(row) {
      let at = row;
      for (const { words, length, offset } of parts) {
        const first = 4 * (offset + at);
        if (at < length)
          return vector.get(row) === null ? null : formatInterval(words.subarray(first, first + 4));
        at -= length;
      }
      return null;
    },
  };
}

interface IntervalPart {
  readonly words: Int32Array;
  /** Rows, and rows that the words begin before them. */
  readonly length: number;
  readonly offset: number;
}

function intervalParts(vector: ColumnarVector): readonly IntervalPart[] {
  if (!('data' in vector) || !Array.isArray(vector.data)) return [];
  return vector.data.flatMap((part: unknown): IntervalPart[] => {
    if (typeof part !== 'object' || part === null) return [];
    if (!('values' in part && 'length' in part && 'offset' in part)) return [];
    const { values: words, length, offset } = part;
    return words instanceof Int32Array && typeof length === 'number' && typeof offset === 'number'
      ? [{ words, length, offset }]
      : [];
  });
}

/** As DuckDB prints it: `1 year 2 months 3 days -02:00:00`. */
function formatInterval([months = 0, days = 0, low = 0, high = 0]: Int32Array): string {
  const microseconds = ((BigInt(high) << 32n) | BigInt(low >>> 0)) / 1000n;
  const count = (number: number, unit: string): readonly string[] =>
    number === 0 ? [] : [`${number} ${unit}${Math.abs(number) === 1 ? '' : 's'}`];
  const parts = [
    ...count(Math.trunc(months / 12), 'year'),
    ...count(months % 12, 'month'),
    ...count(days, 'day'),
  ];
  if (microseconds === 0n && parts.length > 0) return parts.join(' ');
  const sign = microseconds < 0n ? '-' : '';
  return [...parts, sign + formatClock(microseconds < 0n ? -microseconds : microseconds)].join(' ');
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
