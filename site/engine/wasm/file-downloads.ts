/** Data files on their way from the host into an engine: fetched whole, side by side, each once. */
import { locateFile, type DataPlace } from './data-place.ts';
import type { DataFile } from '../engine.ts';
import { loadBytes, type ProgressListener } from './download.ts';
import { EngineFailure } from './failure.ts';
import { sha256Of } from './sum.ts';
import type { Session } from './session.ts';

/** Gives the bytes of one file; `onBytes` gets the length of each piece. */
export type FileLoader = (
  file: DataFile,
  url: string,
  onBytes: (count: number) => void,
) => Promise<Uint8Array<ArrayBuffer>>;

export interface FileDownloads {
  /** Starts all downloads that are wanted and not yet on their way. */
  fetch(files: readonly DataFile[]): void;
  /** Hands files to the engine that it does not have yet; waits for their downloads. */
  register(session: Session, files: readonly DataFile[]): Promise<void>;
  /** The engine is gone, and with it what it had. */
  forget(): void;
}

/** Files whose length or sum is not the manifest's are refused: the build has changed under the page, or somebody changed them. */
export function openDownloads(
  place: DataPlace,
  onProgress: ProgressListener,
  load: FileLoader = async (_, url, onBytes) => loadBytes(url, onBytes),
): FileDownloads {
  let registered = new Set<string>();
  const downloads = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();

  const fetchFiles = (files: readonly DataFile[]): void => {
    const missing = files.filter(({ path }) => !registered.has(path) && !downloads.has(path));
    const total = missing.reduce((sum, file) => sum + file.bytes, 0);
    let loaded = 0;
    for (const file of missing) {
      const download = load(file, locateFile(file.path, place), (count) => {
        loaded += count;
        onProgress({ part: 'data', loaded, total });
      });
      // What failed is asked for again by whoever tries again, be it one file or the tenth.
      download.catch(() => downloads.delete(file.path));
      downloads.set(file.path, download);
    }
  };

  return {
    fetch: fetchFiles,
    async register(session, files) {
      fetchFiles(files);
      const pending = files
        .filter(({ path }) => !registered.has(path))
        .map((file) => ({ file, download: downloads.get(file.path) }));
      for (const { file, download } of pending) {
        try {
          const bytes = await download;
          if (bytes === undefined) throw new EngineFailure('unreachable', { url: file.path });
          await checkFile(bytes, file);
          await session.registerFile(file.path, bytes);
          registered.add(file.path);
        } finally {
          downloads.delete(file.path);
        }
      }
    },
    forget() {
      registered = new Set();
    },
  };
}

/** Throws an {@link EngineFailure} when the bytes are not those of the manifest. */
export async function checkFile(bytes: Uint8Array<ArrayBuffer>, file: DataFile): Promise<void> {
  if (bytes.byteLength !== file.bytes || !(await hasSum(bytes, file.sha256)))
    throw new EngineFailure('changed', { url: file.path });
}

/** True where there is no sum to hold it to, or where the browser computes none: on pages that came without encryption. */
async function hasSum(
  bytes: Uint8Array<ArrayBuffer>,
  sha256: string | undefined,
): Promise<boolean> {
  return sha256 === undefined || !isSecureContext || (await sha256Of(bytes)) === sha256;
}
