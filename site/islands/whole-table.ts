/**
 * The rows of a figure's table that the page does not hold, from the file beside it, put among those that it holds: then the
 * table is as if all had been in the page.
 */
import { pageAddress } from './address.ts';
import { knownDataTable } from './data-table.ts';
import { publishedIn } from './shown-figure.ts';
import { addRowBoxes } from './table-controls.ts';
import { modelRows, readRows } from './table-rows.ts';

const completing = new WeakMap<Element, Promise<void>>();

/** Done when all rows are there, or cannot be had: then the page says where they are. */
export async function completeTable(figure: HTMLElement): Promise<void> {
  const table = figure.querySelector<HTMLTableElement>('table[data-cut]');
  if (table === null) return;
  const known = completing.get(table);
  const work = known ?? complete(figure, table);
  completing.set(table, work);
  try {
    await work;
  } catch {
    // The next try asks again.
    completing.delete(table);
  }
}

async function complete(figure: HTMLElement, table: HTMLTableElement): Promise<void> {
  const { view, file } = await publishedIn(figure);
  // Another view may have been drawn meanwhile.
  const body = table.tBodies[0];
  if (body === undefined || !table.hasAttribute('data-cut')) return;
  const links = file.figures[figure.id]?.links ?? {};
  const headers = [...table.querySelectorAll('thead th[data-column]')];
  const numeric = headers.map((header) => header.classList.contains('number'));
  const rows = modelRows(view.table, readRows(table, numeric), {
    labelled: table.classList.contains('stack'),
    boxes: false,
    linkOf: (key) => {
      const to = links[key];
      return to === undefined ? null : pageAddress(to);
    },
  });
  body.replaceChildren(...rows.data.flatMap(({ key }) => rows.element(key) ?? []));
  markWhole(table);
  if (table.closest('details:not([open])') === null) addRowBoxes(table);
  knownDataTable(table)?.refresh();
}

/** The table holds all that it is of. */
export function markWhole(table: HTMLTableElement): void {
  delete table.dataset['cut'];
  table.closest('details')?.querySelector('[data-part="rest"]')?.remove();
}
