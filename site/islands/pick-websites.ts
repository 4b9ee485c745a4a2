/** Ticks before the websites of a list, which fill the form that compares them. */
import './page-language.ts';
import { translate } from '../i18n/translate.ts';

/** As many as a link takes. */
const MOST = 20;

/** `root` holds the tables; `form` has a text field `domain` with names between commas. */
export function startPicking(root: HTMLElement, form: HTMLFormElement): void {
  const field = form.elements.namedItem('domain');
  if (!(field instanceof HTMLInputElement)) throw new Error('The form has no field for websites.');
  const boxes = new Map<string, HTMLInputElement>();
  const read = (): readonly string[] =>
    field.value
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  for (const row of root.querySelectorAll<HTMLElement>('tr[data-key]')) {
    const name = row.dataset['key'] ?? '';
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.className = 'pick';
    box.setAttribute('aria-label', translate('compare.pick', { domain: name }));
    row.querySelector('th')?.prepend(box);
    boxes.set(name, box);
    box.addEventListener('change', () => {
      const others = read().filter((other) => other !== name);
      field.value = (box.checked ? [...others, name].slice(-MOST) : others).join(', ');
      tick();
    });
  }
  const tick = (): void => {
    const names = new Set(read());
    for (const [name, box] of boxes) box.checked = names.has(name);
  };
  field.addEventListener('input', tick);
  const linked = new URLSearchParams(location.search).getAll('domain').join(',');
  if (linked !== '') field.value = linked.split(',').slice(0, MOST).join(', ');
  tick();
}
