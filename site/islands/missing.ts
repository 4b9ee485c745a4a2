/** On the page for addresses without one: goes on to the page that was meant, where there is one, or offers a search for it. */
import './page-language.ts';
import { translate } from '../i18n/translate.ts';
import { meantPath, searchedWords } from '../state/meant.ts';
import { pageAddress } from './address.ts';

const place = document.querySelector<HTMLElement>('[data-part="meant"]');
const home = new URL(pageAddress('')).pathname;
const { pathname, search, hash } = location;

if (place !== null && pathname.startsWith(home)) void lead(place, pathname.slice(home.length));

async function lead(offer: HTMLElement, path: string): Promise<void> {
  const meant = meantPath(path);
  if (meant !== null) {
    const url = new URL(pageAddress(meant));
    const answer = await fetch(url, { method: 'HEAD' }).catch(() => null);
    if (answer?.ok === true) {
      url.search = search;
      url.hash = hash;
      location.replace(url);
      return;
    }
  }
  const words = searchedWords(path);
  const link = offer.querySelector('a');
  if (words === '' || link === null) return;
  link.href = `${pageAddress('search/')}#q=${encodeURIComponent(words)}`;
  link.textContent = translate('missing.search', { words });
  offer.hidden = false;
}
