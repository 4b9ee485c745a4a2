/** A check as the page holds it, and the figure recomputed for it. */
import { isFields } from '../../data-build/contract/fields.ts';
import type { Ask } from '../catalog/ask.ts';
import { askFigure } from './ask-figure.ts';
import type { CheckedFigure } from './checked.ts';
import { findFigure } from './registry.ts';
import { parseRequest, type FigureRequest } from './request.ts';

export interface Check {
  readonly request: FigureRequest;
  /** Names of places that the page was made with, by code. */
  readonly names: readonly (readonly [string, string])[];
}

/** `common` is what the page says of all its checks at once. Null: it is no check of a figure. */
export function parseCheck(text: string, common = '{}'): Check | null {
  const own = parseJson(text);
  const shared = parseJson(common);
  const json = isFields(own) && isFields(shared) ? { ...shared, ...own } : own;
  const request = parseRequest(json);
  if (request === null || findFigure(request.chart) === null) return null;
  const names = isFields(json) && isFields(json['names']) ? json['names'] : {};
  return {
    request,
    names: Object.entries(names).flatMap(([code, name]) =>
      typeof name === 'string' ? [[code, name] as const] : [],
    ),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Asks and computes. Null: the rows give no such figure. */
export async function computeFigure(
  ask: Ask,
  request: FigureRequest,
): Promise<CheckedFigure | null> {
  const figure = findFigure(request.chart);
  const made = figure === null ? null : await askFigure(ask, figure, request);
  return figure === null || made === null ? null : figure.checked(made.view);
}
