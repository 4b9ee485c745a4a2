/** Writing dump files so that the same lines give the same bytes on every operating system. */
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createGzip, createZstdCompress, gzip } from 'node:zlib';

const gzipBytes = promisify(gzip);

/** Byte 9 of a gzip header names the operating system (RFC 1952); 255 is "unknown". */
const UNKNOWN_SYSTEM = 255;

export async function packGzip(bytes: Buffer): Promise<Buffer> {
  const packed = await gzipBytes(bytes, { level: 6 });
  packed[9] = UNKNOWN_SYSTEM;
  return packed;
}

export interface Packer {
  write(bytes: Buffer): Promise<void>;
  /** The packed file; call once, at the end. */
  finish(): Promise<Buffer>;
}

/** Packs a long file piece by piece into one gzip member or one zstd frame (some readers stop after the first). */
export function openPacker(form: 'gz' | 'zst'): Packer {
  const stream = form === 'gz' ? createGzip({ level: 6 }) : createZstdCompress();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(stream, 'end');
  return {
    async write(bytes) {
      if (!stream.write(bytes)) await once(stream, 'drain');
    },
    async finish() {
      stream.end();
      await ended;
      const packed = Buffer.concat(chunks);
      if (form === 'gz') packed[9] = UNKNOWN_SYSTEM;
      return packed;
    },
  };
}

export interface DumpFolder {
  write(path: string, bytes: Buffer | string): Promise<void>;
  readonly files: number;
  readonly bytes: number;
}

/** Files below `root`, counted. */
export function openDumpFolder(root: string): DumpFolder {
  const made = new Set<string>();
  let files = 0;
  let size = 0;
  return {
    async write(path, bytes) {
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
