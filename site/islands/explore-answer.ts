/** From a state to what stands in the page: sizes first, then files, the query, the figure, its SQL. */
import type { Ask } from '../catalog/ask.ts';
import { totalBytes } from '../catalog/files.ts';
import { formatBytes } from '../i18n/bytes.ts';
import { translate } from '../i18n/translate.ts';
import { toNotice, type Notice } from '../state/notice.ts';
import type { ExplorerState } from '../state/parameters.ts';
import { fetchEngineAhead } from './engine-intent.ts';
import { answerQuestion, describeData, getReadyFor } from './engine-loader.ts';
import { loadShapes } from './map-shapes.ts';
import { drawAnswer } from './explore-figure.ts';
import { askFigure } from '../figures/ask-figure.ts';
import { explore } from '../figures/explore/figure.ts';
import { planExplore } from '../figures/explore/plan.ts';
import type { StatusLine } from './status.ts';

export interface AnswerRequest {
  readonly place: HTMLElement;
  readonly status: StatusLine;
  readonly state: ExplorerState;
  readonly notices: readonly Notice[];
  readonly signal: AbortSignal;
  /** The reader has agreed to a large download. */
  readonly allowed: boolean;
  /** Asks again with that agreement. */
  readonly again: () => void;
}

/** Above either of these a question is not run before the reader agrees. */
export const LARGE = { bytes: 20_000_000, rows: 5_000_000 } as const;

/** Fetches what a chart is drawn from before it is asked for: small files that are read as they are, else the engine. */
export async function getReady(state: ExplorerState): Promise<void> {
  const { asked, files } = planExplore(await describeData(), state);
  const ready = await Promise.all(asked.map(async (query) => getReadyFor(query, files)));
  if (ready.includes(false)) await fetchEngineAhead();
}

export async function answer(request: AnswerRequest): Promise<void> {
  const { status, state, signal, notices, allowed } = request;
  const manifest = await describeData();
  signal.throwIfAborted();
  const plan = planExplore(manifest, state);
  status.showNotices([...notices, ...plan.notices]);
  const files = [...plan.files.values()].flat();
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const bytes = totalBytes(files);
  if (!allowed && (bytes > LARGE.bytes || rows > LARGE.rows)) {
    warn(request, files.length, rows, bytes);
    return;
  }
  const shapes = plan.question.onMap ? loadShapes() : Promise.resolve(true);
  status.showWorking(translate('explore.working', { rows: translate('count.rows', { n: rows }) }));
  const shaped = await untilAborted(shapes, signal);
  const ask: Ask = async (query) =>
    untilAborted(answerQuestion(query, plan.files, status.progressUntil(signal), signal), signal);
  const made = await askFigure(ask, explore, plan.request);
  signal.throwIfAborted();
  if (made === null) return;
  status.showNotices([
    ...notices,
    ...plan.notices,
    ...made.view.notices,
    ...(!shaped ? [toNotice('no_shapes', 'view', 'map')] : []),
  ]);
  drawAnswer(request.place, state, made.view, manifest);
  request.place.querySelector('[data-part="answer"] figure')?.scrollIntoView({ block: 'nearest' });
  status.showResult(
    translate('explore.drawn', {
      files: translate('count.files', { n: files.length }),
      bytes: formatBytes(bytes),
    }),
  );
}

/** Names the size and offers to go on. */
function warn(
  { status, place, again }: AnswerRequest,
  files: number,
  rows: number,
  bytes: number,
): void {
  status.showResult(
    translate('explore.large', {
      files: translate('count.files', { n: files }),
      rows: translate('count.rows', { n: rows }),
      bytes: formatBytes(bytes),
    }),
  );
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = translate('explore.large.go', { bytes: formatBytes(bytes) });
  button.addEventListener('click', again);
  place.querySelector('[data-part="answer"]')?.replaceChildren(button);
}

/** Rejects when the reader cancels; what is on its way may arrive and be kept for the next time. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(new DOMException('Aborted', 'AbortError'));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
