/**
 * The first script of every page. It adds controls to tables, makes charts reachable by keyboard, and waits: all
 * that can sort, filter or query is fetched when a reader first asks for it.
 */
import './page-language.ts';
import { makeReachable } from '../interact/reachable.ts';
import { NARROW_BELOW } from '../charts/size.ts';
import { addCopyButtons, copyHeadline } from './copy-text.ts';
import { savesData } from './data-saver.ts';
import { addSeriesKeys, seriesAt } from './series-keys.ts';
import { addRowBoxes, addTableControls } from './table-controls.ts';
import { closest, once, selections, wholeTables } from './listen.ts';
import './page-drawings.ts';
import './page-tables.ts';
import { beginTurn } from './turn.ts';

const root = document.querySelector<HTMLElement>('#explore');
const form = root?.querySelector('form') ?? null;

addCopyButtons(document);
addTableControls(document);
for (const figure of document.querySelectorAll('figure[data-chart]')) addSeriesKeys(figure);
for (const drawing of document.querySelectorAll<HTMLElement>('figure[data-chart] .drawing'))
  makeReachable(drawing);

let manifest: Promise<Response> | undefined;
/** Where the data of the place lie; what every first answer reads of them comes beside the scripts. */
function fetchAhead({ dataset }: HTMLElement): Promise<Response> {
  for (const href of dataset['first']?.split(' ') ?? []) {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href });
    document.head.append(link);
  }
  return fetch(dataset['manifest'] ?? '');
}
const loadExplorer = async () => {
  if (root === null) return null;
  // What the first answer rests on, and what most questions are answered with, in the same round.
  manifest ??= fetchAhead(root);
  manifest.catch(() => undefined);
  const [{ startExplorer }] = await Promise.all([
    import('./country-explorer.ts'),
    import('../engine/plain-answers.ts').catch(() => null),
  ]);
  form?.removeEventListener('input', begin);
  return startExplorer(root, manifest);
};
/** Until the explorer listens itself, passes it the first change. */
const begin = (): void => {
  form?.removeEventListener('input', begin);
  void loadExplorer().then((explorer) => {
    explorer?.takeForm();
  });
};
const brush = once(async () => import('../interact/brush.ts'));

if (form !== null) {
  form.addEventListener('input', begin);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  if (location.search.length > 1) void loadExplorer();
}

/** Notes of a link, on a chart of this page. */
const openNotes = async (): Promise<void> => {
  if (!location.hash.includes('=') || document.querySelector('a[data-action="embed"]') === null)
    return;
  if (form !== null && location.search.length > 1) await loadExplorer();
  const { openLinkedNotes } = await import('./linked-notes.ts');
  await openLinkedNotes(root);
};
void openNotes();
addEventListener('hashchange', () => void openNotes());

const FOLDING = '#explore details.choices[open], details.column-choice[open]';
/** Lists of choices fold up when the reader turns elsewhere. */
const foldChoices = (except: Element | null): void => {
  for (const open of document.querySelectorAll(FOLDING))
    if (open !== except) open.removeAttribute('open');
};
document.addEventListener('pointerdown', (event) => {
  foldChoices(closest(event, 'details.choices, details.column-choice'));
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const inside = document.activeElement?.closest(FOLDING) ?? null;
  foldChoices(null);
  inside?.querySelector('summary')?.focus();
});

document.addEventListener('click', (event) => {
  const link = closest(event, 'a[data-action="embed"]');
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!(link instanceof HTMLAnchorElement) || !plain) return;
  event.preventDefault();
  const { of } = link.dataset;
  const figure = of === undefined ? link.closest('figure') : document.getElementById(of);
  if (figure === null) return;
  Promise.all([import('./share-subject.ts'), import('./share-dialog.ts')])
    .then(async ([{ readSubject }, { openShareDialog }]) =>
      openShareDialog(await readSubject(figure), link),
    )
    .catch(() => {
      // What the dialog could not read stands on the embed page itself.
      location.assign(link.href);
    });
});

const nameMeasurements = async (link: HTMLAnchorElement): Promise<void> => {
  const { evidenceOf } = await import('./figure-evidence.ts');
  link.href = (await evidenceOf(link)) ?? link.href;
};
// Before the click, so that a new tab opens the same.
for (const type of ['pointerover', 'focusin'] as const) {
  document.addEventListener(type, (event) => {
    const link = closest(event, 'a[data-action="measurements"]');
    // What cannot be fetched now is asked for again by the click.
    if (link instanceof HTMLAnchorElement) nameMeasurements(link).catch(() => undefined);
  });
}
document.addEventListener('click', (event) => {
  const link = closest(event, 'a[data-action="measurements"]');
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (!(link instanceof HTMLAnchorElement) || !plain) return;
  event.preventDefault();
  void nameMeasurements(link)
    .catch(() => undefined)
    .then(() => {
      location.assign(link.href);
    });
});

document.addEventListener('click', (event) => {
  const link = closest(event, '[data-action="copy-sentence"]');
  if (link === null) return;
  event.preventDefault();
  copyHeadline(link);
});

// Series of a chart, by its legend or by the buttons under it, and the way back to everything.
document.addEventListener('click', (event) => {
  const figure = closest(event, 'figure[data-chart]');
  if (!(figure instanceof HTMLElement)) return;
  const key =
    closest(event, '[data-series-key]')?.getAttribute('data-series-key') ??
    (closest(event, 'svg.chart') === null ? null : seriesAt(figure, event));
  if (key !== null) selections(({ toggleSeries }) => void toggleSeries(figure, key));
  if (closest(event, '[data-action="show-whole"]') !== null)
    selections(({ showWhole }) => void showWhole(figure));
});

document.addEventListener('rowschosen', (event) => {
  const figure = closest(event, 'figure[data-chart]');
  if (!(figure instanceof HTMLElement) || !(event instanceof CustomEvent)) return;
  const keys: unknown = event.detail;
  const rows = Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
  const { ticks } = figure.dataset;
  // Networks of a place are a filter of its page; the chart builder draws its own rows.
  if (ticks === undefined) selections(({ pickRows }) => void pickRows(figure, rows));
  else if (ticks === 'probe_asn' && root !== null)
    void loadExplorer().then((explorer) => explorer?.chooseNetworks(rows));
});

document.addEventListener('click', (event) => {
  const details = closest(event, '[data-action="verify"]')?.closest('[data-verify]');
  if (!(details instanceof HTMLElement)) return;
  const end = beginTurn(details);
  void import('./verify.ts').then(async ({ verifyFigure }) => verifyFigure(details)).finally(end);
});

document.addEventListener('click', (event) => {
  const statements = closest(event, 'summary')?.closest('[data-statements]') ?? null;
  if (statements !== null)
    void import('./verify.ts').then(({ linkConsole }) => {
      linkConsole(statements);
    });
});

document.addEventListener('click', (event) => {
  const list = closest(event, '[data-action="verify-all"]')?.closest('#verify');
  if (!(list instanceof HTMLElement)) return;
  const end = beginTurn(list);
  void import('./verify.ts').then(async ({ verifyAll }) => verifyAll(list)).finally(end);
});

// Charts that the page holds as drawn for a phone alone are drawn for their room before a reader comes to them, and in a
// fold that was opened with all that a finger may want to drag over.
const small = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const isWanted =
        boundingClientRect.width >= NARROW_BELOW || target.closest('details') !== null;
      if (!isIntersecting || !isWanted) continue;
      small.unobserve(target);
      if (target instanceof HTMLElement) selections(({ drawWide }) => void drawWide(target));
    }
  },
  { rootMargin: '50%' },
);
if (!savesData())
  for (const figure of document.querySelectorAll('figure[data-drawn="narrow"]'))
    small.observe(figure);

// A link to a check may have opened it before this script came.
if (document.querySelector('[data-verify][open]') !== null)
  void import('./verify.ts').then(({ openCheck }) => {
    for (const open of document.querySelectorAll<HTMLElement>('[data-verify][open]'))
      openCheck(open);
  });

// Nothing is looked up before a reader opens it, unless the page is kept already and may follow a new release.
const keep = document.querySelector<HTMLDetailsElement>('#keep');
if (keep !== null && 'serviceWorker' in navigator) {
  keep.hidden = false;
  const loadKeep = once(async () => import('./keep-place.ts'));
  let isOpened = false;
  const open = (): void => {
    if (isOpened) return;
    isOpened = true;
    loadKeep(({ openKeep }) => void openKeep(keep));
  };
  keep.addEventListener('toggle', open);
  // Also where the browser was told to load the page without what is kept.
  void navigator.serviceWorker.getRegistration().then(
    (registration) => {
      if (registration !== undefined) open();
    },
    () => undefined,
  );
}

// A drag across a chart over time zooms, where the page can draw it again.
if (root !== null || document.querySelector('#builder') !== null) {
  document.documentElement.dataset['zoom'] = '';
  // A mouse comes over the chart first; a finger drags at once, and what it does not find is lost.
  if (matchMedia('(any-pointer: coarse)').matches && !savesData())
    brush(() => {
      document.documentElement.dataset['zoom'] = 'ready';
    });
  for (const type of ['pointerdown', 'keydown'] as const) {
    document.addEventListener(type, (event) => {
      const drawing = closest(event, 'figure[data-chart] .drawing');
      if (!(drawing instanceof HTMLElement)) return;
      if (drawing.querySelector('.targets [data-period]') !== null)
        brush(({ openBrush }) => {
          openBrush(drawing).handle(event);
          document.documentElement.dataset['zoom'] = 'ready';
        });
    });
  }
}
document.addEventListener('zoomdays', (event) => {
  if (root === null || !(event instanceof CustomEvent)) return;
  const detail: unknown = event.detail;
  void loadExplorer().then((explorer) => explorer?.zoom(detail));
});

// Toggling does not bubble; catching it on the way down reaches figures that are drawn later, too.
document.addEventListener(
  'toggle',
  (event) => {
    const { target } = event;
    if (!(target instanceof HTMLDetailsElement) || !target.open) return;
    // Who opens the filter bar is about to ask.
    if (root !== null && target.parentElement === root && !savesData())
      void loadExplorer().then((explorer) => explorer?.getReady());
    if (target.dataset['verify'] !== undefined)
      void import('./verify.ts').then(({ openCheck }) => openCheck(target));
    const figure = target.closest('figure');
    if (figure === null) return;
    if (target.dataset['part'] === 'table') {
      for (const table of target.querySelectorAll('table')) addRowBoxes(table);
      if (target.querySelector('table[data-cut]') !== null)
        wholeTables(({ completeTable }) => void completeTable(figure));
    }
    if (target.matches('.how-to-read'))
      void import('./hear.ts').then(async ({ offerHearing }) => offerHearing(target, figure));
    if (target.dataset['take'] === 'download')
      void import('./figure-download.ts').then(async ({ fillDownload }) =>
        fillDownload(target, figure),
      );
    if (target.dataset['take'] === 'cite')
      void import('./figure-cite.ts').then(async ({ fillCite }) => fillCite(target, figure));
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
