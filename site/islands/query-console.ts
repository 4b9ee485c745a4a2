/**
 * First script of the SQL console. The fragment is the state; a link with a query runs it. The editor comes at once,
 * the engine when the reader turns to it, tables when they run something.
 */
import './page-language.ts';
import { formatQueryLink, parseQueryLink, type QueryLink } from '../state/query-link.ts';
import { TABLE_NAMES } from '../../data-build/contract/table-names.ts';
import { translate } from '../i18n/translate.ts';
import type { QueryEditor } from './query-editor.ts';
import { fetchEngineAhead, fetchOnIntent } from './engine-intent.ts';
import { openStatus } from './status.ts';
import { beginTurn } from './turn.ts';

const root = document.querySelector<HTMLElement>('#console');
const form = root?.querySelector('form') ?? null;
const field = form?.querySelector('textarea') ?? null;

if (root !== null && form !== null && field !== null) startConsole(root, form, field);

function startConsole(
  place: HTMLElement,
  controls: HTMLFormElement,
  text: HTMLTextAreaElement,
): void {
  const status = openStatus(place);
  const cancel = place.querySelector<HTMLButtonElement>('[data-action="cancel"]');
  const floors = controls.querySelector<HTMLInputElement>('input[name="floors"]');
  const said = place.querySelector('[data-part="copied"]');
  let running = new AbortController();
  let editor: QueryEditor | null = null;

  const read = (): QueryLink => ({
    sql: editor?.read() ?? text.value,
    floors: floors?.checked ?? true,
  });
  const write = ({ sql, floors: held }: QueryLink): void => {
    if (editor === null) text.value = sql;
    else editor.write(sql);
    if (floors !== null) floors.checked = held;
  };

  const run = (allowed = false): void => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    const wanted = read();
    const end = beginTurn(place);
    const link = formatQueryLink(wanted);
    if (link !== '' && link !== location.hash) history.pushState(null, '', link);
    status.showResult(translate('console.reading'));
    if (cancel !== null) cancel.hidden = false;
    import('./query-answer.ts')
      .then(async ({ answerQuery }) =>
        answerQuery({
          place,
          status,
          wanted,
          allowed,
          signal,
          again: () => run(true),
          reveal: (at) => editor?.reveal(at),
        }),
      )
      .catch((error: unknown) => {
        if (signal.aborted) return;
        status.showFailure(error, () => run(allowed));
      })
      .finally(() => {
        if (running.signal === signal && cancel !== null) cancel.hidden = true;
        end();
      });
  };

  const readLink = (): void => {
    const link = parseQueryLink(location.hash);
    if (link === null) return;
    write(link);
    run();
  };

  controls.addEventListener('submit', (event) => {
    event.preventDefault();
    run();
  });
  floors?.addEventListener('change', () => {
    const shown = place.querySelector('[data-part="answer"]')?.childElementCount ?? 0;
    if (shown > 0) run(true);
  });
  cancel?.addEventListener('click', () => {
    running.abort();
    cancel.hidden = true;
    status.showResult(translate('console.cancelled'));
    editor?.focus();
  });
  place.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element
        ? event.target.closest<HTMLElement>('button[data-insert]')
        : null;
    const name = button?.dataset['insert'];
    if (name === undefined) return;
    if (editor === null) text.setRangeText(name, text.selectionStart, text.selectionEnd, 'end');
    else editor.insert(name);
  });
  place.querySelector('[data-action="copy-link"]')?.addEventListener('click', () => {
    const url = new URL(location.href);
    url.hash = formatQueryLink(read());
    navigator.clipboard.writeText(url.href).then(
      () => {
        if (said !== null) said.textContent = translate('console.copied');
      },
      () => {
        if (said !== null) said.textContent = translate('console.copy_failed');
      },
    );
  });
  // Links to examples, back and forward change the fragment alone; each of them is told once by this.
  addEventListener('hashchange', readLink);

  fetchOnIntent(controls, fetchEngineAhead);
  readLink();
  void import('./query-editor.ts').then(({ openQueryEditor }) => {
    editor = openQueryEditor(text, TABLE_NAMES, () => run());
  });
}
