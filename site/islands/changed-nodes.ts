/** What `/changed/` answers, as nodes: verdict, values side by side, reasons. */
import { translate } from '../i18n/translate.ts';
import type { Difference } from '../view/changed/changed.ts';
import { element } from './element.ts';

/** More rows than this are counted and not listed. */
export const MOST_LISTED = 60;

export function whyNodes(reasons: readonly string[]): readonly HTMLElement[] {
  const head = document.createElement('h3');
  head.textContent = translate('changed.why');
  const list = document.createElement('ul');
  list.dataset['part'] = 'why';
  list.append(
    ...reasons.map((reason) => {
      const item = document.createElement('li');
      item.textContent = reason;
      return item;
    }),
  );
  return [head, list];
}

export function toTable(
  differences: readonly Difference[],
  old: string | null,
  own: string,
): HTMLElement {
  const region = document.createElement('div');
  region.className = 'table';
  region.tabIndex = 0;
  region.setAttribute('role', 'region');
  region.setAttribute('aria-label', translate('changed.table'));
  const table = document.createElement('table');
  const head = table.createTHead().insertRow();
  const columns = [
    translate('changed.column.what'),
    ...(old === null ? [] : [translate('changed.column.release', { version: old })]),
    translate('changed.column.release', { version: own }),
    ...(old === null ? [] : [translate('changed.column.changed')]),
  ];
  for (const text of columns) head.append(element('th', text));
  const body = table.createTBody();
  for (const { key, label, before, after, changed } of differences.slice(0, MOST_LISTED)) {
    const row = body.insertRow();
    row.dataset['key'] = key;
    row.dataset['changed'] = String(changed);
    const none = translate('changed.none');
    const name = element('th', label);
    name.setAttribute('scope', 'row');
    row.append(
      name,
      ...(old === null ? [] : [element('td', before ?? none)]),
      element('td', after ?? none),
      ...(old === null ? [] : [element('td', translate(changed ? 'changed.yes' : 'changed.no'))]),
    );
  }
  region.append(table);
  return region;
}

export function heading(text: string): HTMLElement {
  const made = element('h2', text);
  made.dataset['part'] = 'verdict';
  return made;
}
