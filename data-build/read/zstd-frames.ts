/** The frames of a zstd file. Node's decompressor stops after one frame and reports no cut. */
import { readSync } from 'node:fs';

export interface ZstdFrame {
  /** First byte of the frame. */
  readonly start: number;
  /** One past its last byte; the end of the file when the frame is cut. */
  readonly end: number;
}

export interface ZstdFrames {
  readonly frames: readonly ZstdFrame[];
  /** Whether the last frame ends where its own headers say. */
  readonly whole: boolean;
}

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;

/** Walks the headers, reading a few bytes per block. Layout: RFC 8878, section 3.1. */
export function zstdFrames(fd: number, size: number): ZstdFrames {
  const frames: ZstdFrame[] = [];
  const buffer = Buffer.alloc(8);
  const read = (at: number, length: number): boolean =>
    readSync(fd, buffer, 0, length, at) === length;
  let start = 0;
  while (start < size) {
    if (!read(start, 4)) return { frames: [...frames, { start, end: size }], whole: false };
    const magic = buffer.readUInt32LE(0);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      if (!read(start + 4, 4)) return { frames, whole: false };
      start += 8 + buffer.readUInt32LE(0);
      continue;
    }
    if (magic !== MAGIC) return { frames, whole: false };
    const end = frameEnd(start, size, buffer, read);
    if (end === null) return { frames: [...frames, { start, end: size }], whole: false };
    frames.push({ start, end });
    start = end;
  }
  return { frames, whole: true };
}

function frameEnd(
  start: number,
  size: number,
  buffer: Buffer,
  read: (at: number, length: number) => boolean,
): number | null {
  if (!read(start + 4, 1)) return null;
  const descriptor = buffer.readUInt8(0);
  const single = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const content = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  let at = start + 5 + (single ? 0 : 1) + dictionary + content;
  for (;;) {
    if (!read(at, 3)) return null;
    const header = buffer.readUIntLE(0, 3);
    at += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3);
    if ((header & 1) === 1) break;
  }
  at += (descriptor & 4) === 0 ? 0 : 4;
  return at <= size ? at : null;
}
