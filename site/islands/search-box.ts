/** Waits until someone turns to the search box; what searches is fetched then. */
const box = document.querySelector<HTMLElement>('.search-box');

if (box !== null) {
  const begin = (): void => {
    box.removeEventListener('focusin', begin);
    void import('./search.ts').then(({ openSearch }) => openSearch(box));
  };
  box.addEventListener('focusin', begin);
  const results = document.querySelector<HTMLElement>('[data-search-results]');
  const asked = new URLSearchParams(location.search).get('q')?.trim() ?? '';
  if (results !== null && asked !== '') {
    void import('./search.ts').then(async ({ showResults }) => showResults(box, results, asked));
  }
}
