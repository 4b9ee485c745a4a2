/** What a figure displays, as records: read from its table in the page, rows as they are sorted and filtered now. */
import {
  publishersOf,
  SOURCES,
  strictestLicence,
  type LicenceSlug,
  type SourceId,
} from '../../data-build/contract/sources.ts';
import type { Witness } from '../../data-build/contract/witnesses.ts';
import { shownRows, type ShownRow } from '../interact/table-cells.ts';
import { pickColumns, toRecords, type Records } from '../export/records.ts';
import type { TableCell } from '../view/table.ts';

/** The columns of the timeline of three witnesses by whose they are; other charts have one publisher’s in all. */
const WITNESS_COLUMNS: Readonly<Record<string, Witness>> = {
  tests: 'interference',
  rate: 'interference',
  speed: 'throughput',
  clients: 'tools',
};

/** Records that may stand in one file: all under one licence. */
export interface LicencedRecords {
  readonly licence: LicenceSlug;
  readonly sources: readonly SourceId[];
  readonly records: Records;
}

/** Reads the table; null when the figure has none. */
export function readRecords(figure: HTMLElement): Records | null {
  const table = figure.querySelector<HTMLTableElement>('[data-part="table"] table');
  if (table === null) return null;
  const headers = [...table.querySelectorAll<HTMLElement>('thead th[data-column]')];
  const columns = headers.map((header) => ({
    key: (header.dataset['column'] ?? '').replaceAll('-', '_'),
    label: header.textContent.trim(),
    numeric: header.classList.contains('number'),
  }));
  const known = shownRows(table)?.map(({ key, cells }) => ({
    key,
    cells: columns.map(({ numeric }, index) => toCell(cells[index], numeric)),
  }));
  const lines = [...(table.tBodies[0]?.rows ?? [])].filter((line) => !line.hidden);
  const rows =
    known ??
    lines.map((line) => ({
      key: line.dataset['key'] ?? '',
      cells: columns.map(({ numeric }, index) => readCell(line.cells[index], numeric)),
    }));
  return toRecords({ columns, rows });
}

function toCell(cell: ShownRow['cells'][number] | undefined, numeric: boolean): TableCell {
  const { text, sort } = cell ?? { text: '', sort: null };
  if (!numeric) return { text, sort: text };
  return { text, sort: typeof sort === 'number' ? sort : null };
}

function readCell(cell: HTMLTableCellElement | undefined, numeric: boolean): TableCell {
  const text = cell?.textContent.trim() ?? '';
  if (!numeric) return { text, sort: text };
  const value = cell?.dataset['sort'] ?? text;
  const number = value === '' ? Number.NaN : Number(value.replace(/[,\s]/g, ''));
  return { text, sort: Number.isNaN(number) ? null : number };
}

/**
 * The records by licence: CC0 and other rows are never in one file. A chart of one licence is one part. The column of
 * tool use goes with the strictest licence of the publishers in it.
 */
export function splitByLicence(
  records: Records,
  chart: string,
  sources: readonly SourceId[],
): readonly LicencedRecords[] {
  const licences = [...new Set(sources.map((id) => SOURCES[id].licence))];
  const [only] = licences;
  if (only === undefined) return [];
  if (licences.length === 1 || chart !== 'witnesses')
    return [{ licence: strictestLicence(licences) ?? only, sources, records }];
  return licences.flatMap((licence): readonly LicencedRecords[] => {
    const own = records.columns.filter(({ key }) => {
      const among = sourcesOf(key).filter((id) => sources.includes(id));
      return among[0] !== undefined && SOURCES[among[0]].licence === licence;
    });
    if (own.length === 0) return [];
    const picked = pickColumns(
      records,
      (column) => column.key === 'period' || own.includes(column),
    );
    const rows = picked.rows.filter((row) => row.slice(1).some((value) => value !== null));
    const named = new Set(own.flatMap(({ key }) => sourcesOf(key)));
    return [
      {
        licence,
        sources: sources.filter((id) => named.has(id)),
        records: { columns: picked.columns, rows },
      },
    ];
  });
}

function sourcesOf(column: string): readonly SourceId[] {
  const key = column.replace(/_note$/, '');
  const witness = WITNESS_COLUMNS[key];
  if (witness !== undefined) return publishersOf(witness);
  // The column of an indicator begins with its publisher.
  return publishersOf('indicators').filter((id) => key.startsWith(`${id} `));
}
