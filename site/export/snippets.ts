/** Code that loads a slice, for each tool. Tests run it where the tool is installed. */
import { isPacked } from '../../data-build/contract/slices.ts';
import { quoteText } from '../../data-build/contract/sql.ts';

export interface Snippet {
  readonly tool: 'duckdb' | 'python' | 'python_json' | 'pandas' | 'polars' | 'r' | 'spreadsheet';
  readonly text: string;
}

/** Absolute addresses of one slice; null where it does not come in that format. */
export interface SliceAddresses {
  readonly csv: string;
  readonly json: string | null;
  readonly parquet: string | null;
}

/**
 * Codes of countries and territories are texts for certain: left alone, DuckDB takes NO for false, pandas and R take
 * NA for missing. What is missing is an empty field. Polars tells types from all rows, not from the first hundred.
 * DuckDB, pandas and Polars see from the name that a file is compressed; a spreadsheet opens no such file.
 */
export function loadSnippets(slice: SliceAddresses): readonly Snippet[] {
  const csv = encodeAddress(slice.csv);
  const packed = isPacked(csv);
  return [
    {
      tool: 'duckdb',
      text: [
        `SELECT * FROM read_csv(${quoteText(csv)}, comment = '#', types = {'probe_cc': 'VARCHAR'});`,
        ...(slice.parquet === null
          ? []
          : [`SELECT * FROM read_parquet(${quoteText(encodeAddress(slice.parquet))});`]),
      ].join('\n'),
    },
    {
      tool: 'python',
      text: [
        `import csv, ${packed ? 'gzip' : 'io'}, urllib.request`,
        '',
        `with urllib.request.urlopen("${csv}") as reply:`,
        packed
          ? '    lines = gzip.open(reply, "rt", encoding="utf-8")'
          : '    lines = io.TextIOWrapper(reply, encoding="utf-8")',
        '    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))',
      ].join('\n'),
    },
    ...(slice.json === null
      ? []
      : [
          {
            tool: 'python_json' as const,
            text: [
              `import ${isPacked(slice.json) ? 'gzip, ' : ''}json, urllib.request`,
              '',
              `with urllib.request.urlopen("${encodeAddress(slice.json)}") as reply:`,
              `    table = json.load(${isPacked(slice.json) ? 'gzip.open(reply)' : 'reply'})`,
              'rows = [dict(zip(table["columns"], row)) for row in table["rows"]]',
            ].join('\n'),
          },
        ]),
    {
      tool: 'pandas',
      text: [
        'import pandas',
        '',
        'frame = pandas.read_csv(',
        `    "${csv}",`,
        '    comment="#", keep_default_na=False, na_values=[""],',
        ').convert_dtypes()',
      ].join('\n'),
    },
    {
      tool: 'polars',
      text: [
        'import polars',
        '',
        'frame = polars.read_csv(',
        `    "${csv}",`,
        '    comment_prefix="#", null_values=[""], infer_schema_length=None,',
        ')',
      ].join('\n'),
    },
    {
      tool: 'r',
      text: [
        'frame <- read.csv(',
        packed ? `  gzcon(url("${csv}", "rb"), text = TRUE),` : `  "${csv}",`,
        '  comment.char = "#", na.strings = "", encoding = "UTF-8"',
        ')',
      ].join('\n'),
    },
    ...(packed ? [] : [{ tool: 'spreadsheet' as const, text: csv }]),
  ];
}

function encodeAddress(url: string): string {
  return encodeURI(decodeURI(url));
}
