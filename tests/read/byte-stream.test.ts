import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createGzip,
  createZstdCompress,
  gzipSync,
  zstdCompressSync,
  type Gzip,
  type ZstdCompress,
} from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../data-build/contract/problem.ts';
import { readBytes, readHead } from '../../data-build/read/byte-stream.ts';
import { createLineSplitter } from '../../data-build/read/line-splitter.ts';
import { scratchFolder } from '../support/scratch.ts';

const folder = scratchFolder('bytes');

async function readLines(
  bytes: Buffer,
): Promise<{ readonly lines: readonly string[]; readonly failed: Problem | null }> {
  // The name lies on purpose: content decides.
  const path = join(folder, 'dump.txt');
  writeFileSync(path, bytes);
  const lines: string[] = [];
  const splitter = createLineSplitter({
    onLine: (line) => lines.push(line.toString('utf8')),
    onTooLong: () => undefined,
  });
  const failed = await readBytes(path, splitter.push);
  splitter.end(failed === null);
  return { lines, failed };
}

const LINES = Array.from({ length: 3000 }, (_, at) => `line ${at} ${Math.sin(at)}`);
const TEXT = Buffer.from(`${LINES.join('\n')}\n`);

/** Lines that a compressor is asked to write out at once. */
const PART = 100;

/** The lines part by part, and where each part ends. */
async function packInParts(
  stream: Gzip | ZstdCompress,
): Promise<{ readonly bytes: Buffer; readonly ends: readonly number[] }> {
  const chunks: Buffer[] = [];
  const ends: number[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (let at = 0; at < LINES.length; at += PART) {
    stream.write(`${LINES.slice(at, at + PART).join('\n')}\n`);
    await new Promise<void>((flushed) => {
      stream.flush(() => {
        flushed();
      });
    });
    ends.push(Buffer.concat(chunks).length);
  }
  await new Promise((ended) => {
    stream.once('end', ended);
    stream.end();
  });
  return { bytes: Buffer.concat(chunks), ends };
}

describe('bytes of a dump', () => {
  it.each([
    ['bare', TEXT],
    ['gzip', gzipSync(TEXT)],
    [
      'gzip of several members',
      Buffer.concat([gzipSync(TEXT.subarray(0, 99)), gzipSync(TEXT.subarray(99))]),
    ],
    ['zstd', zstdCompressSync(TEXT)],
    [
      'zstd of several frames',
      Buffer.concat([zstdCompressSync(TEXT.subarray(0, 99)), zstdCompressSync(TEXT.subarray(99))]),
    ],
  ])('reads %s, whatever the name', async (_form, bytes) => {
    const { lines, failed } = await readLines(bytes);
    expect(failed).toBeNull();
    expect(lines).toEqual(LINES);
  });

  it.each([
    ['gzip', gzipSync(TEXT)],
    ['zstd', zstdCompressSync(TEXT)],
  ])('keeps whole lines of a cut %s file and says that it is cut', async (_form, bytes) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 8, max: bytes.length - 1 }), async (at) => {
        const { lines, failed } = await readLines(bytes.subarray(0, at));
        expect(failed?.reason).toBe('truncated_file');
        expect(lines).toEqual(LINES.slice(0, lines.length));
      }),
      { numRuns: 25 },
    );
  });

  it('still has most lines when only the end is missing', async () => {
    const bytes = gzipSync(TEXT);
    const { lines } = await readLines(bytes.subarray(0, bytes.length - 5));
    expect(lines).toEqual(LINES);
  });

  it('reports damage inside the compressed data', async () => {
    const bytes = Buffer.from(gzipSync(TEXT));
    bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 40);
    expect((await readLines(bytes)).failed?.reason).toBe('unreadable_file');
  });

  it.each([
    ['gzip', createGzip],
    ['zstd', createZstdCompress],
  ])('gives every line of %s that stands before the damage', async (_form, open) => {
    const { bytes, ends } = await packInParts(open());
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 12, max: bytes.length - 1 }), async (at) => {
        const damaged = Buffer.from(bytes);
        for (let near = at; near < Math.min(at + 40, bytes.length); near += 1)
          damaged[near] = (damaged[near] ?? 0) ^ 0xff;
        const before = ends.filter((end) => end <= at).length * PART;
        const { lines } = await readLines(damaged);
        expect(lines.slice(0, before)).toEqual(LINES.slice(0, before));
        const head = Buffer.from(readHead(join(folder, 'dump.txt')).bytes).toString('utf8');
        const shown = `${LINES.slice(0, before).join('\n')}\n`.slice(0, 1000);
        if (before > 0) expect(head.startsWith(shown)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
  ])('shows the beginning of a large %s file, whose first block can be large', (_form, pack) => {
    const path = join(folder, 'large');
    const noise = Array.from({ length: 40_000 }, (_, at) => Math.sin(at)).join('\n');
    writeFileSync(path, pack(Buffer.from(noise)));
    expect(Buffer.from(readHead(path).bytes).toString('latin1')).toMatch(/^0\n0\.8414709848/);
  });

  it('throws what the file system throws', async () => {
    const missing = readBytes(join(folder, 'nothing'), () => undefined);
    await expect(missing).rejects.toThrow('ENOENT');
  });
});
