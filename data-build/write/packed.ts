/**
 * Files that are given compressed. The level is a fast one: the usual one takes four times as long and saves a quarter.
 * The bytes are those of the zlib of the Node that the project pins.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gunzipSync } from 'node:zlib';

const LEVEL = 3;

/** Writes pieces one after the other, compressed. */
export async function writePacked(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  target: string,
): Promise<void> {
  await pipeline(Readable.from(pieces), createGzip({ level: LEVEL }), createWriteStream(target));
}

/** Compresses a file in its place. */
export async function packFile(file: string): Promise<void> {
  const packed = `${file}.packed`;
  await writePacked(createReadStream(file), packed);
  await rename(packed, file);
}

/** What was compressed; null: it is longer than `most` bytes. Throws where it is cut or damaged. */
export function unpack(bytes: Uint8Array, most: number): Buffer | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: most });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
