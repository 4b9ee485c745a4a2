/**
 * First script of the chart builder. The link is the state. Small: what draws is fetched when the reader asks for a
 * chart, or came with a link that names one.
 */
import './page-language.ts';
import type { Notice } from '../state/notice.ts';
import { isParameterName, type ExplorerState } from '../state/parameters.ts';
import { formatState, parseState } from '../state/state.ts';
import { translate } from '../i18n/translate.ts';
import { fetchOnIntent } from './engine-intent.ts';
import { offeredTests } from './filter-form.ts';
import { leaveUnknownTests } from '../state/known-tests.ts';
import { readBuilder, writeAsked, writeBuilder, writeChosen } from './builder-form.ts';
import { openStatus } from './status.ts';
import { beginTurn } from './turn.ts';

const root = document.querySelector<HTMLElement>('#builder');
const form = root?.querySelector('form') ?? null;

if (root !== null && form !== null) startBuilder(root, form);

function startBuilder(place: HTMLElement, controls: HTMLFormElement): void {
  const status = openStatus(place);
  const cancel = controls.querySelector<HTMLButtonElement>('[data-action="cancel"]');
  let running = new AbortController();
  let state: ExplorerState = parseState(location.search).state;

  const draw = (notices: readonly Notice[], allowed = false): void => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    const wanted = state;
    const end = beginTurn(place);
    status.showResult(translate('explore.reading'));
    if (cancel !== null) cancel.hidden = false;
    import('./explore-answer.ts')
      .then(async ({ answer }) =>
        answer({
          place,
          status,
          state: wanted,
          notices,
          signal,
          allowed,
          again: () => draw(notices, true),
        }),
      )
      .catch((error: unknown) => {
        if (signal.aborted) return;
        status.showFailure(error, () => draw(notices, allowed));
      })
      .finally(() => {
        if (running.signal === signal && cancel !== null) cancel.hidden = true;
        end();
      });
  };

  const readLink = (): void => {
    const { state: linked, notices } = leaveUnknownTests(
      parseState(location.search),
      offeredTests(controls),
    );
    state = linked;
    writeBuilder(controls, state);
    status.showNotices(notices);
    if (asksForSomething(location.search)) draw(notices);
  };

  controls.addEventListener('submit', (event) => {
    event.preventDefault();
    const read = readBuilder(controls, state);
    state = read.state;
    const link = `${location.pathname}${formatState(state)}`;
    if (link !== `${location.pathname}${location.search}`) history.pushState(null, '', link);
    writeBuilder(controls, state);
    draw(read.notices);
  });
  controls.addEventListener('reset', (event) => {
    event.preventDefault();
    running.abort();
    history.pushState(null, '', location.pathname);
    place.querySelector('[data-part="answer"]')?.replaceChildren();
    status.showResult('');
    readLink();
  });
  // Chart, table and map of one answer: the choice is part of the link like any other.
  place.addEventListener('click', (event) => {
    const tab = event.target instanceof Element ? event.target.closest('[data-view-choice]') : null;
    const select = controls.elements.namedItem('view');
    if (!(tab instanceof HTMLElement) || !(select instanceof HTMLSelectElement)) return;
    const wanted = tab.dataset['viewChoice'] ?? '';
    select.value = [...select.options].some(({ value }) => value === wanted) ? wanted : '';
    controls.requestSubmit();
  });
  place.addEventListener('zoomdays', (event) => {
    const detail: unknown = event instanceof CustomEvent ? event.detail : null;
    for (const name of ['since', 'until'] as const) {
      const field = controls.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = readDay(detail, name);
    }
    controls.requestSubmit();
  });
  cancel?.addEventListener('click', () => {
    running.abort();
    cancel.hidden = true;
    status.showResult(translate('explore.cancelled'));
    controls.querySelector<HTMLButtonElement>('[type="submit"]')?.focus();
  });
  controls.addEventListener('change', (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement && isParameterName(target.name))
      writeChosen(controls, target.name);
    writeAsked(controls);
  });
  controls.addEventListener('input', (event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement && target.hasAttribute('data-find-choice'))
      findChoice(target);
  });
  // The field finds in a list; Enter in it is not meant for the form.
  controls.addEventListener('keydown', (event) => {
    if (
      event.key === 'Enter' &&
      event.target instanceof HTMLElement &&
      event.target.hasAttribute('data-find-choice')
    )
      event.preventDefault();
    if (event.key === 'Escape') foldChoices(null, true);
  });
  document.addEventListener('pointerdown', (event) => {
    foldChoices(
      event.target instanceof Element ? event.target.closest('details.choices') : null,
      false,
    );
  });
  addEventListener('popstate', readLink);
  const submit = controls.querySelector<HTMLButtonElement>('[type="submit"]');
  const written = (): ExplorerState => readBuilder(controls, state).state;
  if (submit !== null)
    fetchOnIntent(
      submit,
      async () => (await import('./explore-answer.ts')).getReady(written()),
      () => formatState(written()),
    );
  readLink();

  function foldChoices(except: Element | null, focus: boolean): void {
    for (const open of controls.querySelectorAll('details.choices[open]')) {
      if (open === except) continue;
      const inside = open.contains(document.activeElement);
      open.removeAttribute('open');
      if (focus && inside) open.querySelector('summary')?.focus();
    }
  }
}

/** A day of a `zoomdays` event; '' for none. */
function readDay(detail: unknown, name: 'since' | 'until'): string {
  if (typeof detail !== 'object' || detail === null) return '';
  const found = new Map<string, unknown>(Object.entries(detail)).get(name);
  return typeof found === 'string' ? found : '';
}

/** Parameters of mail and social sites ask for nothing, nor does the release that a link was made of. */
function asksForSomething(search: string): boolean {
  return [...new URLSearchParams(search).keys()].some(
    (name) => isParameterName(name) && name !== 'release',
  );
}

function findChoice(field: HTMLInputElement): void {
  const wanted = field.value.trim().toLocaleLowerCase();
  for (const label of field.closest('fieldset')?.querySelectorAll<HTMLElement>('label') ?? []) {
    if (label.contains(field)) continue;
    label.hidden = !label.textContent.toLocaleLowerCase().includes(wanted);
  }
}
