/** A figure with its answer. */
import type { Ask } from '../catalog/ask.ts';
import type { Figure } from './figure.ts';
import type { FigureRequest } from './request.ts';

/** Null: there is nothing to show. */
export async function askFigure<Answer, View>(
  ask: Ask,
  figure: Figure<Answer, View>,
  request: FigureRequest,
): Promise<{ readonly answer: Answer; readonly view: View } | null> {
  const answer = await figure.ask(ask, request);
  const view = answer === null ? null : figure.view(answer, request);
  return answer === null || view === null ? null : { answer, view };
}
