/** Lines out of chunks of bytes, with bounded memory. */

/** 64 MiB: above the largest line a reader must take (50 MB), below what a worker can hold twice. */
export const LONGEST_LINE = 64 * 1024 * 1024;

export interface LineSink {
  /** A line without its `\n` or `\r\n`, numbered from 1. The buffer is only valid during the call. */
  onLine(line: Buffer, number: number): void;
  /** A line longer than the limit, skipped. */
  onTooLong(number: number): void;
}

export interface LineSplitter {
  readonly push: (chunk: Buffer) => void;
  /** After the last chunk. A rest without a line end is a line, unless the data was cut (`whole` false). */
  readonly end: (whole: boolean) => void;
  /** Lines seen so far, a cut one included. */
  readonly count: number;
}

const NEWLINE = 10;
const RETURN = 13;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Any split of the same bytes into chunks gives the same lines. A byte order mark at the start is dropped. */
export function createLineSplitter(sink: LineSink, longest: number = LONGEST_LINE): LineSplitter {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let skipping = false;
  let count = 0;

  function emit(line: Buffer): void {
    const first = count === 1 && line.subarray(0, 3).equals(BOM) ? 3 : 0;
    const last = line.length > first && line[line.length - 1] === RETURN ? 1 : 0;
    sink.onLine(line.subarray(first, line.length - last), count);
  }

  function finish(rest: Buffer): void {
    count += 1;
    if (skipping || heldBytes + rest.length > longest) sink.onTooLong(count);
    else emit(heldBytes === 0 ? rest : Buffer.concat([...held, rest]));
    held = [];
    heldBytes = 0;
    skipping = false;
  }

  function hold(rest: Buffer): void {
    if (rest.length === 0 || skipping) return;
    if (heldBytes + rest.length > longest) {
      held = [];
      heldBytes = 1;
      skipping = true;
      return;
    }
    // A copy: the chunk's memory is used again by the stream.
    held.push(Buffer.from(rest));
    heldBytes += rest.length;
  }

  return {
    push(chunk) {
      let start = 0;
      for (;;) {
        const end = chunk.indexOf(NEWLINE, start);
        if (end === -1) break;
        finish(chunk.subarray(start, end));
        start = end + 1;
      }
      hold(chunk.subarray(start));
    },
    end(whole) {
      if (heldBytes === 0) return;
      if (whole) {
        finish(Buffer.alloc(0));
      } else {
        count += 1;
        held = [];
        heldBytes = 0;
      }
    },
    get count() {
      return count;
    },
  };
}
