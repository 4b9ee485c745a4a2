/** A figure of a page: asked and viewed as a browser would do it, with what was asked written down. */
import type { BuildData } from '../engine/build-data.ts';
import { askFigure } from '../figures/ask-figure.ts';
import type { Figure } from '../figures/figure.ts';
import { releaseOf, toRequest, type FigureRequest, type RequestBasis } from '../figures/request.ts';
import { recordAsk, type Asked } from './asked.ts';

export interface MadeFigure<View = unknown> {
  readonly figure: Figure;
  readonly request: FigureRequest;
  /** Plain JSON, from which `figure.view` makes the view again. */
  readonly answer: unknown;
  readonly view: View;
  readonly asked: Asked;
}

/** What is asked for in the release of this build. */
export type FigureBasis = Omit<RequestBasis, 'release'>;

/** Null: there is nothing to show. */
export async function makeFigure<Answer, View>(
  data: Pick<BuildData, 'ask' | 'manifest'>,
  figure: Figure<Answer, View>,
  basis: FigureBasis,
): Promise<MadeFigure<View> | null> {
  const request = toRequest(figure, { ...basis, release: releaseOf(data.manifest) });
  const { ask, asked } = recordAsk(data);
  const made = await askFigure(ask, figure, request);
  // A chart without data of any publisher is not published.
  if (made === null || figure.sources?.(made.view).length === 0) return null;
  return { figure, request, ...made, asked: asked() };
}

/** A figure whose answer is known. The questions of its check are listed without asking them. */
export async function makeKnownFigure<Answer, View>(
  { manifest }: Pick<BuildData, 'manifest'>,
  figure: Figure<Answer, View>,
  basis: FigureBasis,
  answer: Answer,
): Promise<MadeFigure<View> | null> {
  const request = toRequest(figure, { ...basis, release: releaseOf(manifest) });
  const { ask, asked } = recordAsk({ manifest, ask: () => Promise.resolve([]) });
  await figure.ask(ask, request);
  const view = figure.view(answer, request);
  return view === null ? null : { figure, request, answer, view, asked: asked() };
}

/** The figure of a page that cannot be without it. */
export function needFigure<View>(made: MadeFigure<View> | null): MadeFigure<View> {
  if (made === null) throw new Error('A figure of this page has nothing to show.');
  return made;
}
