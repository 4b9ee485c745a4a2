/** Rows in text, one below the other: where each ends, and how some give way to others. */

const LINE_FEED = 0x0a;
const QUOTE = 0x22;

/** Gives where the next rows end, from call to call. A line feed between quotes ends no row. Throws where there is none. */
export function walkRows(bytes: Buffer, quotes: boolean): (rows: number) => number {
  let at = 0;
  let quote = quotes ? bytes.indexOf(QUOTE) : -1;
  return (rows) => {
    for (let left = rows; left > 0; left -= 1) {
      let end = bytes.indexOf(LINE_FEED, at);
      while (quote !== -1 && quote < end) {
        const closing = bytes.indexOf(QUOTE, quote + 1);
        if (closing === -1) throw new Error('A row in text has a quote without an end.');
        quote = bytes.indexOf(QUOTE, closing + 1);
        if (closing > end) end = bytes.indexOf(LINE_FEED, closing);
      }
      if (end === -1) throw new Error('A text has fewer rows than it should.');
      at = end + 1;
    }
    return at;
  };
}

/** Rows, and the places that some of them have, or that they are to have among others; ascending. */
export interface PlacedRows {
  readonly bytes: Buffer;
  readonly places: readonly number[];
}

/** Leaves out the former rows that stand at their places, and puts the others at theirs, until there are so many `rows`. */
export function replaceRows(
  former: PlacedRows,
  added: PlacedRows,
  rows: number,
  quotes: boolean,
): readonly Buffer[] {
  const [takeFormer, takeAdded] = [takeRows(former.bytes, quotes), takeRows(added.bytes, quotes)];
  const pieces: Buffer[] = [];
  let [at, gone, made] = [0, 0, 0];
  const keep = (count: number): void => {
    for (let left = count; left > 0;) {
      const place = former.places[gone] ?? Number.POSITIVE_INFINITY;
      const run = Math.min(left, place - at);
      const taken = takeFormer(Math.max(1, run));
      at += Math.max(1, run);
      left -= run;
      if (run > 0) pieces.push(taken);
      else gone += 1;
    }
  };
  for (const place of added.places) {
    keep(place - made);
    pieces.push(takeAdded(1));
    made = place + 1;
  }
  keep(rows - made);
  return pieces;
}

/** Gives the next rows, from call to call. */
function takeRows(bytes: Buffer, quotes: boolean): (rows: number) => Buffer {
  const walk = walkRows(bytes, quotes);
  let from = 0;
  return (rows) => {
    const to = walk(rows);
    const taken = bytes.subarray(from, to);
    from = to;
    return taken;
  };
}
