/** Fills *Download* of a figure each time it is opened, so that it follows what is displayed: one set of files a licence. */
import { joinSentences } from '../../data-build/words/sentences.ts';
import { zipSync, strToU8 } from 'fflate';
import { LICENCES } from '../../data-build/contract/publishers.ts';
import { ENGINE_WEIGHT } from '../engine/wasm/weight.ts';
import { fullCitation, writeBibtex, writeCsl, writeRis } from '../export/citation.ts';
import { writeCsv } from '../export/csv.ts';
import { splitByLicence, type LicencedRecords } from '../export/licenced-records.ts';
import { addFooterWords } from './parquet-footer.ts';
import { aboutLines, writeReadme, writeRecordsJson, type About } from '../export/read-me.ts';
import { toRecords } from '../export/records.ts';
import { findChart } from '../figures/registry.ts';
import type { TableModel } from '../view/table.ts';
import { MOST_XLSX_ROWS } from './xlsx.ts';
import { formatBytes } from '../i18n/bytes.ts';
import { translate } from '../i18n/translate.ts';
import { loadData } from './engine-loader.ts';
import { element } from './element.ts';
import { knownDataTable } from './data-table.ts';
import { aboutFigure, fileStem } from './figure-about.ts';
import type { ShownFigure } from './shown.ts';
import { shownOrSay } from './shown-figure.ts';

/** Fills the opened panel. */
export async function fillDownload(
  details: HTMLDetailsElement,
  figure: HTMLElement,
): Promise<void> {
  const place = details.querySelector<HTMLElement>('[data-part="displayed"]');
  if (place === null) return;
  const shown = await shownOrSay(figure, (text) => place.replaceChildren(element('p', text)));
  if (shown === null) return;
  const records = toRecords(displayedTable(figure, shown));
  for (const link of place.querySelectorAll('a')) URL.revokeObjectURL(link.href);
  const sources = [...new Set(shown.sources.map(({ source }) => source))];
  const chart = findChart(shown.view);
  const parts = splitByLicence(records, chart.publishersOf?.bind(chart), sources);
  place.replaceChildren(
    ...parts.flatMap((part) => showPart(figure.id, shown, part, parts.length > 1)),
    ...(parts.length > 1 ? [element('p', translate('download.walls'))] : []),
  );
}

/** Rows as they are sorted and filtered now. */
function displayedTable(
  figure: HTMLElement,
  { view: { table } }: ShownFigure,
): Pick<TableModel, 'columns' | 'rows'> {
  const element = figure.querySelector<HTMLTableElement>('[data-part="table"] table');
  const keys = element === null ? null : (knownDataTable(element)?.shownKeys() ?? null);
  if (keys === null) return table;
  const rows = new Map(table.rows.map((row) => [row.key, row]));
  return { columns: table.columns, rows: keys.flatMap((key) => rows.get(key) ?? []) };
}

function showPart(
  id: string,
  shown: ShownFigure,
  { licence, sources, records }: LicencedRecords,
  several: boolean,
): readonly HTMLElement[] {
  const about = aboutFigure(id, shown, sources);
  const stem = fileStem(id, several ? `-${licence}` : '', shown);
  const rows = translate('count.rows', { n: records.rows.length });
  const head = element(
    'p',
    translate('download.displayed', { rows, licence: LICENCES[licence].name }),
  );
  head.className = 'take-head';
  const list = document.createElement('ul');
  list.className = 'take-files';
  const csv = writeCsv(records, aboutLines(about));
  // A byte order mark, or spreadsheets take the text for another encoding.
  const csvFile = new Blob(['\uFEFF', csv], { type: 'text/csv' });
  const json = writeRecordsJson(about, records);
  list.append(
    fileItem('csv', `${stem}.csv`, csvFile),
    fileItem('json', `${stem}.json`, new Blob([json], { type: 'application/json' })),
  );
  const xlsx = document.createElement('li');
  if (records.rows.length <= MOST_XLSX_ROWS) {
    list.append(xlsx);
    void import('./xlsx.ts').then(async ({ writeXlsx }) => {
      const words = {
        data: translate('download.sheet.data'),
        about: translate('download.sheet.about'),
      };
      const file = await writeXlsx(records, aboutLines(about), words);
      xlsx.replaceWith(fileItem('xlsx', `${stem}.xlsx`, file));
    });
  }
  list.append(
    parquetItem(`${stem}.parquet`, records, about, LICENCES[licence].spdx),
    fileItem('zip', `${stem}.zip`, packZip(stem, csv, json, about, records)),
  );
  return [head, list];
}

function packZip(
  stem: string,
  csv: string,
  json: string,
  about: About,
  records: LicencedRecords['records'],
): Blob {
  const files = {
    'README.txt': writeReadme(about, records),
    // As in the file on its own: without the mark a spreadsheet takes UTF-8 for something else.
    [`${stem}.csv`]: `\uFEFF${csv}`,
    [`${stem}.json`]: json,
    'citation.bib': writeBibtex(about.cited),
    'citation.ris': writeRis(about.cited),
    'citation.csl.json': writeCsl(about.cited),
  };
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)] as const);
  // The day of the release instead of the clock: the same view gives the same bytes.
  const mtime = `${about.cited.dataVersion.slice(0, 10)}T00:00:00`;
  return new Blob([Uint8Array.from(zipSync(Object.fromEntries(entries), { mtime }))], {
    type: 'application/zip',
  });
}

type Form = 'csv' | 'json' | 'xlsx' | 'parquet' | 'zip';

function fileItem(form: Form, name: string, file: Blob): HTMLLIElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.dataset['form'] = form;
  link.textContent = translate(`download.format.${form}`);
  const size = element('span', formatBytes(file.size));
  size.className = 'quiet';
  item.append(link, ' ', size);
  return item;
}

/** Parquet needs the engine, so its weight is named and it is made when asked for. */
function parquetItem(
  name: string,
  { columns, rows }: LicencedRecords['records'],
  about: About,
  licence: string,
): HTMLLIElement {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset['form'] = 'parquet';
  button.textContent = translate('download.format.parquet');
  const said = element('span', '');
  said.className = 'quiet';
  said.setAttribute('role', 'status');
  if (document.documentElement.dataset['engine'] !== 'ready')
    said.textContent = translate('download.engine', {
      size: formatBytes(ENGINE_WEIGHT.compressedBytes),
    });
  item.append(button, ' ', said);
  button.addEventListener('click', () => {
    button.disabled = true;
    said.textContent = translate('download.making');
    makeParquet({ columns, rows }, about, licence).then(
      (file) => {
        const made = fileItem('parquet', name, file);
        item.replaceWith(made);
        made.querySelector('a')?.click();
        made.querySelector('a')?.focus();
      },
      (error: unknown) => {
        button.disabled = false;
        said.textContent = translate('download.failed', {
          reason: error instanceof Error ? error.message : String(error),
        });
      },
    );
  });
  return item;
}

async function makeParquet(
  records: LicencedRecords['records'],
  about: About,
  licence: string,
): Promise<Blob> {
  const { engine } = await loadData(() => undefined);
  const bytes = await engine.toParquet(
    writeCsv(records),
    records.columns.map(({ key, type }) => ({ name: key, type })),
  );
  const withWords = addFooterWords(bytes, {
    title: about.title,
    data_version: about.cited.dataVersion,
    synthetic: String(about.cited.synthetic),
    licence,
    attribution: joinSentences(about.sources.map(({ attribution }) => attribution)),
    citation: fullCitation(about.cited),
  });
  return new Blob([withWords], { type: 'application/vnd.apache.parquet' });
}
