/**
 * Words in the footer of a Parquet file. The engine in the page writes none, so they are added to what it wrote.
 * Source: parquet-format `parquet.thrift` (FileMetaData, field 5: list<KeyValue>), Thrift compact protocol.
 */

const MAGIC = 4;
const LENGTH = 4;
/** Field of type list, its id following in full; id 5 as a zigzag number. */
const FIELD_5_LIST = [0x09, 0x0a] as const;
const STRUCT = 0x0c;
/** Field of type binary, one further than the field before. */
const NEXT_BINARY = 0x18;
const STOP = 0x00;

function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}

function binary(text: string): readonly number[] {
  const bytes = new TextEncoder().encode(text);
  return [NEXT_BINARY, ...varint(bytes.length), ...bytes];
}

function listHead(size: number): readonly number[] {
  return size < 15 ? [(size << 4) | STRUCT] : [0xf0 | STRUCT, ...varint(size)];
}

/**
 * The file with `words` in its footer. The footer must hold none yet. Throws when the bytes are no Parquet file.
 */
export function addFooterWords(
  file: Uint8Array,
  words: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const end = file.byteLength - MAGIC - LENGTH;
  const isParquet = end > 0 && new TextDecoder().decode(file.subarray(end + LENGTH)) === 'PAR1';
  if (!isParquet || file[end - 1] !== STOP) throw new Error('The engine wrote no Parquet file.');
  const entries = Object.entries(words);
  const added = Uint8Array.from([
    ...FIELD_5_LIST,
    ...listHead(entries.length),
    ...entries.flatMap(([key, value]) => [...binary(key), ...binary(value), STOP]),
  ]);
  const bytes = new Uint8Array(file.byteLength + added.length);
  bytes.set(file.subarray(0, end - 1));
  bytes.set(added, end - 1);
  bytes[end - 1 + added.length] = STOP;
  bytes.set(file.subarray(end), end + added.length);
  new DataView(bytes.buffer).setUint32(
    end + added.length,
    view.getUint32(end, true) + added.length,
    true,
  );
  return bytes;
}
