/**
 * Stands before DuckDB in its worker. DuckDB asks for pieces of files by blocking requests, one after another, from
 * 16 kB on; here they are answered from bytes that the page has fetched ahead, several at once. Whatever is not there
 * goes over the network as ever, and is counted. Runs as a classic script, so it imports nothing.
 *
 * Messages that are objects with `atlas` are for this file, all others for DuckDB.
 */
declare function importScripts(url: string): void;

interface Piece {
  readonly from: number;
  readonly bytes: Uint8Array;
}
interface KnownFile {
  readonly length: number;
  readonly pieces: Piece[];
}
type PieceMessage =
  | { readonly atlas: 'start'; readonly script: string }
  | { readonly atlas: 'file'; readonly url: string; readonly length: number }
  | {
      readonly atlas: 'piece';
      readonly url: string;
      readonly from: number;
      readonly bytes: ArrayBuffer;
    }
  | { readonly atlas: 'forget' }
  | { readonly atlas: 'count'; readonly port: MessagePort };

const known = new Map<string, KnownFile>();
let requests = 0;
let bytesRead = 0;

function isPieceMessage(data: unknown): data is PieceMessage {
  return typeof data === 'object' && data !== null && 'atlas' in data;
}

self.addEventListener('message', (event: MessageEvent<unknown>) => {
  const { data } = event;
  if (!isPieceMessage(data)) return;
  event.stopImmediatePropagation();
  if (data.atlas === 'start') importScripts(data.script);
  else if (data.atlas === 'file') {
    if (!known.has(data.url)) known.set(data.url, { length: data.length, pieces: [] });
  } else if (data.atlas === 'piece')
    known.get(data.url)?.pieces.push({ from: data.from, bytes: new Uint8Array(data.bytes) });
  else if (data.atlas === 'forget') for (const { pieces } of known.values()) pieces.length = 0;
  else data.port.postMessage({ requests, bytes: bytesRead });
});

/**
 * The requested bytes that were fetched ahead, from the first one on; null when the first is missing. An answer may end
 * early: DuckDB asks again for the rest, as it does at the end of a file.
 */
function findPiece({ pieces }: KnownFile, from: number, until: number): Uint8Array | null {
  const piece = pieces.find((one) => one.from <= from && from < one.from + one.bytes.byteLength);
  return piece?.bytes.subarray(from - piece.from, until - piece.from) ?? null;
}

class PieceRequest extends XMLHttpRequest {
  private file: KnownFile | undefined;
  private head = false;
  private range: readonly [from: number, until: number] | null = null;
  private answer: ArrayBuffer | null = null;
  /** Answered here, without the network. */
  private served = false;

  override open(method: string, url: string | URL, isAsync = true): void {
    this.file = known.get(new URL(url, self.location.href).href);
    this.head = method === 'HEAD';
    super.open(method, url, isAsync);
  }

  override setRequestHeader(name: string, value: string): void {
    const [, from, last] = /^bytes=(\d+)-(\d*)$/.exec(value) ?? [];
    if (name.toLowerCase() === 'range' && from !== undefined)
      this.range = [Number(from), last === '' || last === undefined ? Infinity : Number(last) + 1];
    super.setRequestHeader(name, value);
  }

  override send(body?: XMLHttpRequestBodyInit | null): void {
    if (this.file !== undefined && this.range !== null) {
      const piece = this.head ? new Uint8Array() : findPiece(this.file, ...this.range);
      if (piece !== null) {
        this.served = true;
        this.answer = piece.slice().buffer;
        return;
      }
    }
    super.send(body);
    if (this.file === undefined) return;
    requests += 1;
    const response: unknown = super.response;
    if (response instanceof ArrayBuffer) bytesRead += response.byteLength;
  }

  override get status(): number {
    return this.served ? 206 : super.status;
  }

  override get response(): unknown {
    const answer: unknown = super.response;
    return this.served ? this.answer : answer;
  }

  override getResponseHeader(name: string): string | null {
    if (!this.served || this.file === undefined) return super.getResponseHeader(name);
    if (name.toLowerCase() !== 'content-length') return null;
    return String(this.head ? this.file.length : (this.answer?.byteLength ?? 0));
  }
}

self.XMLHttpRequest = PieceRequest;
