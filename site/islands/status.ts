/** What the filter bar says about itself: notices, progress, errors. All in live regions. */
import { element } from './element.ts';
import { formatBytes } from '../i18n/bytes.ts';
import { translate } from '../i18n/translate.ts';
import type { Progress } from '../engine/wasm/download.ts';
import { EngineFailure } from '../engine/wasm/failure.ts';
import { formatNotice, type Notice } from '../state/notice.ts';

export interface StatusLine {
  showNotices(notices: readonly Notice[]): void;
  /** What shows how far a question's files are, until `signal` says that the question is not wanted anymore. */
  progressUntil(signal: AbortSignal): (progress: Progress) => void;
  /** The work is going on, without a known end; `text` says what is being done. */
  showWorking(text?: string): void;
  /** A sentence on what is drawn now; '' clears everything but the notices. */
  showResult(text: string): void;
  /** What is wrong and what to do, where trying again would not help. */
  showFault(text: string): void;
  /** What is wrong and what to do; the page stays as it was. `retry` is offered as a button. */
  showFailure(error: unknown, retry: () => void): void;
}

/** Finds its places inside `root` by `data-status`. */
export function openStatus(root: HTMLElement): StatusLine {
  const notices = part(root, 'notices');
  const line = part(root, 'line');
  const failure = part(root, 'failure');
  const bar = root.querySelector<HTMLProgressElement>('progress');
  /** What goes wrong stays said while other files still arrive. */
  let failed = false;
  const hideBar = (): void => {
    if (bar !== null) bar.hidden = true;
  };
  const showProgress = ({ part: what, loaded, total }: Progress): void => {
    failure.replaceChildren();
    if (bar !== null) {
      bar.hidden = false;
      bar.max = Math.max(total, 1);
      bar.value = Math.min(loaded, total);
    }
    const text = translate(`filter.loading.${what}`, { total: formatBytes(total) });
    // Written once per part, so that it is read out once and not with every piece that arrives.
    if (line.textContent !== text) line.textContent = text;
  };
  return {
    showNotices(given) {
      notices.replaceChildren(...given.map((notice) => element('p', formatNotice(notice))));
    },
    progressUntil(signal) {
      return (progress) => {
        if (!signal.aborted && !failed) showProgress(progress);
      };
    },
    showWorking(text = '') {
      failed = false;
      failure.replaceChildren();
      if (text !== '') line.textContent = text;
      if (bar === null) return;
      if (text !== '') bar.hidden = false;
      bar.removeAttribute('value');
    },
    showResult(text) {
      failed = false;
      failure.replaceChildren();
      hideBar();
      line.textContent = text;
    },
    showFault(text) {
      failed = true;
      hideBar();
      line.textContent = '';
      failure.replaceChildren(element('p', text));
    },
    showFailure(error, retry) {
      failed = true;
      hideBar();
      line.textContent = '';
      const known = error instanceof EngineFailure ? error : new EngineFailure('query', {}, error);
      const again = document.createElement('button');
      again.type = 'button';
      again.textContent = translate('filter.retry');
      again.addEventListener('click', retry);
      const words = element('p', `${known.message} ${known.todo}`);
      failure.replaceChildren(words, again);
      // An open list would lie over the words.
      for (const open of root.querySelectorAll('details.choices[open]'))
        open.removeAttribute('open');
    },
  };
}

function part(root: HTMLElement, name: string): HTMLElement {
  const found = root.querySelector<HTMLElement>(`[data-status="${name}"]`);
  if (found === null) throw new Error(`The filter bar has no place for its ${name}.`);
  return found;
}
