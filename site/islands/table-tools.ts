/** What the controls above a table do: find, choose columns, copy with the caveats. Loaded when one is used. */
import { translate } from '../i18n/translate.ts';
import { openDataTable } from './data-table.ts';

/** The table that a row of tools stands above. */
export function tableOf(tools: Element): HTMLTableElement | null {
  return tools.nextElementSibling?.querySelector('table') ?? null;
}

/** Says how many rows are left, for those who do not see them go. */
export function findInTable(tools: Element, text: string): void {
  const table = tableOf(tools);
  if (table === null) return;
  const n = openDataTable(table).find(text);
  say(tools, text.trim() === '' ? '' : translate('table.found', { n }));
}

/** Fills the list of columns when it is opened. */
export function listColumns(details: HTMLDetailsElement): void {
  const tools = details.closest('[data-tools]');
  const table = tools === null ? null : tableOf(tools);
  const list = details.querySelector('fieldset');
  if (table === null || list === null) return;
  const legend = document.createElement('legend');
  legend.className = 'visually-hidden';
  legend.textContent = details.querySelector('summary')?.textContent ?? '';
  list.replaceChildren(
    legend,
    ...openDataTable(table)
      .columns()
      .map(({ index, label, shown }) => {
        const line = document.createElement('label');
        const box = document.createElement('input');
        box.type = 'checkbox';
        box.checked = shown;
        box.dataset['showColumn'] = String(index);
        line.append(box, ' ', label);
        return line;
      }),
  );
}

export function showColumn(box: HTMLInputElement): void {
  const tools = box.closest('[data-tools]');
  const table = tools === null ? null : tableOf(tools);
  if (table !== null)
    openDataTable(table).setColumn(Number(box.dataset['showColumn']), box.checked);
}

/** Copies what is shown, and with it title, notes, source and address: numbers do not travel alone. */
export async function copyTable(tools: Element): Promise<void> {
  const table = tableOf(tools);
  if (table === null) return;
  const text = openDataTable(table).toText(caveatsOf(table));
  try {
    await navigator.clipboard.writeText(text);
    say(tools, translate('table.copied'));
  } catch {
    say(tools, translate('explore.copy_failed'));
  }
}

function caveatsOf(table: HTMLTableElement): readonly string[] {
  const figure = table.closest('figure');
  const texts = (selector: string): readonly string[] =>
    [...(figure?.querySelectorAll(selector) ?? [])].map(({ textContent }) => textContent);
  return [
    ...(figure === null ? [table.caption?.textContent ?? ''] : texts('[data-part="title"]')),
    ...texts('[data-part="summary"]'),
    ...texts('[data-part="notes"] li'),
    ...texts('figcaption'),
    location.href,
  ]
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '');
}

function say(tools: Element, text: string): void {
  const place = tools.querySelector('[role="status"]');
  if (place !== null) place.textContent = text;
}
