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

/** Bytes of buffer that are kept from line to line. A longer line frees the rest when it ends. */
const KEPT_ROOM = 4 * 1024 * 1024;

/** Any split of the same bytes into chunks gives the same lines. A byte order mark at the start is dropped. */
export function createLineSplitter(sink: LineSink, longest: number = LONGEST_LINE): LineSplitter {
  /** The line's beginning, copied from earlier chunks, since the stream uses their memory again. */
  let room = Buffer.alloc(64 * 1024);
  let held = 0;
  let skipping = false;
  let count = 0;

  function emit(line: Buffer): void {
    const first = count === 1 && line.subarray(0, 3).equals(BOM) ? 3 : 0;
    const last = line.length > first && line[line.length - 1] === RETURN ? 1 : 0;
    sink.onLine(line.subarray(first, line.length - last), count);
  }

  function hold(rest: Buffer): void {
    if (skipping || rest.length === 0) return;
    if (held + rest.length > longest) {
      skipping = true;
      held = 1;
      return;
    }
    if (held + rest.length > room.length) {
      const larger = Buffer.allocUnsafe(Math.min(longest, 2 * (held + rest.length)));
      room.copy(larger, 0, 0, held);
      room = larger;
    }
    rest.copy(room, held);
    held += rest.length;
  }

  function finish(rest: Buffer): void {
    count += 1;
    if (held === 0 && rest.length <= longest) {
      emit(rest);
      return;
    }
    hold(rest);
    if (skipping || held === 0) sink.onTooLong(count);
    else emit(room.subarray(0, held));
    held = 0;
    skipping = false;
    if (room.length > KEPT_ROOM) room = Buffer.alloc(64 * 1024);
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
      if (held === 0) return;
      if (whole) {
        finish(Buffer.alloc(0));
      } else {
        count += 1;
        held = 0;
        skipping = false;
      }
    },
    get count() {
      return count;
    },
  };
}
