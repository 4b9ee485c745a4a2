/** Says so when a link names another data release than the one the page was made of, and leads to the difference where the page has numbers. */
import { translate } from '../i18n/translate.ts';
import { parsePermalink } from '../state/permalink.ts';
import { pageAddress } from './address.ts';

export function showReleaseNote(wanted: string, own: string): void {
  const note = document.createElement('p');
  note.className = 'release-note';
  note.setAttribute('role', 'note');
  note.append(translate('release.other', { wanted, own }));
  // Lists and pages of text have no numbers that could be compared.
  if (parsePermalink(location.href, document.documentElement.dataset['base']) !== null) {
    const link = document.createElement('a');
    link.href = pageAddress(`changed/?link=${encodeURIComponent(location.href)}`);
    link.textContent = translate('release.changed');
    note.append(' ', link);
  }
  document.querySelector('main')?.prepend(note);
}
