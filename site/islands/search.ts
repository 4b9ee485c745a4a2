/** The search box as a combobox (ARIA 1.2, list autocomplete): arrows choose, Enter goes, Escape folds. */
import { translate } from '../i18n/translate.ts';
import type { SearchEntry } from '../view/search/score.ts';
import { findEntries, guessKind, isNamed } from '../view/search/search.ts';
import { pageAddress } from './address.ts';
import { loadIndex } from './search-index.ts';
import { beginTurn } from './turn.ts';

/** Options offered at once, and results on the page of results. */
const OFFERED = 8;
const LISTED = 100;

interface Found {
  readonly entries: readonly SearchEntry[];
  /** What it means that nothing was found, or not what was named; '' when it was. */
  readonly nothing: string;
}

let opened = false;

/** Makes the box work; a second call does nothing. */
export function openSearch(box: HTMLElement): void {
  const input = box.querySelector('input');
  const holder = box.querySelector<HTMLElement>('.search-list');
  const said = box.querySelector<HTMLElement>('.search-said');
  if (opened || input === null || holder === null || said === null) return;
  opened = true;
  const list = document.createElement('ul');
  list.id = 'search-options';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', translate('search.results'));
  holder.append(list);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');
  let options: readonly SearchEntry[] = [];
  let active = -1;
  let asked = 0;

  const fold = (): void => {
    asked += 1;
    options = [];
    active = -1;
    holder.hidden = true;
    list.replaceChildren();
    say('', true);
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const say = (text: string, quiet: boolean): void => {
    said.textContent = text;
    said.classList.toggle('quiet', quiet);
  };
  const choose = (next: number): void => {
    active = next;
    [...list.children].forEach((option, index) => {
      option.setAttribute('aria-selected', String(index === active));
      if (index === active) option.scrollIntoView({ block: 'nearest' });
    });
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `search-option-${active}`);
  };
  const offer = async (): Promise<void> => {
    const end = beginTurn(box);
    await answer();
    end();
  };
  const answer = async (): Promise<void> => {
    const text = input.value.trim();
    if (text === '') {
      fold();
      return;
    }
    asked += 1;
    const mine = asked;
    const found = await search(text, OFFERED).catch((): Found => ({
      entries: [],
      nothing: translate('search.failed'),
    }));
    // A later key has overtaken this answer.
    if (mine !== asked) return;
    options = found.entries;
    list.replaceChildren(...options.map(toOption));
    holder.hidden = options.length === 0;
    input.setAttribute('aria-expanded', String(options.length > 0));
    choose(-1);
    if (found.nothing === '') say(translate('search.count', { n: options.length }), true);
    else say(found.nothing, false);
  };

  input.addEventListener('input', () => void offer());
  input.addEventListener('keydown', (event) => {
    const { length } = options;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        event.preventDefault();
        if (length === 0) {
          void offer();
          return;
        }
        const step = event.key === 'ArrowDown' ? 1 : -1;
        // One place more than options: the field itself.
        choose(((active + 1 + step + length + 1) % (length + 1)) - 1);
        return;
      }
      case 'Escape':
        if (length > 0 || said.textContent !== '') event.preventDefault();
        fold();
        return;
      case 'Enter': {
        const option = options[active];
        if (option === undefined) return;
        event.preventDefault();
        go(option);
      }
    }
  });
  list.addEventListener('click', (event) => {
    const index =
      event.target instanceof Element
        ? [...list.children].indexOf(event.target.closest('li') ?? list)
        : -1;
    const option = options[index];
    if (option !== undefined) go(option);
  });
  box.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node && box.contains(event.relatedTarget))) fold();
  });
  // A press on an option must not take the focus from the field before the click arrives.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  if (input.value !== '') void offer();
}

let shown = 0;

/** Fills the page of results; the answer of an earlier call that comes late is dropped. */
export async function showResults(
  box: HTMLElement,
  place: HTMLElement,
  text: string,
): Promise<void> {
  const input = box.querySelector('input');
  if (input !== null) input.value = text.slice(0, 200);
  place.hidden = false;
  const count = place.querySelector('[data-part="count"]');
  const list = place.querySelector('.found');
  if (count !== null) count.textContent = translate('search.loading');
  shown += 1;
  const mine = shown;
  const found = await search(text.slice(0, 200), LISTED).catch((): Found => ({
    entries: [],
    nothing: translate('search.failed'),
  }));
  if (mine !== shown) return;
  if (count !== null)
    count.textContent =
      found.nothing === '' ? translate('search.count', { n: found.entries.length }) : found.nothing;
  list?.replaceChildren(
    ...found.entries.map((entry) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = addressOf(entry);
      link.textContent = entry.label;
      item.append(link, kindOf(entry));
      return item;
    }),
  );
}

async function search(text: string, most: number): Promise<Found> {
  const index = await loadIndex(text);
  const entries = findEntries(index.entries, text, most, index.calendar);
  const [untested] = findEntries(index.untested, text, 1);
  // A place that is named in full and has no tests is said so, beside others that only begin alike.
  const meant =
    untested !== undefined &&
    (entries.length === 0 ||
      (isNamed(untested, text) && !entries.some((one) => isNamed(one, text))));
  if (meant) {
    const words = { name: untested.label, code: untested.key };
    return { entries, nothing: translate('search.untested_place', words) };
  }
  if (entries.length > 0) return { entries, nothing: '' };
  const kind = guessKind(text);
  const key = kind === null ? 'search.unknown' : (`search.untested_${kind}` as const);
  return { entries, nothing: translate(key, { text }) };
}

function toOption(entry: SearchEntry, index: number): HTMLElement {
  const option = document.createElement('li');
  option.id = `search-option-${index}`;
  option.setAttribute('role', 'option');
  option.setAttribute('aria-selected', 'false');
  const label = document.createElement('span');
  label.textContent = entry.label;
  option.append(label, kindOf(entry));
  return option;
}

function kindOf({ kind, key }: SearchEntry): HTMLElement {
  const words = document.createElement('span');
  words.className = 'kind';
  const name = translate(`search.kind.${kind}`);
  words.textContent = kind === 'place' ? `${name} ${key}` : name;
  return words;
}

function go(entry: SearchEntry): void {
  location.assign(addressOf(entry));
}

function addressOf({ path }: SearchEntry): string {
  return pageAddress(path ?? '');
}
