/** What travels with a download: source, filters, caveats, citation and licences, as lines and as JSON. */
import { translate } from '../i18n/translate.ts';
import { fullCitation, type Citable } from './citation.ts';
import type { Records } from './records.ts';

export interface FileSource {
  readonly name: string;
  readonly attribution: string;
  readonly licence: string;
  readonly licenceUrl: string;
  /** One sentence: what a reader may do. */
  readonly use: string;
}

/** All that is said of displayed data beside the data. */
export interface About {
  readonly title: string;
  readonly subtitle: string;
  /** What narrows the view, `Test: Telegram`; empty: nothing does. */
  readonly filters: readonly string[];
  readonly caveats: readonly string[];
  readonly sources: readonly FileSource[];
  readonly cited: Citable;
}

/** Lines for the top of a CSV file and for the second sheet of a workbook. */
export function aboutLines(about: About): readonly string[] {
  const { title, subtitle, filters, caveats, sources, cited } = about;
  return [
    title,
    subtitle,
    ...(cited.synthetic ? [translate('site.synthetic')] : []),
    ...filters.map((filter) => translate('download.filter', { filter })),
    ...caveats,
    ...sources.map(({ attribution, licence, licenceUrl: url }) =>
      translate('download.licence', { attribution, licence, url }),
    ),
    translate('download.cite.line', { citation: fullCitation(cited) }),
  ].filter((line) => line.trim() !== '');
}

/** `README.txt` of an archive. */
export function writeReadme(about: About, { columns, rows }: Records): string {
  const { title, subtitle, filters, caveats, sources, cited } = about;
  const section = (head: string, lines: readonly string[]) => [
    head,
    ...lines.map((line) => `  ${line}`),
    '',
  ];
  return [
    title,
    subtitle,
    '',
    ...(cited.synthetic ? [translate('site.synthetic'), ''] : []),
    ...section(
      translate('download.filters'),
      filters.length === 0 ? [translate('download.no_filters')] : filters,
    ),
    ...section(translate('download.caveats'), caveats),
    ...section(translate('download.cite'), [fullCitation(cited)]),
    ...section(
      translate('download.licences'),
      sources.flatMap(({ name, licence, licenceUrl: url, use, attribution }) => [
        translate('download.licence.of', { name, licence, url, use }),
        `  ${attribution}`,
      ]),
    ),
    ...section(
      translate('download.columns'),
      columns.map(({ key, label, type }) => translate('download.column', { key, type, label })),
    ),
    translate('download.comments'),
    `${rows.length} × ${columns.length}`,
    '',
  ].join('\n');
}

/** The records as JSON, with all that is said of them. */
export function writeRecordsJson(about: About, { columns, rows }: Records): string {
  const { title, subtitle, filters, caveats, sources, cited } = about;
  const head = {
    title,
    subtitle,
    data_version: cited.dataVersion,
    synthetic: cited.synthetic,
    permalink: cited.url,
    filters,
    caveats,
    sources: sources.map(({ name, licence, licenceUrl, attribution }) => ({
      name,
      licence,
      licence_url: licenceUrl,
      attribution,
    })),
    citation: fullCitation(cited),
    columns,
  };
  const keys = columns.map(({ key }) => key);
  const lines = rows.map((row) =>
    JSON.stringify(Object.fromEntries(keys.map((key, index) => [key, row[index] ?? null]))),
  );
  return `${JSON.stringify(head, null, 1).slice(0, -2)},\n "rows": [\n${lines.join(',\n')}\n]}\n`;
}
