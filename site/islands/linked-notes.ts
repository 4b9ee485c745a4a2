/** A link with notes opens the picture of its chart with them, and says what of it was left aside. */
import { formatNotice, toNotice, type Notice } from '../state/notice.ts';
import { parseNotesLink } from '../state/notes-link.ts';
import { NOTES_PARAMETER } from '../state/parameters.ts';
import { element } from './element.ts';

/** `root`: the filter bar, whose answer is waited for; null: the page has none. */
export async function openLinkedNotes(root: HTMLElement | null): Promise<void> {
  const link = parseNotesLink(location.hash);
  if (link === null) return;
  const { chart } = link;
  const figure = chart === null ? null : document.getElementById(chart);
  const opener = figure?.querySelector<HTMLElement>('a[data-action="embed"]') ?? null;
  if (figure === null || opener === null) {
    const missing = chart === null ? [] : [toNotice('unknown_value', NOTES_PARAMETER, chart)];
    sayLeft([...link.notices, ...missing]);
    return;
  }
  if (root !== null) await untilAnswered(root);
  // The focus returns into what is open.
  for (let at = figure.parentElement; at !== null; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  const [{ readSubject }, { openShareDialog }] = await Promise.all([
    import('./share-subject.ts'),
    import('./share-dialog.ts'),
  ]);
  openShareDialog(await readSubject(figure), opener, link);
}

function sayLeft(notices: readonly Notice[]): void {
  const note = element('div', '');
  note.className = 'release-note';
  note.setAttribute('role', 'note');
  note.append(...notices.map((notice) => element('p', formatNotice(notice))));
  document.querySelector('main')?.prepend(note);
}

/** Resolves when the page shows what its address asks for. */
async function untilAnswered(root: HTMLElement): Promise<void> {
  const isDone = (): boolean => root.dataset['asked'] === root.dataset['answered'];
  if (isDone()) return;
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!isDone()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(root, { attributeFilter: ['data-answered'] });
  });
}
