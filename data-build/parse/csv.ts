/** Comma-separated values, RFC 4180, by record. */

/** Longest record with an open quote, in characters. */
const LONGEST_RECORD = 1024 * 1024;

/** The fields of one record; null when the quotes do not match. */
export function parseCsvRecord(text: string): readonly string[] | null {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      let field = '';
      let start = at + 1;
      for (;;) {
        const quote = text.indexOf('"', start);
        if (quote === -1) return null;
        field += text.slice(start, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        field += '"';
        start = at + 1;
      }
      fields.push(field);
      if (at === text.length) return fields;
      if (text[at] !== ',') return null;
      at += 1;
    } else {
      const comma = text.indexOf(',', at);
      if (comma === -1) {
        fields.push(text.slice(at));
        return fields;
      }
      fields.push(text.slice(at, comma));
      at = comma + 1;
    }
  }
}

export interface CsvSink {
  /** A record, with the number of its first line. */
  readonly onRecord: (fields: readonly string[], line: number) => void;
  readonly onBroken: (line: number) => void;
}

export interface CsvJoiner {
  /** The next line of the file, without its line feed; a carriage return before that may be left on. */
  readonly push: (text: string, line: number) => void;
  readonly end: () => void;
}

/**
 * Joins lines into records, since a quoted field may hold line ends, which are kept as they are. Between records,
 * blank lines and those that begin with `comment` are skipped.
 */
export function createCsvJoiner(sink: CsvSink, comment: string | null = null): CsvJoiner {
  let open: string | null = null;
  let openLine = 0;
  return {
    push(text, line) {
      if (open === null) {
        if (text === '' || text === '\r') return;
        if (comment !== null && text.startsWith(comment)) return;
        openLine = line;
      }
      const record: string = open === null ? text : `${open}\n${text}`;
      // Inside quotes a carriage return is text; where a record ends it is part of the line end.
      const fields = parseCsvRecord(record.endsWith('\r') ? record.slice(0, -1) : record);
      if (fields !== null) {
        open = null;
        sink.onRecord(fields, openLine);
      } else if (record.length > LONGEST_RECORD || !isOpen(record)) {
        open = null;
        sink.onBroken(openLine);
      } else {
        open = record;
      }
    },
    end() {
      if (open !== null) sink.onBroken(openLine);
      open = null;
    },
  };
}

function isOpen(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 1;
}
