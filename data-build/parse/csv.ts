/** Comma-separated values, RFC 4180, by record. */

/** Longest record with an open quote, in characters. */
const LONGEST_RECORD = 1024 * 1024;

export interface CsvSink {
  /**
   * A record, with the number of its first line. False: it is none. Then a quote that nobody closed may have taken good
   * lines with it, and those after the first are read again.
   */
  readonly onRecord: (fields: readonly string[], line: number) => boolean;
  readonly onBroken: (line: number) => void;
}

export interface CsvJoiner {
  /** The next line of the file, without its line feed; a carriage return before that may be left on. */
  readonly push: (text: string, line: number) => void;
  readonly end: () => void;
}

interface Line {
  readonly text: string;
  readonly number: number;
}

/** A record as far as it was read. */
interface Reading {
  readonly lines: Line[];
  readonly fields: string[];
  /** Text so far of the field whose quote is open; null: none is. */
  open: string | null;
  length: number;
}

/**
 * Joins lines into records, since a quoted field may hold line ends, which are kept as they are. Between records,
 * blank lines and those that begin with `comment` are skipped. After a broken record it goes on with its second line.
 */
export function createCsvJoiner(sink: CsvSink, comment: string | null = null): CsvJoiner {
  let reading: Reading | null = null;

  /** Returns lines to be read again. */
  function take(line: Line): readonly Line[] {
    if (reading === null) {
      if (line.text === '' || line.text === '\r') return [];
      if (comment !== null && line.text.startsWith(comment)) return [];
    }
    const record: Reading = reading ?? { lines: [], fields: [], open: null, length: 0 };
    reading = record;
    record.lines.push(line);
    record.length += line.text.length + 1;
    const matches = readOn(record, line.text);
    if (matches && record.open !== null)
      return record.length > LONGEST_RECORD ? giveUp(record) : [];
    if (!matches) return giveUp(record);
    reading = null;
    const [first = line, ...rest] = record.lines;
    return sink.onRecord(record.fields, first.number) ? [] : rest;
  }

  function giveUp({ lines: [first, ...rest] }: Reading): readonly Line[] {
    reading = null;
    if (first !== undefined) sink.onBroken(first.number);
    return rest;
  }

  function takeAll(lines: readonly Line[]): void {
    const waiting = lines.toReversed();
    for (let line = waiting.pop(); line !== undefined; line = waiting.pop())
      for (const again of take(line).toReversed()) waiting.push(again);
  }

  return {
    push(text, line) {
      takeAll([{ text, number: line }]);
    },
    end() {
      while (reading !== null) takeAll(giveUp(reading));
    },
  };
}

/** Reads one line more of a record. False: its quotes do not match, whatever follows. */
function readOn(record: Reading, text: string): boolean {
  // Inside quotes a carriage return is text; where a record ends it is part of the line end.
  const end = text.endsWith('\r') ? text.length - 1 : text.length;
  let field = record.open === null ? null : `${record.open}\n`;
  record.open = null;
  let at = 0;
  for (;;) {
    if (field === null && text[at] !== '"') {
      const comma = text.indexOf(',', at);
      record.fields.push(text.slice(at, comma === -1 ? end : comma));
      if (comma === -1) return true;
      at = comma + 1;
      continue;
    }
    if (field === null) {
      field = '';
      at += 1;
    }
    const quote = text.indexOf('"', at);
    if (quote === -1) {
      record.open = field + text.slice(at);
      return true;
    }
    field += text.slice(at, quote);
    at = quote + 1;
    if (text[at] === '"') {
      field += '"';
      at += 1;
      continue;
    }
    record.fields.push(field);
    field = null;
    if (at === end) return true;
    if (text[at] !== ',') return false;
    at += 1;
  }
}
