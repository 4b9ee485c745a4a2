/** How a slice is loaded, said in each reader's own tongue. Tests run them where the tool is at hand. */

export interface Snippet {
  readonly tool: 'duckdb' | 'python' | 'pandas' | 'r' | 'spreadsheet';
  readonly text: string;
}

/** Snippets for a CSV slice and, where there is one, the same slice as Parquet. Addresses are absolute. */
export function loadSnippets(csvUrl: string, parquetUrl: string | null): readonly Snippet[] {
  const csv = encodeURI(decodeURI(csvUrl));
  return [
    {
      tool: 'duckdb',
      text: [
        `SELECT * FROM read_csv('${sqlText(csv)}', comment = '#');`,
        ...(parquetUrl === null
          ? []
          : [`SELECT * FROM read_parquet('${sqlText(encodeURI(decodeURI(parquetUrl)))}');`]),
      ].join('\n'),
    },
    {
      tool: 'python',
      text: [
        'import csv, io, urllib.request',
        '',
        `with urllib.request.urlopen("${csv}") as reply:`,
        '    lines = io.TextIOWrapper(reply, encoding="utf-8")',
        '    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))',
      ].join('\n'),
    },
    {
      tool: 'pandas',
      text: `import pandas\n\nframe = pandas.read_csv("${csv}", comment="#")`,
    },
    { tool: 'r', text: `frame <- read.csv("${csv}", comment.char = "#")` },
    { tool: 'spreadsheet', text: csv },
  ];
}

function sqlText(text: string): string {
  return text.replaceAll("'", "''");
}
