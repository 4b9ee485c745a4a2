/** A figure with its answer. */
import type { Ask } from '../catalog/ask.ts';
import type { Figure } from './figure.ts';
import { withoutFilter, type FigureRequest } from './request.ts';

/** Null: there is nothing to show. What follows no filter is of all tests, so that no sentence counts some with all. */
export async function askFigure<Answer, View>(
  ask: Ask,
  figure: Figure<Answer, View>,
  asked: FigureRequest,
): Promise<{ readonly answer: Answer; readonly view: View } | null> {
  const request = figure.follow === undefined ? withoutFilter(asked) : asked;
  const answer = await figure.ask(ask, request);
  const view = answer === null ? null : figure.view(answer, request);
  return answer === null || view === null ? null : { answer, view };
}
