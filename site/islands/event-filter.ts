/** Filters and orders the list of events, or of findings, by the link. The link is the state. */
import './page-language.ts';
import { translate } from '../i18n/translate.ts';
import { compareEvents, EVENT_ORDERS, type OrderedEvent } from '../view/event-order.ts';
import { SEARCH_LENGTH, decodeText, isForeign, parseSearch } from '../state/search.ts';

/** Compared with what an entry says of itself. */
const NAMES = ['kind', 'probe_cc', 'category_code', 'witness', 'agreement'] as const;

/** Shows the form, takes the link’s choices over, and hides what they leave out. */
export function startEventFilter(
  root: HTMLElement,
  tellShown = ({ n, m }: Shown): string => translate('events.shown', { n, m }),
): void {
  const form = root.querySelector('form');
  const status = root.querySelector('[role="status"]');
  if (form === null || status === null) throw new Error('The list of events has no form.');
  const items = [
    ...root.querySelectorAll<HTMLElement>(
      '[data-month] > ul > li.event, [data-entries] > li.event',
    ),
  ];
  const folds = [...root.querySelectorAll<HTMLDetailsElement>('details.year, details.month')];
  const published = new Map(folds.map((each) => [each, each.open]));
  const sizeOf = (item: HTMLElement): number => Number(item.dataset['size'] ?? 1);
  const total = items.reduce((sum, item) => sum + sizeOf(item), 0);
  const selects = NAMES.flatMap((name) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLSelectElement ? [{ name, field }] : [];
  });
  const sort = form.elements.namedItem('sort');
  const words = form.elements.namedItem('text');
  const sorted = root.querySelector<HTMLElement>('[data-sorted]');
  const sortedList = sorted?.querySelector('ul');
  if (!(sort instanceof HTMLSelectElement) || !(words instanceof HTMLInputElement))
    throw new Error('The list of events has no field for words or order.');
  if (sorted === null || sortedList === null || sortedList === undefined)
    throw new Error('The list of events has no place for another order.');
  const fields: readonly { readonly name: string; readonly field: Field }[] = [
    ...selects,
    { name: 'text', field: words },
    { name: 'sort', field: sort },
  ];
  const homes = items.map((item) => ({
    item,
    home: item.parentElement,
    text: fold(item.textContent),
  }));
  /** Puts entries where the order wants them: in their months, or in one list. */
  const place = (): void => {
    const order = EVENT_ORDERS.find((each) => each === sort.value) ?? 'newest';
    if (order === 'newest') for (const { item, home } of homes) home?.append(item);
    else
      sortedList.append(
        ...items.toSorted((a, b) => compareEvents(order, toOrdered(a), toOrdered(b))),
      );
    sorted.hidden = order === 'newest';
  };
  const apply = (): void => {
    const wanted = fold(words.value).split(/\s+/);
    let count = 0;
    for (const { item, text } of homes) {
      const kept =
        wanted.every((word) => text.includes(word)) &&
        selects.every(
          ({ name, field }) =>
            field.value === '' || (item.dataset[name] ?? '').split(' ').includes(field.value),
        );
      item.hidden = !kept;
      if (kept) count += sizeOf(item);
    }
    const filtered = fields.some(({ name, field }) => name !== 'sort' && field.value !== '');
    for (const each of folds) {
      each.hidden = each.querySelector('li.event:not([hidden])') === null;
      each.open = filtered || published.get(each) === true;
    }
    status.textContent = tellShown({ n: count, m: total });
  };
  const notices = root.querySelector('[data-part="notices"]');
  const readLink = (): void => {
    const { pairs, cut } = parseSearch(location.search);
    const wrong: Wrong[] = cut ? [['too_long', '', String(SEARCH_LENGTH)]] : [];
    const used = new Map<string, string>();
    for (const { name, raw } of pairs) {
      const value = decodeText(raw).trim();
      const field = fields.find((each) => each.name === name)?.field;
      if (field === undefined) {
        // The release of a permalink is looked at by the page itself.
        if (!isForeign(name) && name !== 'release') wrong.push(['unknown_parameter', name, value]);
      } else if (
        field instanceof HTMLSelectElement &&
        ![...field.options].some((option) => option.value === value)
      )
        wrong.push(['unknown_value', name, value]);
      else if ((used.get(name) ?? value) !== value) wrong.push(['repeated', name, value]);
      else used.set(name, value);
    }
    for (const { name, field } of fields) field.value = used.get(name) ?? '';
    notices?.replaceChildren();
    if (notices !== null && wrong.length > 0) void sayWrong(notices, wrong);
    place();
    apply();
  };
  form.addEventListener('input', ({ target }) => {
    const link = new URLSearchParams();
    for (const { name, field } of fields)
      if (field.value.trim() !== '') link.set(name, field.value.trim());
    const query = link.toString();
    history.replaceState(null, '', query === '' ? location.pathname : `?${query}`);
    if (target === sort) place();
    apply();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  form.hidden = false;
  addEventListener('popstate', readLink);
  readLink();
}

/** How many are shown, of how many. */
export interface Shown {
  readonly n: number;
  readonly m: number;
}

type Field = HTMLSelectElement | HTMLInputElement;

/** As words are compared: without case and accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

function toOrdered({ dataset }: HTMLElement): OrderedEvent {
  return {
    since: dataset['since'] ?? '',
    strength: Number(dataset['strength'] ?? 0),
    days: Number(dataset['days'] ?? 0),
  };
}

type Wrong = readonly [
  'too_long' | 'unknown_parameter' | 'unknown_value' | 'repeated',
  string,
  string,
];

/** What was not understood, in words; the words are fetched only when there is something to say. */
async function sayWrong(place: Element, wrong: readonly Wrong[]): Promise<void> {
  const [{ formatNotice, toNotice }, { capNotices }] = await Promise.all([
    import('../state/notice.ts'),
    import('../state/state.ts'),
  ]);
  place.replaceChildren(
    ...capNotices(wrong.map(([reason, name, value]) => toNotice(reason, name, value))).map(
      (notice) => {
        const line = document.createElement('p');
        line.textContent = formatNotice(notice);
        return line;
      },
    ),
  );
}
