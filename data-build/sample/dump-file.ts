/** Writing dump files so that the same lines give the same bytes on every operating system. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, createZstdCompress, gzip } from 'node:zlib';

const gzipBytes = promisify(gzip);

/** Byte 9 of a gzip header names the operating system (RFC 1952); 255 is "unknown". */
const UNKNOWN_SYSTEM = 255;

export async function packGzip(bytes: Buffer): Promise<Buffer> {
  const packed = await gzipBytes(bytes, { level: 4 });
  packed[9] = UNKNOWN_SYSTEM;
  return packed;
}

/** Packs a long file piece by piece into one gzip member or one zstd frame (some readers stop after the first). */
export async function packPieces(pieces: Iterable<Buffer>, form: 'gz' | 'zst'): Promise<Buffer> {
  const pack = form === 'gz' ? createGzip({ level: 4 }) : createZstdCompress();
  const packed = await pipeline(pieces, pack, (packing) => buffer(packing));
  if (form === 'gz') packed[9] = UNKNOWN_SYSTEM;
  return packed;
}

export interface DumpFolder {
  put(path: string, bytes: Buffer | string): Promise<void>;
  readonly files: number;
  readonly bytes: number;
}

/** Files below `root`, counted. */
export function openDumpFolder(root: string): DumpFolder {
  const made = new Set<string>();
  let files = 0;
  let size = 0;
  return {
    async put(path, bytes) {
      const target = join(root, path);
      const folder = dirname(target);
      if (!made.has(folder)) {
        await mkdir(folder, { recursive: true });
        made.add(folder);
      }
      await writeFile(target, bytes);
      files += 1;
      size += bytes.length;
    },
    get files() {
      return files;
    },
    get bytes() {
      return size;
    },
  };
}
