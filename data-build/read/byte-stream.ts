/** Decompressed bytes of a dump. The bytes decide the compression, not the name. */
import { closeSync, createReadStream, fstatSync, openSync, readSync, statSync } from 'node:fs';
import {
  constants,
  createGunzip,
  createZstdDecompress,
  gunzipSync,
  zstdDecompressSync,
  type Gunzip,
  type ZstdDecompress,
} from 'node:zlib';
import { Readable } from 'node:stream';
import { problem, type Problem } from '../contract/problem.ts';
import { zstdFrames } from './zstd-frames.ts';

export type Compression = 'gzip' | 'zstd' | 'none';

const READ_SIZE = 256 * 1024;
const HEAD = 16 * 1024;
/** zstd gives nothing before a block is whole; blocks take at most 128 kB (RFC 8878, 3.1.1.2.4), headers a few bytes. */
const FIRST_BLOCK = 129 * 1024;
/** Only a hostile head unpacks to more. */
const LARGEST_HEAD = 64 * 1024 * 1024;

/** Real dumps unpack to 52 times their size at most; a bomb would keep a build busy for days. */
const MOST_TIMES = 300;
const ALWAYS_UNPACKED = 128 * 1024 * 1024;
class TooFar extends Error {}

/** By the magic numbers of RFC 1952 and RFC 8878. */
export function sniffCompression(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return 'none';
}

/** The first bytes of a file as on disk, and decompressed as far as possible. */
export interface FileHead {
  readonly raw: Uint8Array;
  readonly bytes: Uint8Array;
  readonly compression: Compression;
  /** Whether it could not be decompressed. Nothing can be compressed, too. */
  readonly damaged: boolean;
}

/** Throws what the file system throws; a head that cannot be decompressed has empty `bytes`. */
export function readHead(path: string): FileHead {
  const fd = openSync(path, 'r');
  try {
    const raw = readStart(fd, HEAD);
    const compression = sniffCompression(raw);
    const bytes = decompressHead(raw, compression);
    if (compression === 'zstd' && bytes?.length === 0 && raw.length === HEAD) {
      return toHead(raw, decompressHead(readStart(fd, FIRST_BLOCK), compression), compression);
    }
    return toHead(raw, bytes, compression);
  } finally {
    closeSync(fd);
  }
}

function sniffFile(path: string): Compression {
  const fd = openSync(path, 'r');
  try {
    return sniffCompression(readStart(fd, 4));
  } finally {
    closeSync(fd);
  }
}

function readStart(fd: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(fd, buffer, 0, length, 0));
}

const toHead = (raw: Uint8Array, bytes: Uint8Array | null, compression: Compression): FileHead => ({
  raw,
  bytes: bytes ?? new Uint8Array(0),
  compression,
  damaged: bytes === null,
});

/** Bytes before a damaged one; null: there are none. */
function decompressHead(raw: Buffer, compression: Compression): Uint8Array | null {
  const whole = tryHead(raw, compression);
  if (whole !== null) return whole;
  let [good, bad] = [0, raw.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (tryHead(raw.subarray(0, middle), compression) === null) bad = middle;
    else good = middle;
  }
  const before = good === 0 ? null : tryHead(raw.subarray(0, good), compression);
  return before === null || before.length === 0 ? null : before;
}

/** Null: it cannot be decompressed. */
function tryHead(raw: Uint8Array, compression: Compression): Uint8Array | null {
  try {
    switch (compression) {
      case 'none':
        return raw;
      case 'gzip':
        return gunzipSync(raw, {
          finishFlush: constants.Z_SYNC_FLUSH,
          maxOutputLength: LARGEST_HEAD,
        });
      case 'zstd':
        return zstdDecompressSync(raw, {
          finishFlush: constants.ZSTD_e_continue,
          maxOutputLength: LARGEST_HEAD,
        });
    }
  } catch {
    return null;
  }
}

/**
 * Calls `onChunk` with every decompressed chunk, whose buffer is only valid during the call. Resolves to
 * null, or to the Problem that ended the reading early: `truncated_file`, `unpacks_too_far` or `unreadable_file`.
 * Rejects with an error in `onChunk`, and with what the file system throws: that is no fault of the file.
 */
export async function readBytes(
  path: string,
  onChunk: (chunk: Buffer) => void,
): Promise<Problem | null> {
  const compression = sniffFile(path);
  const most = Math.max(ALWAYS_UNPACKED, statSync(path).size * MOST_TIMES);
  let bytes = 0;
  const take = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > most) throw new TooFar();
    onChunk(chunk);
  };
  try {
    switch (compression) {
      case 'none':
        return await readPart(createReadStream(path, { highWaterMark: READ_SIZE }), null, onChunk);
      case 'gzip':
        return await readPacked(path, () => createGunzip({ chunkSize: READ_SIZE }), {}, take);
      case 'zstd':
        return await readZstd(path, take);
    }
  } catch (error) {
    if (error instanceof TooFar) return problem('unpacks_too_far');
    throw error;
  }
}

async function readZstd(path: string, onChunk: (chunk: Buffer) => void): Promise<Problem | null> {
  const fd = openSync(path, 'r');
  const { frames, whole } = zstdFrames(fd, fstatSync(fd).size);
  closeSync(fd);
  for (const { start, end } of frames) {
    const open = () => createZstdDecompress({ chunkSize: READ_SIZE });
    const failed = await readPacked(path, open, { start, end: end - 1 }, onChunk);
    if (failed !== null) return failed;
  }
  return whole ? null : problem('truncated_file', 'zstd data ends early');
}

interface Range {
  readonly start?: number;
  /** Inclusive. */
  readonly end?: number;
}

/** Lengths of pieces, each of which divides the one before. */
const PIECES = [READ_SIZE, 512, 1] as const;

/**
 * A decompressor drops what it made of a piece in which it meets a fault. So the file is read again then with that piece cut
 * small, and what had not come yet is given.
 */
async function readPacked(
  path: string,
  open: () => Gunzip | ZstdDecompress,
  range: Range,
  onChunk: (chunk: Buffer) => void,
): Promise<Problem | null> {
  let failed: Problem | null = null;
  let given = 0;
  // Where the piece with the fault begins.
  let fault = 0;
  for (const [round, size] of PIECES.entries()) {
    const decompressor = open();
    const whole = createReadStream(path, { ...range, highWaterMark: READ_SIZE });
    const file = round === 0 ? whole : Readable.from(cutAbout(whole, fault, size));
    let read = 0;
    failed = await readPart(file, decompressor, (chunk) => {
      const known = Math.min(chunk.length, Math.max(0, given - read));
      read += chunk.length;
      if (known < chunk.length) onChunk(chunk.subarray(known));
    });
    if (failed?.reason !== 'unreadable_file') return failed;
    given = Math.max(given, read);
    fault = decompressor.bytesWritten;
  }
  return failed;
}

/** The bytes of a file: those of the piece of `READ_SIZE` in which `fault` lies, from there on, in pieces of `size`. */
async function* cutAbout(file: Readable, fault: number, size: number): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const piece of file) {
    const chunk = Buffer.from(piece);
    const isBefore = at + chunk.length <= fault || at > fault;
    const first = isBefore ? chunk.length : fault - at;
    if (first > 0) yield chunk.subarray(0, first);
    for (let from = first; from < chunk.length; from += size)
      yield chunk.subarray(from, from + size);
    at += chunk.length;
  }
}

function readPart(
  file: Readable,
  decompressor: Gunzip | ZstdDecompress | null,
  onChunk: (chunk: Buffer) => void,
): Promise<Problem | null> {
  return new Promise((resolve, reject) => {
    const output: Readable = decompressor === null ? file : file.pipe(decompressor);
    const stop = (): void => {
      file.destroy();
      output.destroy();
    };
    output.on('data', (chunk: Buffer) => {
      try {
        onChunk(chunk);
      } catch (error) {
        stop();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    output.on('end', () => resolve(null));
    const fail = (error: unknown): void => {
      stop();
      if (error instanceof Error && fileErrorOf(error) !== null) reject(error);
      else resolve(unreadable(error));
    };
    output.on('error', fail);
    if (decompressor !== null) file.on('error', fail);
  });
}

/** The code of an error of the file system (`EIO`); null for other errors. */
export function fileErrorOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && 'syscall' in error
    ? String(error.code)
    : null;
}

function unreadable(error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return code === 'Z_BUF_ERROR'
    ? problem('truncated_file', 'gzip data ends early')
    : problem('unreadable_file', code);
}
