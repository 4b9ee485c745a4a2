/** Whole files over HTTP, their progress told as they come. The browser's own cache does the keeping. */
import { EngineFailure } from './failure.ts';

/** Bytes so far and bytes to come in all, both counted after decompression. */
export interface Progress {
  readonly part: 'engine' | 'data';
  readonly loaded: number;
  readonly total: number;
}
export type ProgressListener = (progress: Progress) => void;

/** The file's bytes. `onBytes` gets the length of each piece. Rejects with an {@link EngineFailure}. */
export async function loadBytes(
  url: string,
  onBytes: (count: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  await readPieces(url, (piece) => {
    pieces.push(piece);
    length += piece.byteLength;
    onBytes(piece.byteLength);
  });
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

/** Brings a file into the HTTP cache without keeping it. */
export async function warmCache(url: string, onBytes: (count: number) => void): Promise<void> {
  await readPieces(url, (piece) => {
    onBytes(piece.byteLength);
  });
}

async function readPieces(url: string, onPiece: (piece: Uint8Array) => void): Promise<void> {
  try {
    const response = await fetch(url, { credentials: 'same-origin' });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    const reader = response.body?.getReader();
    if (reader === undefined) throw new Error('The response has no body.');
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onPiece(value);
    }
  } catch (cause) {
    throw new EngineFailure('unreachable', { url }, cause);
  }
}
