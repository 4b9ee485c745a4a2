/** Says so when a link names another data release than the one the page was made of, and leads to the difference. */
import { translate } from '../i18n/translate.ts';
import { pageAddress } from './address.ts';

export function showReleaseNote(wanted: string, own: string): void {
  const note = document.createElement('p');
  note.className = 'release-note';
  note.setAttribute('role', 'note');
  const link = document.createElement('a');
  link.href = pageAddress(`changed/?link=${encodeURIComponent(location.href)}`);
  link.textContent = translate('release.changed');
  note.append(translate('release.other', { wanted, own }), ' ', link);
  document.querySelector('main')?.prepend(note);
}
