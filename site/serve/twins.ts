/** Compressed copies beside the files of a built site (`x.js.br`, `x.js.gz`), for servers that send such copies to those who take them. */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { HOSTS, listSite } from './hosts.ts';

const TYPES = /\.(?:html|js|css|wasm|json|jsonld|svg|xml|ics|csv|txt)$/;
/** Below that a copy saves no packet. */
const LEAST_BYTES = 1000;
/**
 * Most files of a site, and of none of them many readers ask: frames for other sites and their pictures, and slices for
 * single places. Copies of them would double the number of files, which some hosts limit.
 */
const SELDOM = /^(?:embed|oembed)\/|^data\/(?!feeds\/)[^/]+\//;

const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Scripts and styles are the same for all pages, so they get all care; of the engine that would take 18 seconds. */
function qualityOf(file: string, bytes: number): number {
  if (!file.startsWith('_astro/')) return 6;
  return bytes > 1_000_000 ? 9 : 11;
}

/** Whether a build makes copies: unless it was told not to, and not for a host that compresses by itself or knows no copies. */
export function wantsTwins(env: Readonly<Record<string, string | undefined>>): boolean {
  const host = HOSTS[env['HOST'] ?? ''];
  return env['TWINS'] !== 'off' && (host === undefined || host.servesTwins === true);
}

/** Files of the site that get copies. */
export function toTwin(file: string): boolean {
  return TYPES.test(file) && !SELDOM.test(file);
}

async function writeTwins(folder: string, file: string): Promise<number> {
  const full = path.join(folder, file);
  const text = await readFile(full);
  if (text.length < LEAST_BYTES) return 0;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: qualityOf(file, text.length),
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  const [br, gz] = await Promise.all([toBrotli(text, { params }), toGzip(text)]);
  await Promise.all([writeFile(`${full}.br`, br), writeFile(`${full}.gz`, gz)]);
  return br.length + gz.length;
}

/** Writes the copies of a built site; gives how many, and their bytes. */
export async function makeTwins(
  folder: string,
): Promise<{ readonly files: number; readonly bytes: number }> {
  const queue = (await listSite(folder)).filter(toTwin);
  let files = 0;
  let bytes = 0;
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
        const written = await writeTwins(folder, file);
        // Added after the wait: the others add meanwhile.
        bytes += written;
        files += written > 0 ? 2 : 0;
      }
    }),
  );
  return { files, bytes };
}
