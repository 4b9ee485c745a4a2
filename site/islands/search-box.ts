/** Waits until someone turns to the search box; what searches is fetched then. */
import { pageAddress } from './address.ts';

const box = document.querySelector<HTMLElement>('.search-box');
const results = document.querySelector<HTMLElement>('[data-search-results]');

if (box !== null) {
  const begin = (): void => {
    box.removeEventListener('focusin', begin);
    void import('./search.ts').then(({ openSearch }) => openSearch(box));
  };
  box.addEventListener('focusin', begin);
  // What is behind the # stays on the device: no host sees what a reader looks for.
  box.querySelector('form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    const asked = box.querySelector('input')?.value.trim() ?? '';
    location.assign(`${pageAddress('search/')}#q=${encodeURIComponent(asked)}`);
  });
  const showAsked = (): void => {
    const asked = askedFor();
    if (results !== null && asked !== '')
      void import('./search.ts').then(async ({ showResults }) => showResults(box, results, asked));
  };
  if (results !== null) addEventListener('hashchange', showAsked);
  showAsked();
}

/** What the address asks for: links of earlier releases, and forms without scripts, have it before the #. */
function askedFor(): string {
  const { hash, search } = location;
  const asked = new URLSearchParams(hash.slice(1)).get('q') ?? new URLSearchParams(search).get('q');
  return asked?.trim() ?? '';
}
