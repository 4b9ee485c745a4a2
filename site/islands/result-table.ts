/** The answer of a query as a table: sorted by its headers, and of long answers only what is in view is in the page. */
import { translate } from '../i18n/translate.ts';
import { pageLocale } from '../../data-build/words/language.ts';
import { formatNumber, isIdentifierName } from '../figures/result/view.ts';
import type { AnswerColumn, AnswerRow, AnswerValue, Guard } from '../figures/result/held-answer.ts';

/** Answers up to this length are in the page as a whole. */
const WHOLE_ROWS = 300;
/** Rows drawn above and below those in view. */
const MARGIN = 20;
const ROW_HEIGHT = 30;

export interface ResultTable {
  readonly columns: readonly AnswerColumn[];
  readonly rows: readonly AnswerRow[];
  /** Null: nothing is held back. */
  readonly guard: Guard | null;
  readonly caption: string;
}

/** Fills `region`, a box that scrolls, with the table. */
export function drawResultTable(region: HTMLElement, table: ResultTable): void {
  const { columns, caption } = table;
  const element = document.createElement('table');
  const label = document.createElement('caption');
  label.className = 'visually-hidden';
  label.textContent = caption;
  const head = document.createElement('thead');
  const line = document.createElement('tr');
  const body = document.createElement('tbody');
  head.append(line);
  element.append(label, head, body);
  element.setAttribute('aria-rowcount', String(table.rows.length + 1));
  region.setAttribute('aria-label', caption);
  region.replaceChildren(element);
  region.scrollTop = 0;

  let rows = table.rows;
  let sorted: { readonly column: number; readonly descending: boolean } | null = null;
  const virtual = rows.length > WHOLE_ROWS;
  region.toggleAttribute('data-virtual', virtual);

  const draw = (): void => {
    const { clientHeight, scrollTop } = region;
    const first = virtual ? Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - MARGIN) : 0;
    const shown = Math.ceil(Math.max(clientHeight, 300) / ROW_HEIGHT) + 2 * MARGIN;
    const last = virtual ? Math.min(rows.length, first + shown) : rows.length;
    const lines = rows.slice(first, last).map((row, index) => toLine(row, first + index, table));
    body.replaceChildren(
      ...spacer(first, columns.length),
      ...lines,
      ...spacer(rows.length - last, columns.length),
    );
  };

  const headers = columns.map(({ name, kind }, column) => {
    const cell = document.createElement('th');
    cell.scope = 'col';
    if (kind === 'number') cell.className = 'number';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = name;
    button.addEventListener('click', () => {
      const again = sorted?.column === column;
      if (again && sorted?.descending !== (kind === 'number')) sorted = null;
      else sorted = { column, descending: again ? !sorted?.descending : kind === 'number' };
      rows = sorted === null ? table.rows : sortRows(table, sorted.column, sorted.descending);
      headers.forEach((header, index) => {
        if (sorted?.column !== index) header.removeAttribute('aria-sort');
        else header.setAttribute('aria-sort', sorted.descending ? 'descending' : 'ascending');
      });
      draw();
    });
    cell.append(button);
    return cell;
  });
  line.append(...headers);
  draw();
  if (!virtual) return;
  let waiting = false;
  region.addEventListener('scroll', () => {
    if (waiting || !element.isConnected) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      if (element.isConnected) draw();
    });
  });
}

/** Room for rows that are not in the page. */
function spacer(rows: number, columns: number): readonly HTMLElement[] {
  if (rows <= 0) return [];
  const line = document.createElement('tr');
  line.setAttribute('aria-hidden', 'true');
  line.className = 'spacer';
  const cell = document.createElement('td');
  cell.colSpan = columns;
  cell.style.height = `${rows * ROW_HEIGHT}px`;
  line.append(cell);
  return [line];
}

function toLine(row: AnswerRow, index: number, { columns, guard }: ResultTable): HTMLElement {
  const line = document.createElement('tr');
  line.setAttribute('aria-rowindex', String(index + 2));
  const reason = guard?.reasonOf(row) ?? null;
  columns.forEach(({ name, kind }, column) => {
    const cell = document.createElement('td');
    const value = row[column] ?? null;
    if (kind === 'number') cell.className = 'number';
    if (reason !== null && guard?.held.has(column) === true) {
      cell.classList.add('held');
      cell.textContent = reason;
    } else if (value === null) {
      cell.classList.add('null');
      cell.textContent = translate('console.null');
    } else cell.textContent = isIdentifierName(name) ? String(value) : formatValue(value);
    line.append(cell);
  });
  return line;
}

function formatValue(value: AnswerValue): string {
  if (typeof value === 'number') return formatNumber(value);
  return Array.isArray(value) ? JSON.stringify(value) : String(value);
}

const collator = new Intl.Collator(pageLocale(), { numeric: true, sensitivity: 'base' });

/** What is held back sorts as if it were empty: last. */
function sortRows(
  { rows, guard }: ResultTable,
  column: number,
  descending: boolean,
): readonly AnswerRow[] {
  const valueOf = (row: AnswerRow): AnswerValue =>
    guard?.held.has(column) === true && guard.reasonOf(row) !== null ? null : (row[column] ?? null);
  return rows.toSorted((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    const order =
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : collator.compare(String(one), String(other));
    return descending ? -order : order;
  });
}
