/** Copy buttons beside texts that can be selected anyway: they take source and caveat along. */

/** Adds a button to every text under `root` that asks for one. */
export function addCopyButtons(root: ParentNode): void {
  for (const text of root.querySelectorAll<HTMLElement>('[data-copy]')) {
    const list = text.closest<HTMLElement>('[data-copy-label]');
    const actions = text.closest('li')?.querySelector('.actions');
    if (list === null || actions === null || actions === undefined) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = list.dataset['copyLabel'] ?? '';
    const answer = document.createElement('span');
    answer.setAttribute('role', 'status');
    button.addEventListener('click', () => {
      void copy(toText(text)).then((done) => {
        answer.textContent = list.dataset[done ? 'copied' : 'copyFailed'] ?? '';
        if (!done) text.closest('details')?.setAttribute('open', '');
      });
    });
    actions.prepend(button);
    actions.append(answer);
  }
}

/** The link under the headline copies it; what came of it is said under the link. */
export function copyHeadline(link: Element): void {
  const list = link.closest<HTMLElement>('.lead-actions');
  const text = list?.querySelector<HTMLElement>('[data-copy]') ?? null;
  const answer = list?.parentElement?.querySelector<HTMLElement>(':scope > .lead-answer');
  if (list === null || text === null || answer === null || answer === undefined) return;
  void copy(toText(text)).then((done) => {
    answer.textContent = list.dataset[done ? 'copied' : 'copyFailed'] ?? '';
    // Where copying is not allowed it comes to be seen, and can be selected.
    if (!done) location.hash = text.id;
  });
}

/** The text with the address at its end made whole: a page does not know at build where it will be served. */
function toText(text: HTMLElement): string {
  return text.textContent
    .trim()
    .replace(/(?<=\s)\/\S*$/, (address) => new URL(address, location.href).href);
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
