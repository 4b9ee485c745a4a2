/** `/changed/`: a link in, what its numbers were, what they are now, and why. */
import './page-language.ts';
import { translate } from '../i18n/translate.ts';
import { parsePermalink } from '../state/permalink.ts';
import { openStatus } from './status.ts';

const root = document.querySelector<HTMLElement>('#changed');
const form = root?.querySelector('form') ?? null;

if (root !== null && form !== null) startChanged(root, form);

function startChanged(place: HTMLElement, controls: HTMLFormElement): void {
  const status = openStatus(place);
  const field = controls.querySelector<HTMLInputElement>('input[name="link"]');
  const answer = place.querySelector<HTMLElement>('[data-part="answer"]');
  if (field === null || answer === null) return;
  let running = new AbortController();

  const compare = (): void => {
    running.abort();
    running = new AbortController();
    const { signal } = running;
    answer.replaceChildren();
    const link = parsePermalink(field.value, document.documentElement.dataset['base']);
    if (link === null) {
      status.showResult(translate('changed.no_link'));
      return;
    }
    status.showWorking();
    import('./changed-answer.ts')
      .then(async ({ compareReleases }) => compareReleases(link, status.progressUntil(signal)))
      .then((nodes) => {
        if (signal.aborted) return;
        status.showResult('');
        answer.replaceChildren(...nodes);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) status.showFailure(error, compare);
      });
  };

  controls.addEventListener('submit', (event) => {
    event.preventDefault();
    history.pushState(
      null,
      '',
      `${location.pathname}?link=${encodeURIComponent(field.value.trim())}`,
    );
    compare();
  });
  const read = (): void => {
    field.value = new URLSearchParams(location.search).get('link') ?? '';
    if (field.value !== '') compare();
  };
  addEventListener('popstate', read);
  read();
}
