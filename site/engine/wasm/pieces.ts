/**
 * Pieces of files, fetched ahead of the engine: several requests at once, each as large as what is wanted in one place.
 * The worker behind it answers DuckDB from them and asks the network for the rest.
 */
import { locateFile, type DataPlace } from './data-place.ts';
import type { ByteRange, FileScan } from '../../catalog/scan.ts';
import { EngineFailure } from './failure.ts';

/** Requests to the host at the same time. */
const AT_ONCE = 6;
/** Pieces that are kept for later questions, in bytes; beyond that all are given up. */
const KEPT_BYTES = 256_000_000;

/** Of the network, not of what DuckDB asked for. */
export interface PieceCount {
  readonly requests: number;
  readonly bytes: number;
}

export interface PieceWorker {
  readonly worker: Worker;
  /** Fetches what is missing of these scans; nothing for files that are read whole. */
  fetchAhead(
    scans: readonly FileScan[],
    signal: AbortSignal,
    onBytes: (loaded: number, total: number) => void,
  ): Promise<void>;
  /** All that was fetched ahead and read on the way so far. */
  count(): Promise<PieceCount>;
}

/** Starts a worker in which `engineScript` runs behind `piece-worker.ts`. */
export function startPieceWorker(engineScript: string, place: DataPlace): PieceWorker {
  const worker = new Worker(new URL('./piece-worker.ts', import.meta.url), { type: 'classic' });
  worker.postMessage({ atlas: 'start', script: new URL(engineScript, location.href).href });
  const given = new Map<string, ByteRange[]>();
  let requests = 0;
  let bytes = 0;
  let kept = 0;

  const fetchRange = async (
    { file }: FileScan,
    [from, until]: ByteRange,
    signal: AbortSignal,
  ): Promise<number> => {
    const url = locateFile(file.path, place);
    const response = await fetch(url, {
      headers: { Range: `bytes=${from}-${until - 1}` },
      credentials: 'same-origin',
      signal,
    });
    if (!response.ok) throw new EngineFailure('unreachable', { url }, `HTTP ${response.status}`);
    const body = await response.arrayBuffer();
    // A host that knows no ranges gives the whole file.
    const partial = response.status === 206;
    if (body.byteLength !== (partial ? until - from : file.bytes))
      throw new EngineFailure('changed', { url: file.path });
    const length = body.byteLength;
    requests += 1;
    bytes += length;
    kept += length;
    const start = partial ? from : 0;
    given.set(file.path, [...(given.get(file.path) ?? []), [start, start + length]]);
    worker.postMessage({ atlas: 'piece', url, from: start, bytes: body }, [body]);
    return length;
  };

  return {
    worker,
    async fetchAhead(scans, signal, onBytes) {
      if (kept > KEPT_BYTES) {
        worker.postMessage({ atlas: 'forget' });
        given.clear();
        kept = 0;
      }
      for (const { file, ranges } of scans) {
        const url = locateFile(file.path, place);
        if (ranges !== null) worker.postMessage({ atlas: 'file', url, length: file.bytes });
      }
      const missing = scans.flatMap((scan) =>
        (scan.ranges ?? [])
          .filter((range) => !isGiven(given.get(scan.file.path) ?? [], range))
          .map((range) => ({ scan, range })),
      );
      const total = missing.reduce((sum, { range: [from, until] }) => sum + until - from, 0);
      let loaded = 0;
      const queue = missing.values();
      const work = async (): Promise<void> => {
        for (const { scan, range } of queue) {
          loaded += await fetchRange(scan, range, signal);
          onBytes(loaded, total);
        }
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, missing.length) }, work));
    },
    async count() {
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise<unknown>((resolve) => {
        port1.onmessage = (event: MessageEvent<unknown>) => resolve(event.data);
      });
      worker.postMessage({ atlas: 'count', port: port2 }, [port2]);
      const missed = await answer;
      port1.close();
      if (!isCount(missed)) throw new Error('The worker of pieces counts in another way.');
      return { requests: requests + missed.requests, bytes: bytes + missed.bytes };
    },
  };
}

function isGiven(given: readonly ByteRange[], [from, until]: ByteRange): boolean {
  return given.some(([start, end]) => start <= from && until <= end);
}

function isCount(value: unknown): value is PieceCount {
  return typeof value === 'object' && value !== null && 'requests' in value && 'bytes' in value;
}
