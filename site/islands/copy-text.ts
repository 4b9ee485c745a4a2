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

/** The link over the sentences copies the first of them; what came of it is said beside the link. */
export function copyFirst(link: Element): void {
  const text = document.querySelector<HTMLElement>('#safe [data-copy]');
  const answer = link
    .closest('ul')
    ?.parentElement?.querySelector<HTMLElement>(':scope > .lead-answer');
  const list = text?.closest<HTMLElement>('[data-copy-label]');
  if (text === null || answer === null || answer === undefined) return;
  void copy(toText(text)).then((done) => {
    answer.textContent = list?.dataset[done ? 'copied' : 'copyFailed'] ?? '';
    if (!done) location.hash = 'safe';
  });
}

/** The text with its address made whole: a page does not know at build where it will be served. */
function toText(text: HTMLElement): string {
  const url = text.dataset['url'] ?? '';
  const words = text.textContent.trim();
  return url !== '' && words.endsWith(` ${url}`)
    ? words.slice(0, -url.length) + new URL(url, location.href).href
    : words;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
