/**
 * The filter bar of a country page. The link is the state: every change goes there first, and what is drawn
 * follows it. Without parameters the page is as it was published, and nothing is loaded.
 */
import { parseAsn, toDay, type Day } from '../../data-build/contract/brands.ts';
import { translate } from '../i18n/translate.ts';
import type { Ask } from '../catalog/ask.ts';
import type { ProgressListener } from '../engine/wasm/download.ts';
import { leaveUnknownTests } from '../state/known-tests.ts';
import type { Notice } from '../state/notice.ts';
import { EMPTY_STATE, type ExplorerState } from '../state/parameters.ts';
import { formatState, isEmptyState, parseState } from '../state/state.ts';
import { rememberAnswers } from '../catalog/remember.ts';
import type { Chosen } from '../figures/figure.ts';
import { toFrame } from '../figures/page-days.ts';
import { knownDataTable, openDataTable } from './data-table.ts';
import { answerQuestion, getReadyFor } from './engine-loader.ts';
import { parseLink, readScope, toChosen } from './country-link.ts';
import { openPlaceData } from './place-data.ts';
import { drawHidden, forgetHidden } from './figure-drawings.ts';
import { redrawSelection } from './figure-selection.ts';
import { forgetShown } from './shown.ts';
import { completeTable } from './whole-table.ts';
import { listFollowers, type Filling, type Follower } from './followers.ts';
import { offeredTests, readForm, writeForm } from './filter-form.ts';
import { openStatus } from './status.ts';
import { addTableControls } from './table-controls.ts';
import { beginTurn } from './turn.ts';

export interface Explorer {
  /** Takes over what the controls said when the explorer was started, before it set them to the link. */
  takeForm(): void;
  /** Keys are network numbers. */
  chooseNetworks(keys: readonly string[]): void;
  /** Reads what the next question is likely to need. */
  getReady(): Promise<void>;
  /** Shows the days that a `zoomdays` event names. */
  zoom(days: unknown): void;
}

/** Wait after the last key before asking, in milliseconds: a day is typed in several. */
const TYPING_MS = 250;

let started: Explorer | undefined;

/** Starts once per page. Reads the link, and draws when it asks for something. `manifest`: the answer that has it. */
export function startExplorer(root: HTMLElement, manifest: Promise<Response>): Explorer {
  started ??= createExplorer(root, manifest);
  return started;
}

function createExplorer(root: HTMLElement, manifest: Promise<Response>): Explorer {
  const form = root.querySelector('form');
  if (form === null) throw new Error('The filter bar has no form.');
  const page = readScope(root);
  const status = openStatus(root);
  const subject = { kind: 'country', probeCc: page.probeCc } as const;
  const data = openPlaceData(page.probeCc, manifest);
  const published = keepPublished();
  let state = EMPTY_STATE;
  /** Whether the page shows anything but what was published. */
  let drawn = false;
  let running = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const readLink = (): void => {
    const { state: linked, notices } = leaveUnknownTests(
      parseLink(location.search, page),
      offeredTests(form),
    );
    state = linked;
    show(notices, 0);
  };

  /** Controls first, so that the page answers at once; then the drawing. */
  const show = (notices: readonly Notice[], pause: number): void => {
    running.abort();
    running = new AbortController();
    clearTimeout(timer);
    const end = beginTurn(root);
    writeForm(form, state);
    root.toggleAttribute('data-filtered', !isEmptyState(state));
    for (const line of document.querySelectorAll<HTMLElement>('[data-as-published]'))
      line.hidden = isEmptyState(state);
    if (notices.length > 0 || !isEmptyState(state))
      for (const fold of document.querySelectorAll('#explore > .fold, details.more:has(figure)'))
        fold.setAttribute('open', '');
    const { frame, notices: more } = toFrame(state, page);
    status.showNotices([...notices, ...more]);
    if (isEmptyState(state)) {
      if (drawn) published.restore();
      for (const figure of document.querySelectorAll('figure[aria-busy]'))
        figure.removeAttribute('aria-busy');
      drawn = false;
      status.showResult('');
      end();
      return;
    }
    const { signal } = running;
    const wanted = state;
    timer = setTimeout(() => {
      status.showWorking();
      draw(wanted, toChosen(wanted, frame), signal)
        .then(async () => drawHidden(nextTask, signal))
        .catch(async (error: unknown) => {
          if (signal.aborted) return;
          status.showFailure(error, () => {
            show(notices, 0);
          });
          await drawHidden(nextTask, signal);
        })
        .finally(end);
    }, pause);
  };

  const draw = async (
    wanted: ExplorerState,
    chosen: Chosen,
    signal: AbortSignal,
  ): Promise<void> => {
    /** What is drawn, once something is. */
    let result = '';
    const showProgress = status.progressUntil(signal);
    const tellProgress: ProgressListener = (progress) => {
      // A chart that waits for data is marked in its place; an engine is told.
      if (result === '' || progress.part !== 'data') showProgress(progress);
    };
    const ask: Ask = async (query, scope) => {
      const files = await data.filesOf(query, scope);
      signal.throwIfAborted();
      return answerQuestion(query, files, tellProgress, signal);
    };
    const about = { subject, chosen, manifest: await data.describe() };
    signal.throwIfAborted();
    const remembering = rememberAnswers(ask);
    /** Each who asks goes on in a task of its own. */
    const askInTurn: Ask = async (query, scope) => {
      const rows = await remembering(query, scope);
      await nextTask();
      return rows;
    };
    const ready = async (some: readonly Follower[]) => {
      const fillings = await Promise.all(
        some.map(async (follower) => ({
          isSeen: follower.isSeen,
          ...(await follower.ask(askInTurn, about)),
        })),
      );
      signal.throwIfAborted();
      return fillings;
    };
    const readyTables = (): void => {
      addTableControls(document);
      for (const table of document.querySelectorAll<HTMLTableElement>(
        '[data-ticks="probe_asn"] .table > table',
      ))
        openDataTable(table).select(wanted.probe_asn.map(String));
    };
    /** One by one, so that the page answers a reader in between. */
    const fillLater = async (fillings: readonly Filling[]): Promise<void> => {
      for (const { fill } of fillings) {
        await nextTask();
        signal.throwIfAborted();
        fill();
      }
    };
    const [first, ...others] = inOrder(listFollowers(document));
    const fillings = await ready(first);
    for (const follower of [...first, ...others.flat()]) follower.wait();
    await nextTask();
    signal.throwIfAborted();
    const filled = new Set(fillings.filter(({ isSeen }) => isSeen()));
    for (const { fill } of filled) fill();
    readyTables();
    drawn = true;
    const title = fillings.find((filling) => filling.title !== null)?.title ?? '';
    result = translate('filter.result', { title });
    status.showResult(result);
    await fillLater(fillings.filter((filling) => !filled.has(filling)));
    for (const some of others) {
      await fillLater(await ready(some));
      readyTables();
    }
    status.showResult(result);
  };

  const change = (next: ExplorerState, pause = 0): void => {
    const before = formatState(state);
    state = next;
    const link = formatState(next);
    if (link === before) {
      writeForm(form, state);
      return;
    }
    history.pushState(null, '', `${location.pathname}${link}${location.hash}`);
    show(parseState(link).notices, pause);
  };

  form.addEventListener('input', (event) => {
    const type = event.target instanceof HTMLInputElement ? event.target.type : '';
    if (type === 'search') return;
    change(readForm(form, state), type === 'date' ? TYPING_MS : 0);
  });
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    change(EMPTY_STATE);
  });
  addEventListener('popstate', readLink);
  const touched = readForm(form, parseLink(location.search, page).state);
  // Without parameters nothing is asked.
  if (location.search.length > 1) readLink();
  else writeForm(form, state);

  return {
    takeForm() {
      change(touched);
    },
    chooseNetworks(keys) {
      const probe_asn = keys.map(parseAsn).filter((asn) => asn !== null);
      change({ ...state, probe_asn });
    },
    async getReady() {
      try {
        const ask: Ask = async (query, scope) => {
          await getReadyFor(query, await data.filesOf(query, scope));
          return [];
        };
        const about = { subject, manifest: await data.describe() };
        const chosen = toChosen(state, toFrame(state, page).frame);
        const [first, second] = inOrder(listFollowers(document));
        for (const some of [first, second])
          await Promise.all(some.map(async (follower) => follower.ask(ask, { ...about, chosen })));
      } catch {
        // Who asks is told, and can try again.
      }
    },
    zoom(days) {
      const named = new Map<string, unknown>(Object.entries(days ?? {}));
      const dayOf = (name: string): Day | null => {
        const text = named.get(name);
        return typeof text === 'string' ? toDay(text) : null;
      };
      change({ ...state, since: dayOf('since'), until: dayOf('until') });
    },
  };
}

/** The one that says what is drawn and those that are seen, the others, and those that come last: so a slow line brings first what is looked at. */
function inOrder(
  followers: readonly Follower[],
): readonly [readonly Follower[], readonly Follower[], readonly Follower[]] {
  const about = followers.filter(({ later }) => !later);
  const first = new Set(about.filter((follower, at) => at === 0 || follower.isSeen()));
  return [
    [...first],
    about.filter((follower) => !first.has(follower)),
    followers.filter(({ later }) => later),
  ];
}

/** Lets a reader be answered. A timer would wait longer the more of them follow one another. */
async function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
  port1.close();
}

/** Remembers figures and summary as they were published. */
function keepPublished(): { restore(): void } {
  for (const table of document.querySelectorAll('table')) knownDataTable(table)?.unfold();
  const places = [
    ...document.querySelectorAll<HTMLElement>('figure[data-chart], [data-part="summary"]'),
  ].map((place) => {
    const { rows } = place.dataset;
    return { place, rows, copy: place.cloneNode(true) };
  });
  return {
    restore() {
      const active = document.activeElement;
      const key = active instanceof HTMLInputElement ? active.dataset['select'] : undefined;
      for (const { place, rows, copy } of places) {
        place.replaceChildren(...copy.cloneNode(true).childNodes);
        if (rows !== undefined) place.dataset['rows'] = rows;
        forgetShown(place);
        forgetHidden(place);
        if (place.matches('figure')) void redrawSelection(place);
        if (place.querySelector('details[open] table[data-cut]') !== null)
          void completeTable(place);
      }
      if (key !== undefined)
        document.querySelector<HTMLElement>(`input[data-select="${CSS.escape(key)}"]`)?.focus();
    },
  };
}
