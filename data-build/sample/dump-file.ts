/** Writing dump files so that the same lines give the same bytes on every operating system. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip, zstdCompress } from 'node:zlib';

const gzipBytes = promisify(gzip);
const zstdBytes = promisify(zstdCompress);

/** Byte 9 of a gzip header names the operating system (RFC 1952); 255 is "unknown". */
export async function packGzip(bytes: Buffer): Promise<Buffer> {
  const packed = await gzipBytes(bytes, { level: 6 });
  packed[9] = 255;
  return packed;
}

export async function packZstd(bytes: Buffer): Promise<Buffer> {
  return zstdBytes(bytes);
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
