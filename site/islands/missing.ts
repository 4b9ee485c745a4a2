/**
 * On the page for addresses without one: goes on to the page that was meant, where there is one, or offers a search for it. That of
 * a fixed frame that is no longer kept goes on to the newest of its chart.
 */
import './page-language.ts';
import { liveAbove, NOT_KEPT } from '../export/embed-links.ts';
import { translate } from '../i18n/translate.ts';
import { meantPath, searchedWords } from '../state/meant.ts';
import { fileAddress, pageAddress } from './address.ts';

const place = document.querySelector<HTMLElement>('[data-part="meant"]');
const home = new URL(pageAddress('')).pathname;
const { pathname, search, hash } = location;

if (place !== null && pathname.startsWith(home)) {
  const path = pathname.slice(home.length);
  const live = liveAbove(path);
  if (live === null) void lead(place, path);
  else location.replace(`${fileAddress(live)}${search === '' ? '?' : `${search}&`}${NOT_KEPT}`);
}

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
