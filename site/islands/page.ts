/**
 * The first script of every page. It adds controls to tables, makes charts reachable by keyboard, and waits: all
 * that can sort, filter or query is fetched when a reader first asks for it.
 */
import { addCopyButtons } from './copy-text.ts';
import { addTableControls } from './table-controls.ts';

const root = document.querySelector<HTMLElement>('#explore');
const form = root?.querySelector('form') ?? null;

addCopyButtons(document);
addTableControls(document, { find: root?.dataset['findLabel'] ?? null });
for (const drawing of document.querySelectorAll<HTMLElement>('figure[data-chart] .drawing')) {
  if (drawing.querySelector('.targets [data-period], [data-asn] [data-period]') === null) continue;
  drawing.tabIndex = 0;
  drawing.setAttribute('role', 'group');
  const help = root?.dataset['chartHelp'];
  if (help !== undefined) drawing.setAttribute('aria-label', help);
}

const loadExplorer = async () => {
  const { startExplorer } = await import('./country-explorer.ts');
  return root === null ? null : startExplorer(root);
};
const loadTables = async () => import('./data-table.ts');
const loadReadout = async () => import('../interact/readout.ts');

if (form !== null) {
  // Until the explorer listens for itself, the first change is handed to it by hand.
  const begin = (): void => {
    form.removeEventListener('input', begin);
    void loadExplorer().then((explorer) => {
      explorer?.takeForm();
    });
  };
  form.addEventListener('input', begin);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  if (location.search.length > 1) {
    form.removeEventListener('input', begin);
    void loadExplorer();
  }
}

/** Lists of choices fold up when the reader turns elsewhere. */
const foldChoices = (except: Element | null): void => {
  for (const open of form?.querySelectorAll('details.choices[open]') ?? [])
    if (open !== except) open.removeAttribute('open');
};
document.addEventListener('pointerdown', (event) => {
  foldChoices(closest(event, 'details.choices'));
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const inside = document.activeElement?.closest('details.choices[open]') ?? null;
  foldChoices(null);
  inside?.querySelector('summary')?.focus();
});

document.addEventListener('click', (event) => {
  const link = closest(event, 'a[data-action="embed"]');
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!(link instanceof HTMLAnchorElement) || !plain) return;
  event.preventDefault();
  Promise.all([import('./share-subject.ts'), import('./share-dialog.ts')])
    .then(async ([{ readSubject }, { openShareDialog }]) =>
      openShareDialog(await readSubject(link), link),
    )
    .catch(() => {
      // What the dialog could not read stands on the embed page itself.
      location.assign(link.href);
    });
});

document.addEventListener('click', (event) => {
  const button = closest(event, 'button[data-sort-column]');
  const table = button?.closest('table') ?? null;
  const header = button?.closest('th') ?? null;
  if (table === null || header === null) return;
  void loadTables().then(({ openDataTable }) => {
    openDataTable(table).toggleSort(header.cellIndex);
  });
});

document.addEventListener('input', (event) => {
  const field = closest(event, '[data-find] input');
  const table = field?.closest('[data-find]')?.nextElementSibling?.querySelector('table') ?? null;
  if (!(field instanceof HTMLInputElement) || table === null) return;
  void loadTables().then(({ openDataTable }) => {
    openDataTable(table).find(field.value);
  });
});

document.addEventListener('change', (event) => {
  const box = closest(event, 'input[data-select]');
  const table = box?.closest('table') ?? null;
  if (!(box instanceof HTMLInputElement) || table === null) return;
  void Promise.all([loadTables(), loadExplorer()]).then(([{ openDataTable }, explorer]) => {
    const keys = openDataTable(table).setSelected(box.dataset['select'] ?? '', box.checked);
    explorer?.chooseNetworks(keys);
  });
});

for (const type of ['pointerover', 'focusin', 'keydown'] as const) {
  document.addEventListener(type, (event) => {
    const drawing = closest(event, 'figure[data-chart] .drawing');
    if (!(drawing instanceof HTMLElement)) return;
    void loadReadout().then(({ openReadout }) => {
      openReadout(drawing).handle(event);
    });
  });
}

// Toggling does not bubble; catching it on the way down reaches figures that are drawn later, too.
document.addEventListener(
  'toggle',
  (event) => {
    const { target } = event;
    if (!(target instanceof HTMLDetailsElement) || !target.open) return;
    if (target.dataset['take'] === undefined) return;
    void import('./take-figure.ts').then(({ fillTake }) => {
      fillTake(target);
    });
  },
  true,
);

// A page does not know at build where it will be served; what is copied from it should.
for (const text of document.querySelectorAll<HTMLElement>('[data-origin]'))
  text.textContent = text.textContent.replaceAll(text.dataset['origin'] ?? '', location.origin);

const wanted = new URLSearchParams(location.search).get('release');
const own = document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? '';
if (wanted !== null && wanted !== own)
  void import('./release-note.ts').then(({ showReleaseNote }) => {
    showReleaseNote(wanted, own);
  });

function closest(event: Event, selector: string): Element | null {
  return event.target instanceof Element ? event.target.closest(selector) : null;
}
