/** Filters the list of events by the link: kind, country, witness, agreement. The link is the state. */
const NAMES = ['kind', 'probe_cc', 'witness', 'agreement'] as const;

/** Shows the form, takes the link’s choices over, and hides what they leave out. */
export function startEventFilter(root: HTMLElement): void {
  const form = root.querySelector('form');
  const status = root.querySelector('[role="status"]');
  if (form === null || status === null) throw new Error('The list of events has no form.');
  const items = [...root.querySelectorAll<HTMLElement>('[data-month] > ul > li.event')];
  const years = [...root.querySelectorAll<HTMLDetailsElement>('details.year')];
  const published = new Map(years.map((year) => [year, year.open]));
  const sizeOf = (item: HTMLElement): number => Number(item.dataset['size'] ?? 1);
  const total = items.reduce((sum, item) => sum + sizeOf(item), 0);
  const selects = NAMES.flatMap((name) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLSelectElement ? [{ name, field }] : [];
  });
  const shown = root.dataset['shown'] ?? '';
  const apply = (): void => {
    let count = 0;
    for (const item of items) {
      const kept = selects.every(
        ({ name, field }) =>
          field.value === '' || (item.dataset[name] ?? '').split(' ').includes(field.value),
      );
      item.hidden = !kept;
      if (kept) count += sizeOf(item);
    }
    for (const group of root.querySelectorAll<HTMLElement>('[data-month]'))
      group.hidden = group.querySelector('li.event:not([hidden])') === null;
    const filtered = selects.some(({ field }) => field.value !== '');
    for (const year of years) {
      year.hidden = year.querySelector('[data-month]:not([hidden])') === null;
      year.open = filtered || published.get(year) === true;
    }
    status.textContent = shown.replace('{n}', String(count)).replace('{m}', String(total));
  };
  const readLink = (): void => {
    const link = new URLSearchParams(location.search);
    for (const { name, field } of selects) {
      const value = link.get(name) ?? '';
      const known = [...field.options].some((option) => option.value === value);
      field.value = known ? value : '';
    }
    apply();
  };
  form.addEventListener('change', () => {
    const link = new URLSearchParams();
    for (const { name, field } of selects) if (field.value !== '') link.set(name, field.value);
    const query = link.toString();
    history.replaceState(null, '', query === '' ? location.pathname : `?${query}`);
    apply();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  form.hidden = false;
  addEventListener('popstate', readLink);
  readLink();
}
